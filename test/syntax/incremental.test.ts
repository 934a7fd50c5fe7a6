// Reading on from the previous version against reading anew, over random edits of real-looking and of broken texts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type ParsedText, parse, reparse } from '../../core/syntax/parse.ts';
import type { MapEntry, SyntaxNode } from '../../core/syntax/tree.ts';
import { dump } from './dump.ts';

const yaml = `# a workflow
name: image-classification
storages:
  output: { kind: output, default: /my-bucket/out/ }
parameters:
  flavor: &flavor { type: json, description: "training
      resources" }
  other: *flavor
data:
  - name: pictures
    type: dataset
  - name: more
steps:
  labeling:
    type: labeling
    inputs:
      labeling_input: \${{ data.pictures }}
    outputs: [labeling_output]
  training:
    <<: *flavor
    type: job
    algorithm:
      command: |
        run --all

        done
      engine: { engine_name: "PyTorch", engine_version: 'v1' }
    depend_steps:
    - labeling
    - release
  model:
    inputs:
      model_input: \${{ steps.training.outputs.train_url }}
scenes:
  train only: [labeling, training]
`;
const json = `{
  "name": "w",
  "steps": [
    { "name": "a", "type": "job", "inputs": [{ "name": "x", "data": "$ref/data/d" }] },
    { "name": "b", "type": "model", "depend_steps": ["a"] }
  ],
  "data": [{ "name": "d", "value": null }],
  "parameters": []
}
`;

const pieces = [
  '\n',
  ' ',
  '  ',
  '\t',
  ':',
  ': ',
  '- ',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '#',
  '&flavor ',
  '*flavor',
  '<<: ',
  '|',
  '${{',
  '}}',
];
const insertion = fc.oneof(
  fc.constantFrom(...pieces, '---\n', '\n...\n', 'x: y\n', '  step:\n    type: job\n', '\r\n', '\\'),
  fc.stringMatching(/^[a-z\n :-]{0,6}$/),
);
const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat({ max: 30 }), insert: insertion });
const edits = fc.array(edit, { minLength: 1, maxLength: 12 });

function apply(text: string, { at, remove, insert }: { at: number; remove: number; insert: string }): string {
  const from = Math.floor(at * (text.length + 1));
  return text.slice(0, from) + insert + text.slice(from + remove);
}

function checkEdits(start: ParsedText, list: readonly { at: number; remove: number; insert: string }[]): void {
  let parsed = start;
  for (const change of list) {
    const text = apply(parsed.text, change);
    const before = parsed.text;
    parsed = reparse(parsed, text);
    assert.deepEqual(dump(parsed), dump(parse(text, start.language)), `${JSON.stringify(before)} -> ${JSON.stringify(text)}`);
  }
}

function entry(node: SyntaxNode | undefined, name: string): MapEntry {
  const found = node?.kind === 'map' ? node.entries.find(({ key }) => key.text === name) : undefined;
  assert.ok(found, `there is an entry ${name}`);
  return found;
}

describe('reading on after an edit', () => {
  it('gives what reading anew gives, for YAML', () => {
    fc.assert(
      fc.property(edits, (list) => checkEdits(parse(yaml), list)),
      { numRuns: 700 },
    );
  });

  it('gives what reading anew gives, for JSON', () => {
    fc.assert(
      fc.property(edits, (list) => checkEdits(parse(json, 'json'), list)),
      { numRuns: 500 },
    );
  });

  it('gives what reading anew gives while a file is typed character by character', () => {
    let parsed = parse('');
    for (let end = 1; end <= yaml.length; end++) {
      parsed = reparse(parsed, yaml.slice(0, end));
      assert.deepEqual(dump(parsed), dump(parse(yaml.slice(0, end))), JSON.stringify(yaml.slice(0, end)));
    }
  });

  it('keeps the objects of entries that were not touched and moves their anchors', () => {
    const before = parse(yaml);
    const steps = entry(before.tree, 'steps').value;
    const labeling = entry(steps, 'labeling');
    const model = entry(steps, 'model');
    const scenes = entry(before.tree, 'scenes');
    const offset = model.origin.anchor.offset;
    const after = reparse(before, yaml.replace('run --all', 'run --all --twice'));
    const now = entry(after.tree, 'steps').value;
    assert.equal(entry(now, 'labeling'), labeling);
    assert.equal(entry(now, 'model'), model);
    assert.equal(entry(after.tree, 'scenes'), scenes);
    assert.notEqual(entry(now, 'training'), entry(steps, 'training'));
    assert.equal(model.origin.anchor.offset, offset + ' --twice'.length);
  });

  it('reads a step anew when the anchor that it merges has changed', () => {
    const before = parse(yaml);
    const after = reparse(before, yaml.replace('type: json', 'type: enum'));
    assert.deepEqual(dump(after), dump(parse(after.text)));
  });
});

describe('reading', () => {
  it('never throws, whatever the text', () => {
    const signs = fc.constantFrom(...pieces, 'a', 'b', '\r', '\ufeff', '? ', '!', '%', '@', '>', '-', '---', '\n  ', '\n    ');
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 40 }), fc.constantFrom('yaml', 'json'), (list, language) => {
        const text = list.join('');
        const { findings } = parse(text, language);
        for (const { fixes } of findings) fixes?.();
      }),
      { numRuns: 3000 },
    );
  });
});
