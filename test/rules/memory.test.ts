// Checks of an untouched step are remembered and give the same findings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bind } from '../../core/refs/bind.ts';
import { check, RuleMemory } from '../../core/rules/check.ts';
import type { Diagnostic } from '../../core/text/diagnostic.ts';
import { bindText } from './analyze.ts';

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

const codes = (found: readonly Diagnostic[]) => found.map(({ code, origin }) => `${code} ${origin.from}`).sort();

test('checking again with memory finds what checking anew finds', () => {
  const memory = new RuleMemory();
  const { workflow, bound } = bindText(text);
  assert.deepEqual(codes(check(workflow, bound, memory)), codes(check(workflow, bound)));
  assert.deepEqual(codes(check(workflow, bound, memory)), codes(check(workflow, bound)));
});

test('a kind that changes further up is seen, though the step that reads it stays the same', () => {
  const memory = new RuleMemory();
  const { workflow, bound } = bindText(text);
  assert.ok(!check(workflow, bound, memory).some(({ code }) => code === 'input-kind'));
  const other = bindText(text.replace('type: dataset }', 'type: label_task }'));
  const [pictures] = other.workflow.data;
  const changed = { ...workflow, data: [pictures!, ...workflow.data.slice(1)] };
  const found = check(changed, bind(changed, bound), memory);
  assert.ok(found.some(({ code }) => code === 'input-kind'));
});

test('findings of an untouched step are kept by identity', () => {
  const memory = new RuleMemory();
  const { workflow, bound } = bindText(text);
  const first = check(workflow, bound, memory).filter(({ code }) => code === 'job-algorithm-incomplete');
  const again = check(workflow, bound, memory).filter(({ code }) => code === 'job-algorithm-incomplete');
  assert.equal(first.length, 1);
  assert.equal(again[0], first[0]);
});
