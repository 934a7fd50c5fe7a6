// An analysis that goes on from the version before, against one made anew: findings, names, graph and fixes are equal after any edits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Analysis, analyze, createAnalyzer } from '../../core/analysis.ts';
import { symbolsOf, usesOf } from '../../core/refs/symbols.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import { workflow } from './workflow.ts';

const body = `{
  "name": "w",
  "parameters": [{ "name": "p", "type": "int", "default": 1 }],
  "data_requirements": [{ "name": "d", "type": "dataset" }],
  "steps": [
    { "name": "a", "type": "job", "inputs": [{ "name": "i", "type": "dataset", "data": "$ref/data_requirements/d" }],
      "outputs": [{ "name": "o", "type": "obs" }] },
    { "name": "b", "type": "model", "depend_steps": ["a"], "inputs": [{ "name": "m", "type": "obs", "data": "$ref/consumptions/a/o" }] }
  ]
}
`;

const pieces = [
  'release',
  'training',
  'metrics',
  'parameters.limit',
  'type: job\n',
  'type: model\n',
  '    depend_steps: [release]\n',
  '  extra:\n    type: labeling\n    outputs: [labeled]\n',
  '  x: ${{ steps.training.outputs.metrics }}\n',
  '${{ data.pictures }}',
  ' <<: *a',
  ' &a',
  '- ',
  '"',
  '{',
  ']',
  ': ',
  '\n',
  '  ',
  '',
];
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(fc.nat({ max: 8 }), fc.nat({ max: 300 })),
  insert: fc.constantFrom(...pieces),
});
/** Most mistakes are taken back again, so that sound texts are met as often as broken ones. */
const edits = fc.array(fc.record({ edit, undo: fc.boolean() }), { minLength: 1, maxLength: 10 });

const place = (origin: Origin) => `${spanOf(origin).start}-${spanOf(origin).end}`;

function dump({ diagnostics, bound, graph, source }: Analysis): unknown {
  return {
    findings: diagnostics
      .map(({ code, severity, origin, message, related, fixes }) =>
        JSON.stringify([
          code,
          severity,
          place(origin),
          message,
          related?.map((each) => place(each.origin)),
          fixes?.(source.text),
        ]),
      )
      .sort(),
    symbols: [...symbolsOf(bound)].map((symbol) => [
      symbol.kind,
      symbol.name.text,
      place(symbol.name.origin),
      place(symbol.node.origin),
      usesOf(bound, symbol).map(({ name }) => place(name.origin)),
    ]),
    graph: graph(),
  };
}

function agree(
  start: string,
  form: 'file' | 'body',
  list: readonly { readonly edit: { at: number; remove: number; insert: string }; readonly undo: boolean }[],
): void {
  const analyzer = createAnalyzer(form);
  let text = start;
  const step = (next: string) => assert.deepEqual(dump(analyzer.update(next)), dump(analyze(next, form)), JSON.stringify(next));
  step(text);
  for (const {
    edit: { at, remove, insert },
    undo,
  } of list) {
    const from = Math.floor(at * (text.length + 1));
    const next = text.slice(0, from) + insert + text.slice(from + remove);
    step(next);
    if (undo) step(text);
    else text = next;
  }
}

test('a workflow file after random edits', () => {
  fc.assert(
    fc.property(edits, (list) => agree(workflow, 'file', list)),
    { numRuns: 200 },
  );
});

test('a request body after random edits', () => {
  fc.assert(
    fc.property(edits, (list) => agree(body, 'body', list)),
    { numRuns: 100 },
  );
});

test('an edit of one step keeps the findings and bindings of the others', () => {
  const analyzer = createAnalyzer('file');
  const { steps } = analyzer.update(workflow).bound;
  const [release, training, register] = ['release', 'training', 'register'].map((name) => steps.get(name));
  const after = analyzer.update(workflow.replace('title: Train', 'title: Learn')).bound.steps;
  assert.equal(after.get('release'), release);
  assert.notEqual(after.get('training'), training);
  assert.equal(after.get('register'), register);
  const read = register!.uses.find(({ kind, value }) => kind === 'step' && value);
  assert.equal(read!.target, after.get('training')!.step, 'its names mean what they mean now');
});

test('text that an edit repeats is read twice', () => {
  const text = 'parameters:\n  a: { type: int }\n  b: { type: int }\n';
  const twice = text.replace('  a: { type: int }\n', (line) => line + line);
  const analyzer = createAnalyzer('file');
  analyzer.update(text);
  assert.deepEqual(dump(analyzer.update(twice)), dump(analyze(twice)));
});

test('an entry that comes below another key is read as what it is now', () => {
  const text = 'storages:\n  output: { kind: output }\nparameters:\n  epochs: { type: int, format: obs }\n';
  const analyzer = createAnalyzer('file');
  analyzer.update(text);
  const moved = analyzer.update(text.replace('parameters:\n', ''));
  assert.deepEqual(
    moved.workflow.storages.map(({ kind, name }) => `${kind} ${name.text}`),
    ['storage output', 'storage epochs'],
  );
});

test('any text can be analysed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...pieces, 'steps:\n', 'name', '#', '}}', '\t', '\r\n')),
      fc.constantFrom('file', 'body'),
      (parts, form) => {
        dump(analyze(parts.join(''), form));
      },
    ),
    { numRuns: 1000 },
  );
});
