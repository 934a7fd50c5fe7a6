// Datasets: made of labelled folders and manifests, published as versions that training reads.
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readManifest, type Sample } from '../../engine/datasets/manifest.ts';
import { createStepRunners } from '../../engine/steps/index.ts';
import type { StepContext } from '../../engine/steps/step-runner.ts';
import { outputOf, type StepBench, statusesOf, stepBench, stepOf } from './step-bench.ts';

const images = `import_config:
  import_annotations: "true"
  import_type: DIR
  annotation_format_config: [{ format_name: MA_IMAGE_CLASSIFICATION_V1, scene: IMAGE_CLASSIFICATION }]`;

const flow = (properties: string, version = 'train_evaluate_sample_ratio: "0.8"', path = '/b/pictures/') => `
name: flow
steps:
  collect:
    type: create_dataset
    inputs: { pictures: { data: { obs_path: ${path} } } }
    properties:
      dataset_name: pets
      data_type: IMAGE
${properties.replace(/^/gm, '      ')}
    outputs: { dataset: { obs_path: /datasets/pets/ } }
  release:
    type: release_dataset
    inputs: { dataset: \${{ steps.collect.outputs.dataset }} }
    outputs: { version: { label_task_type: IMAGE_CLASSIFICATION, ${version} } }
`;

function pictures(bench: StepBench, counts: Readonly<Record<string, number>>, prefix = ''): void {
  for (const [label, count] of Object.entries(counts)) {
    for (let index = 0; index < count; index++) bench.write({ [`b/pictures/${label}/${prefix}${index}.png`]: '' });
  }
}

async function versionOf(bench: StepBench, name: string): Promise<readonly Sample[]> {
  return await readManifest(bench.machine.datasets.find({ name: 'pets' })!.versions.find((each) => each.name === name)!.manifest);
}

/** "cat/3.png TRAIN cat", relative to the pictures. */
function shown(bench: StepBench, samples: readonly Sample[]): readonly string[] {
  return samples.map(({ source, usage, annotation }) => {
    const place = source.startsWith('file:') ? relative(join(bench.root, 'b/pictures'), fileURLToPath(source)) : source;
    return [place, usage, ...(annotation ?? []).map(({ name }) => name)].filter(Boolean).join(' ');
  });
}

test('pictures become a dataset, a published version of it is split by label, and a job reads its manifest', async (t) => {
  const bench = stepBench(t);
  pictures(bench, { cat: 10, dog: 5 });
  bench.write({ 'src/list.sh': 'ls "${1#*=}" > listed\n' });
  const state = await bench.run(`${flow(images)}
  train:
    type: job
    algorithm: { code_dir: ./src/, boot_file: list.sh }
    inputs: { data_url: \${{ steps.release.outputs.version }} }
`);
  assert.deepEqual(statusesOf(state), ['collect completed', 'release completed', 'train completed']);
  const dataset = bench.machine.datasets.find({ name: 'pets' })!;
  assert.deepEqual(outputOf(state, 'release', 'version'), {
    dataset_id: dataset.id,
    dataset_name: 'pets',
    version_id: dataset.versions[0]!.id,
    version_name: 'V001',
  });
  const tree = `.weft/buckets/datasets/pets/pets-${dataset.id}/annotation/V001/V001.manifest`;
  assert.equal(dataset.versions[0]!.manifest, join(bench.root, tree));
  const samples = await versionOf(bench, 'V001');
  const count = (label: string, usage: string) =>
    samples.filter((sample) => sample.usage === usage && sample.annotation?.[0]?.name === label).length;
  assert.deepEqual([count('cat', 'TRAIN'), count('cat', 'EVAL'), count('dog', 'TRAIN'), count('dog', 'EVAL')], [8, 2, 4, 1]);
  assert.deepEqual(samples[0]!.annotation, [{ type: 'modelarts/image_classification', name: 'cat', 'annotated-by': 'human' }]);
  assert.equal(readFileSync(join(bench.root, 'src/listed'), 'utf8'), 'V001.manifest\n');
});

test('the same pictures are split alike in another workspace, and pictures that are added do not reshuffle the others', async (t) => {
  const [one, other, larger] = [stepBench(t), stepBench(t), stepBench(t)];
  for (const bench of [one, other, larger]) pictures(bench, { cat: 20 });
  pictures(larger, { cat: 5 }, 'new');
  for (const bench of [one, other, larger]) assert.deepEqual(statusesOf(await bench.run(flow(images))).length, 2);
  const before = shown(one, await versionOf(one, 'V001'));
  assert.deepEqual(before, shown(other, await versionOf(other, 'V001')));
  const after = new Set(shown(larger, await versionOf(larger, 'V001')));
  assert.ok(before.filter((sample) => !after.has(sample)).length <= 2, 'only pictures near the boundary move');
});

