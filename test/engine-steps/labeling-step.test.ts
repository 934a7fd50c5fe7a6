// Labelling by a person on this machine, by a mock, and imports into a dataset.
import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { continueStep, retryStep } from '../../core/run/actions.ts';
import { readManifest } from '../../engine/datasets/manifest.ts';
import { eventually } from './condition.ts';
import { outputOf, type StepBench, statusesOf, stepBench, stepOf } from './step-bench.ts';

const collect = `
name: flow
steps:
  collect:
    type: create_dataset
    inputs: { pictures: { data: { obs_path: /b/pictures/ } } }
    properties: { dataset_name: pets, data_type: IMAGE }
    outputs: { dataset: { obs_path: /datasets/ } }
`;
const labelAndRelease = `${collect}
  label:
    type: labeling
    inputs: { dataset: \${{ steps.collect.outputs.dataset }} }
    properties: { task_type: IMAGE_CLASSIFICATION, task_name: cats or dogs }
    outputs: [labelled]
  release:
    type: release_dataset
    inputs: { task: \${{ steps.label.outputs.labelled }} }
    outputs: { version: { train_evaluate_sample_ratio: "0.5" } }
`;
const nothing = { parameters: [], data: [] };

async function versionOf({ machine, root }: StepBench): Promise<readonly string[]> {
  const [dataset] = machine.datasets.list();
  const samples = await readManifest(dataset!.versions.at(-1)!.manifest);
  return samples.map(({ source, annotation }) =>
    [relative(join(root, 'b'), fileURLToPath(source)), ...(annotation ?? []).map(({ name }) => name)].join(' '),
  );
}

async function held(bench: StepBench): Promise<string> {
  const run = bench.begin(labelAndRelease);
  await eventually('the hold', () => stepOf(bench.scheduler.stateOf(run)!, 'label').status === 'hold');
  return run;
}

function goOn(bench: StepBench, run: string): void {
  const state = bench.scheduler.stateOf(run)!;
  const action = continueStep(bench.planOf(run), state, stepOf(state, 'label'), nothing);
  assert.equal(action.kind, 'events');
  if (action.kind === 'events') bench.scheduler.apply(run, action.events);
}

test('a run holds until a person has labelled the pictures in place and continues; the labels are published then', async (t) => {
  const bench = stepBench(t);
  bench.write({ 'b/pictures/1.png': '', 'b/pictures/2.png': '', 'b/pictures/3.png': '' });
  const run = await held(bench);
  const [need] = stepOf(bench.scheduler.stateOf(run)!, 'label').needs;
  assert.deepEqual([need!.kind, need!.name, need!.type], ['work', 'cats or dogs', 'labeling']);
  assert.match(need!.description!, /Dataset "pets" in .*\/b\/pictures: 0 of 3 samples have labels\..*x\.txt beside it.*continue/);
  // One by a list beside it, one by its folder, one not at all.
  bench.write({ 'b/pictures/1.txt': 'cat\n' });
  mkdirSync(join(bench.root, 'b/pictures/dog'));
  renameSync(join(bench.root, 'b/pictures/2.png'), join(bench.root, 'b/pictures/dog/2.png'));
  goOn(bench, run);
  await bench.scheduler.ended(run);
  const state = bench.scheduler.stateOf(run)!;
  assert.deepEqual(statusesOf(state), ['collect completed', 'label completed', 'release completed']);
  const [dataset] = bench.machine.datasets.list();
  const { task_id, ...task } = outputOf(state, 'label', 'labelled');
  assert.ok(task_id);
  assert.deepEqual(task, {
    dataset_id: dataset!.id,
    dataset_name: 'pets',
    task_name: 'cats or dogs',
    task_type: 'IMAGE_CLASSIFICATION',
  });
  assert.deepEqual((await versionOf(bench)).toSorted(), ['pictures/1.png cat', 'pictures/3.png', 'pictures/dog/2.png dog']);
});

