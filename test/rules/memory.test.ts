// Findings of an untouched step are kept, and found again when what they looked at has changed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Analyzer, createAnalyzer } from '../../core/analysis.ts';

const text = `data:
  pictures: { type: dataset }
  files: { type: obs }
steps:
  fill:
    type: dataset_import
    inputs: { target: "\${{ data.pictures }}", source: "\${{ data.files }}" }
    outputs: [filled]
  training:
    type: job
    inputs: { data_url: "\${{ steps.fill.outputs.filled }}" }
`;

const found = (analyzer: Analyzer, of: string, wanted: string) => {
  const { diagnostics } = analyzer.update(of);
  return diagnostics.filter(({ code }) => code === wanted);
};

test('a kind that changes further up is seen, though the step that reads it stays the same', () => {
  const analyzer = createAnalyzer('file');
  assert.equal(found(analyzer, text, 'input-kind').length, 0);
  const other = text.replace('type: dataset }', 'type: label_task }');
  const [finding] = found(analyzer, other, 'input-kind');
  assert.match(finding!.message.en, /does not take a labelling task/);
  assert.equal(found(analyzer, text, 'input-kind').length, 0);
});

test('findings of an untouched step are kept by identity', () => {
  const analyzer = createAnalyzer('file');
  const [first] = found(analyzer, text, 'job-algorithm-incomplete');
  const [again] = found(analyzer, text.replace('pictures: {', 'pictures: { description: of cats,'), 'job-algorithm-incomplete');
  assert.ok(first);
  assert.equal(again, first);
});