test('a dataset of that name is used as it is, and every release counts up', async (t) => {
  const bench = stepBench(t);
  pictures(bench, { cat: 2 });
  await bench.run(flow(images));
  pictures(bench, { cat: 9 });
  assert.deepEqual(statusesOf(await bench.run(flow(images))), ['collect completed', 'release completed']);
  const [dataset, ...more] = bench.machine.datasets.listed();
  assert.deepEqual(more, []);
  assert.equal(dataset!.samples, 2);
  assert.deepEqual(
    dataset!.versions.map(({ name, samples }) => [name, samples]),
    [
      ['V001', 2],
      ['V002', 2],
    ],
  );
});

test('steps that are started again after a crash leave one dataset and one version', async (t) => {
  const bench = stepBench(t);
  pictures(bench, { cat: 3 });
  const runnerOf = createStepRunners(bench.machine);
  const context = (key: string): StepContext => ({
    run: { id: 'r', name: 'r', workflowId: 'w', workflowName: 'w' },
    stepRun: key,
    attempt: 1,
    key: `${key}.1`,
    folder: bench.root,
    source: undefined,
    answered: false,
    signal: new AbortController().signal,
    progress() {},
    metrics: async () => {},
    warn() {},
  });
  const collect = {
    name: 'collect',
    title: 'collect',
    type: 'create_dataset',
    inputs: [{ name: 'pictures', type: 'obs', value: { obs_url: '/b/pictures/' } }],
    outputs: [{ name: 'dataset', type: undefined, settings: { obs_path: '/datasets/pets/' } }],
    settings: { properties: { dataset_name: 'pets', data_type: 'IMAGE' } },
    createFolders: [],
  };
  const release = {
    ...collect,
    name: 'release',
    type: 'release_dataset',
    inputs: [{ name: 'dataset', type: undefined, value: { dataset_name: 'pets' } }],
    outputs: [{ name: 'version', type: undefined, settings: {} }],
  };
  const first = await runnerOf('create_dataset')!.start(collect, context('c'));
  assert.deepEqual(await runnerOf('create_dataset')!.start(collect, context('c')), first);
  const published = await runnerOf('release_dataset')!.start(release, context('p'));
  assert.deepEqual(await runnerOf('release_dataset')!.start(release, context('p')), published);
  assert.equal(bench.machine.datasets.list().length, 1);
  assert.equal(bench.machine.datasets.list()[0]!.versions.length, 1);
  await runnerOf('release_dataset')!.start(release, context('q'));
  assert.equal(bench.machine.datasets.list()[0]!.versions.length, 2);
});

const audio = (format: string, type: string) =>
  `data_type: ${type}\nimport_config: { annotation_format_config: [{ format_name: ${format} }] }`;
for (const [what, type, files, properties, expected] of [
  [
    'a list of labels beside a picture wins over its folder',
    'IMAGE',
    { 'cat/1.jpg': '', 'cat/2.jpg': '', 'cat/2.txt': 'dog\ncalm\n', 'cat/notes.md': '', '3.jpg': '' },
    'MA_IMAGENET_V1',
    ['3.jpg', 'cat/1.jpg cat', 'cat/2.jpg dog calm'],
  ],
  [
    'sounds are labelled by their folder',
    'AUDIO',
    { 'bark/1.wav': '', 'meow/2.wav': '' },
    'MA_AUDIO_CLASSIFICATION_DIR_V1',
    ['bark/1.wav bark', 'meow/2.wav meow'],
  ],
  [
    'texts with labels in one file',
    'TEXT',
    { 'a.txt': 'good food\tfood,nice\nunknown\n' },
    'MA_TEXT_CLASSIFICATION_COMBINE_V1',
    ['content://good food food nice', 'content://unknown'],
  ],
  [
    'texts with labels in a second file',
    'TEXT',
    { 'a.txt': 'good food\nloud\n', 'a_result.txt': 'food\nnoise,bad\n' },
    'MA_TEXT_CLASSIFICATION_V1',
    ['content://good food food', 'content://loud noise bad'],
  ],
] as const) {
  test(`layout: ${what}`, async (t) => {
    const bench = stepBench(t);
    bench.write(Object.fromEntries(Object.entries(files).map(([path, text]) => [`b/pictures/${path}`, text])));
    const state = await bench.run(flow(audio(properties, type), '').replace('      data_type: IMAGE\n', ''));
    assert.deepEqual(statusesOf(state), ['collect completed', 'release completed']);
    assert.deepEqual(shown(bench, await versionOf(bench, 'V001')), expected);
  });
}