test('a person who continues without a label is told so, and can retry', async (t) => {
  const bench = stepBench(t);
  bench.write({ 'b/pictures/1.png': '' });
  const run = await held(bench);
  goOn(bench, run);
  await bench.scheduler.ended(run);
  const failed = bench.scheduler.stateOf(run)!;
  assert.equal(stepOf(failed, 'label').error?.code, 'nothing-labelled');
  assert.match(stepOf(failed, 'label').error!.message, /no sample of dataset "pets" .* has a label; write the labels/);
  bench.write({ 'b/pictures/1.txt': 'cat\n' });
  const retry = retryStep(bench.planOf(run), failed, stepOf(failed, 'label'), nothing);
  bench.scheduler.apply(run, retry.kind === 'events' ? retry.events : []);
  await eventually('the hold of the retry', () => stepOf(bench.scheduler.stateOf(run)!, 'label').status === 'hold');
  goOn(bench, run);
  await eventually('the end', () => bench.scheduler.stateOf(run)!.status === 'completed');
  assert.deepEqual(await versionOf(bench), ['pictures/1.png cat']);
});

test('a mock brings labels for the pictures of the same name, and nobody is asked', async (t) => {
  const bench = stepBench(t, 'bindings: [{ step: label, use: { mock: ./labels } }]\n');
  bench.write({ 'b/pictures/1.png': '', 'b/pictures/2.png': '', 'labels/cat/1.png': '', 'labels/dog/9.png': '' });
  assert.deepEqual(statusesOf(await bench.run(labelAndRelease)), ['collect completed', 'label completed', 'release completed']);
  assert.deepEqual(await versionOf(bench), ['pictures/1.png cat', 'pictures/2.png']);
});

const importFlow = (properties: string) => `${collect}
  more:
    type: dataset_import
    inputs:
      dataset: \${{ steps.collect.outputs.dataset }}
      files: { data: { obs_path: /b/more/ } }
    properties: ${properties}
    outputs: [imported]
  release:
    type: release_dataset
    inputs: { dataset: \${{ steps.more.outputs.imported }} }
    outputs: { version: { label_task_type: IMAGE_CLASSIFICATION } }
`;
const folders = 'annotation_format_config: [{ format_name: MA_IMAGE_CLASSIFICATION_V1 }]';

for (const [what, properties, expected] of [
  [
    'an import adds the files with their labels',
    `{ ${folders} }`,
    ['pictures/1.png', 'more/bird/4.png bird', 'more/cat/2.png cat', 'more/cat/3.png cat'],
  ],
  [
    'an import without labels adds the files alone',
    '{ import_annotations: false, import_samples: true }',
    ['pictures/1.png', 'more/bird/4.png', 'more/cat/2.png', 'more/cat/3.png'],
  ],
  [
    'an import takes the labels that are wanted',
    `{ ${folders}, included_labels: [cat] }`,
    ['pictures/1.png', 'more/cat/2.png cat', 'more/cat/3.png cat'],
  ],
  ['an import leaves labels out', `{ ${folders}, excluded_labels: [{ name: cat }] }`, ['pictures/1.png', 'more/bird/4.png bird']],
] as const) {
  test(what, async (t) => {
    const bench = stepBench(t);
    bench.write({ 'b/pictures/1.png': '', 'b/more/cat/2.png': '', 'b/more/cat/3.png': '', 'b/more/bird/4.png': '' });
    const state = await bench.run(importFlow(properties));
    assert.deepEqual(statusesOf(state), ['collect completed', 'more completed', 'release completed']);
    assert.deepEqual(outputOf(state, 'more', 'imported'), outputOf(state, 'collect', 'dataset'));
    assert.deepEqual(await versionOf(bench), expected);
  });
}

test('an import without a path is refused', async (t) => {
  const bench = stepBench(t);
  bench.write({ 'b/pictures/1.png': '', 'b/more/2.png': '' });
  const state = await bench.run(importFlow('{}').replace('      files: { data: { obs_path: /b/more/ } }\n', ''));
  assert.match(stepOf(state, 'more').error!.message, /step "more" has no input that is a path with the data to import/);
});
