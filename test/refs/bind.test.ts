// Uses joined to their declarations, derived dependencies, and what stands at an offset.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bound, createBinder } from '../../core/refs/bind.ts';
import { renameEdits } from '../../core/refs/rename.ts';
import { allUses, symbolAt, symbolsOf, usesOf } from '../../core/refs/symbols.ts';
import { spanOf } from '../../core/text/origin.ts';
import { applyEdits } from '../../core/text/source.ts';
import { bindText } from '../rules/analyze.ts';

const text = `name: flow
parameters:
  flavor: { type: json, format: train_flavor }
data:
  pictures: { type: dataset }
storages:
  out: { kind: output }
steps:
  training:
    type: job
    inputs:
      data_url: \${{ data.pictures }}
    outputs:
      model: { obs_path: "\${{ storages.out }}/model/" }
    spec:
      resource:
        flavor: \${{ parameters.flavor }}
  register:
    type: model
    depend_steps: [training]
    inputs:
      files: \${{ steps.training.outputs.model }}
    outputs: [model]
scenes:
  train: [training]
`;

/** The symbol at the first place where the words stand, and the texts of the lines of its uses. */
function at(words: string, within = 0) {
  const { bound } = bindText(text);
  const found = symbolAt(bound, text.indexOf(words) + within);
  const lines = found?.symbol && usesOf(bound, found.symbol).map((use) => lineAt(spanOf(use.name.origin).start));
  return { kind: found?.symbol?.kind, name: found?.symbol?.name.text, lines };
}

function lineAt(offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset) + 1, text.indexOf('\n', offset)).trim();
}

test('a declaration knows all its uses, and a use its declaration', () => {
  const flavor = { kind: 'parameter', name: 'flavor', lines: ['flavor: ${{ parameters.flavor }}'] };
  assert.deepEqual(at('flavor: {'), flavor);
  assert.deepEqual(at('parameters.flavor', 'parameters.'.length), flavor);
  assert.deepEqual(at('training:').lines, [
    'depend_steps: [training]',
    'files: ${{ steps.training.outputs.model }}',
    'train: [training]',
  ]);
  assert.deepEqual(at('outputs.model }}', 'outputs.'.length), {
    kind: 'output',
    name: 'model',
    lines: ['files: ${{ steps.training.outputs.model }}'],
  });
});

test('where no name stands there is no symbol', () => {
  assert.deepEqual(at('type: job', 7), { kind: undefined, name: undefined, lines: undefined });
});

test('every use of a workflow without mistakes has a declaration', () => {
  const { bound } = bindText(text);
  const uses = [...allUses(bound)];
  assert.equal(uses.length, 7);
  assert.ok(uses.every((use) => use.target && use.problem === undefined));
  assert.deepEqual(
    [...symbolsOf(bound)].map(({ kind, name }) => `${kind} ${name.text}`),
    [
      'storage out',
      'parameter flavor',
      'data pictures',
      'step training',
      'input data_url',
      'output model',
      'step register',
      'input files',
      'output model',
      'scene train',
    ],
  );
});

test('an output of an unknown step is one problem, not two', () => {
  const { bound } = bindText('steps:\n  a:\n    type: model\n    inputs: { x: "${{ steps.b.outputs.c }}" }\n');
  assert.deepEqual(
    [...allUses(bound)].map(({ kind, problem }) => [kind, problem]),
    [
      ['step', 'unknown-step'],
      ['output', undefined],
    ],
  );
});

test('a step is renamed everywhere, also where its new name needs brackets', () => {
  const { bound } = bindText(text);
  const { symbol } = symbolAt(bound, text.indexOf('training:'))!;
  const short = applyEdits(text, renameEdits(bound, symbol!, 'train-1', text));
  assert.equal(short.match(/train-1/g)?.length, 4);
  assert.ok(!short.includes('training'));
  const spaced = applyEdits(text, renameEdits(bound, symbol!, 'my job', text));
  assert.ok(spaced.includes("${{ steps['my job'].outputs.model }}"));
  assert.ok(spaced.includes('[my job]'));
});

test('binding again keeps the objects of steps whose text did not change, and looks names up anew', () => {
  const { workflow } = bindText(text);
  const binder = createBinder();
  const bound = binder.update(workflow);
  const [training, register] = bound.bindings;
  const { links } = bound.dependencies;
  const same = binder.update({ ...workflow });
  assert.deepEqual([...same.bindings], [training, register]);
  const other = { ...workflow.steps[0]!, title: 'another' };
  const changed = binder.update({ ...workflow, steps: [other, workflow.steps[1]!] });
  assert.notEqual(changed.bindings[0], training);
  assert.equal(changed.bindings[1], register);
  assert.equal(changed.bindings[1]!.uses.find(({ kind }) => kind === 'step')!.target, other);
  assert.equal(changed.dependencies.links, links, 'the graph is the same');
  assert.equal(changed.dependencies.get(workflow.steps[1]!)!.on[0]!.step, other);
});

test('a name that comes or goes is a problem less or more, of who uses it', () => {
  const { workflow } = bindText(text);
  const binder = createBinder();
  const problems = (bound: Bound) => bound.problems.map(({ problem, name }) => `${problem} ${name.text}`).sort();
  assert.deepEqual(problems(binder.update(workflow)), []);
  const without = { ...workflow, steps: workflow.steps.slice(1), data: [] };
  assert.deepEqual(problems(binder.update(without)), ['unknown-step training', 'unknown-step training', 'unknown-step training']);
  assert.deepEqual(problems(binder.update({ ...workflow, data: [] })), ['unknown-data pictures']);
  assert.deepEqual(problems(binder.update(workflow)), []);
});