test('boxes of objects are kept as the files beside the pictures', async (t) => {
  const bench = stepBench(t);
  bench.write({ 'b/pictures/1.jpg': '', 'b/pictures/1.xml': '<annotation/>', 'b/pictures/2.jpg': '' });
  await bench.run(flow('import_config: { annotation_format_config: [{ format_name: MA_PASCAL_VOC_V1 }] }', ''));
  const [first, second] = await versionOf(bench, 'V001');
  assert.equal(fileURLToPath(first!.annotation![0]!['annotation-loc'] as string), join(bench.root, 'b/pictures/1.xml'));
  assert.equal(first!.annotation![0]!.type, 'modelarts/object_detection');
  assert.equal(second!.annotation, undefined);
});

test('a manifest brings its labels along; its paths become those of this machine', async (t) => {
  const bench = stepBench(t);
  const lines = [
    { source: 's3://b/pictures/1.jpg', annotation: [{ type: 'modelarts/image_classification', name: 'cat' }], usage: 'train' },
    { source: 'pictures/2.jpg', annotation: [{ type: 'modelarts/image_classification', name: 'dog' }] },
    { source: '/b/pictures/3.jpg' },
  ];
  bench.write({
    'b/pictures/1.jpg': '',
    'b/pictures/2.jpg': '',
    'b/pictures/3.jpg': '',
    'b/all.manifest': lines.map((line) => JSON.stringify(line)).join('\n'),
  });
  const properties = 'import_config: { import_annotations: true, import_type: MANIFEST }';
  const state = await bench.run(flow(properties, 'remove_sample_usage: false', '/b/all.manifest'));
  assert.deepEqual(statusesOf(state), ['collect completed', 'release completed']);
  assert.deepEqual(shown(bench, await versionOf(bench, 'V001')), ['1.jpg TRAIN cat', '2.jpg dog', '3.jpg']);
});

async function failure(t: TestContext, workflow: string, prepare: (bench: StepBench) => void | Promise<void>) {
  const bench = stepBench(t);
  await prepare(bench);
  const failed = (await bench.run(workflow)).steps.find((step) => step.error);
  return { name: failed?.name, code: failed?.error?.code, message: failed?.error?.message ?? '' };
}

test('a split of what has no labels is refused with what to do', async (t) => {
  const { name, code, message } = await failure(t, flow(''), (bench) => pictures(bench, { cat: 2 }));
  assert.deepEqual([name, code], ['release', 'dataset-unlabelled']);
  assert.match(message, /no sample of dataset "pets" has a label.*leave train_evaluate_sample_ratio out/);
});

test('a folder without a single picture is refused', async (t) => {
  const { name, code, message } = await failure(t, flow(images), (bench) => bench.write({ 'b/pictures/readme.md': '' }));
  assert.deepEqual([name, code], ['collect', 'data-not-read']);
  assert.match(message, /input "pictures" of step "collect": .*\/b\/pictures has no files of the kind IMAGE/);
});

test('a version name that is taken is refused', async (t) => {
  const named = flow(images, 'version_name: final');
  const { code, message } = await failure(t, named, async (bench) => {
    pictures(bench, { cat: 2 });
    await bench.run(named);
  });
  assert.equal(code, 'version-exists');
  assert.match(message, /dataset "pets" has a version final already; choose another version_name/);
});

test('pictures that were removed behind the dataset are missed when a version is published', async (t) => {
  const { code, message } = await failure(t, flow(images), async (bench) => {
    pictures(bench, { cat: 4 });
    await bench.run(flow(images));
    rmSync(join(bench.root, 'b/pictures/cat/2.png'));
  });
  assert.equal(code, 'samples-missing');
  assert.match(message, /1 of 4 files of dataset "pets" are not there any more, first .*cat\/2\.png/);
});

test('a dataset does not keep its files in its own input', async (t) => {
  const inside = flow(images).replace('/datasets/pets/', '/b/pictures/out/');
  const { code } = await failure(t, inside, (bench) => pictures(bench, { cat: 1 }));
  assert.equal(code, 'dataset-output-inside-input');
});

test('a job that reads a dataset without a version is told to publish one', async (t) => {
  const bench = stepBench(t);
  pictures(bench, { cat: 1 });
  bench.write({ 'src/a': '' });
  const state = await bench.run(`${flow(images)}
  train:
    type: job
    algorithm: { code_dir: ./src/, command: "true" }
    depend_steps: [release]
    inputs: { data_url: { data: { dataset_name: pets } } }
`);
  const { error } = stepOf(state, 'train');
  assert.equal(error?.code, 'dataset-version-unknown');
  assert.match(error.message, /names no version of dataset "pets" \(published: V001\)/);
});
