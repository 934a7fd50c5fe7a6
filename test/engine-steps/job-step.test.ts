// job steps as real processes: the arguments and environment that code of the service expects, metrics, bindings, and failures in words.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from './condition.ts';
import { outputOf, statusesOf, stepBench, stepOf } from './step-bench.ts';

const oneJob = (algorithm: string, rest = '') => `
name: flow
steps:
  train:
    type: job
    algorithm:
${algorithm.replace(/^/gm, '      ')}
${rest.replace(/^/gm, '    ')}
`;

const printArguments =
  'for each in "$@"; do echo "$each"; done > "$OUT/arguments"; env > "$OUT/environment"; pwd -P > "$OUT/cwd"\n';

test('a job gets inputs, outputs and hyper-parameters as arguments, its variables, and its code folder to work in', async (t) => {
  const bench = stepBench(t);
  bench.write({ 'src/train.sh': printArguments, 'b/data/one.txt': '1', 'out/.keep': '' });
  process.env['WEFT_TEST_TOKEN'] = 'secret';
  t.after(() => delete process.env['WEFT_TEST_TOKEN']);
  const state = await bench.run(
    oneJob(
      `code_dir: ./src/
boot_file: train.sh
engine: { engine_name: PyTorch, engine_version: any }
parameters: { epochs: 3, rate: 0.06, name: a b'c, augment: true }
environments: { OUT: "${join(bench.root, 'out')}", LEVEL: 5 }`,
      `inputs: { data_url: { data: { obs_path: /b/data/ } } }
outputs:
  train_url: { obs_path: /results/run/model/ }`,
    ),
  );
  assert.deepEqual(statusesOf(state), ['train completed']);
  const model = join(bench.root, '.weft/buckets/results/run/model');
  assert.deepEqual(readFileSync(join(bench.root, 'out/arguments'), 'utf8').trim().split('\n'), [
    `--data_url=${join(bench.root, 'b/data')}`,
    `--train_url=${model}`,
    '--epochs=3',
    '--rate=0.06',
    "--name=a b'c",
    '--augment=true',
  ]);
  assert.ok(existsSync(model), 'the output folder is made before the job starts');
  assert.deepEqual(outputOf(state, 'train', 'train_url'), { obs_url: '/results/run/model/' });
  const environment = readFileSync(join(bench.root, 'out/environment'), 'utf8').split('\n');
  for (const line of ['LEVEL=5', `WEFT_STEP=${stepOf(state, 'train').uuid}`, `MA_JOB_DIR=${bench.root}`]) {
    assert.ok(environment.includes(line), `${line} is missing`);
  }
  assert.ok(!environment.some((line) => line.includes('secret')));
  assert.equal(readFileSync(join(bench.root, 'out/cwd'), 'utf8').trim(), realpathSync(join(bench.root, 'src')));
});

test('a command runs in a shell, gets the arguments at its end, and `node` is the Node of the engine', async (t) => {
  const bench = stepBench(t);
  bench.write({
    'src/train.mjs': `import { writeFileSync } from 'node:fs'; writeFileSync('said', process.execPath + ' ' + process.argv.slice(2));\n`,
  });
  const state = await bench.run(
    oneJob('code_dir: ./src/\ncommand: A=1 && node train.mjs first\nengine: { image_url: org/image:1 }\nparameters: { n: 2 }'),
  );
  assert.deepEqual(statusesOf(state), ['train completed']);
  assert.equal(readFileSync(join(bench.root, 'src/said'), 'utf8'), `${realpathSync(process.execPath)} first,--n=2`);
});

test('an algorithm that exists only in the cloud is refused with the lines to add, and runs once they are there', async (t) => {
  const bench = stepBench(t);
  const workflow = oneJob('subscription_id: 11-22\nitem_version_id: 1.0.0', 'outputs: { train_url: { obs_path: /b/out/ } }');
  const refused = stepOf(await bench.run(workflow), 'train');
  assert.equal(refused.status, 'create_failed');
  assert.equal(refused.error?.code, 'binding-missing');
  const lines = refused.error.message.split('weft.config.yaml:\n')[1]!;
  bench.write({
    'algorithms/main.sh': 'for each in "$@"; do case $each in --train_url=*) echo trained > "${each#*=}/model";; esac; done\n',
    'weft.config.yaml': `buckets: { b: ./b }\n${lines.replace('./FOLDER', './algorithms').replace('python3 FILE.py', 'sh main.sh')}\n`,
  });
  const state = await bench.run(workflow);
  assert.deepEqual(statusesOf(state), ['train completed']);
  assert.equal(readFileSync(join(bench.root, 'b/out/model'), 'utf8'), 'trained\n');
});

test('a binding of an image replaces the command, and one of the step goes before it', async (t) => {
  const settings = `bindings:
  - step: other
    use: { command: echo step > said }
  - image: org/image:1
    use: { command: 'echo image $LEVEL > said', environments: { LEVEL: high } }
`;
  const bench = stepBench(t, settings);
  bench.write({ 'src/a': '', 'other/a': '' });
  const job = (code: string) =>
    `type: job, algorithm: { code_dir: ./${code}/, command: never, engine: { image_url: org/image:1 } }`;
  const state = await bench.run(`
name: flow
steps:
  train: { ${job('src')} }
  other: { ${job('other')} }
`);
  assert.deepEqual(statusesOf(state), ['train completed', 'other completed']);
  assert.equal(readFileSync(join(bench.root, 'src/said'), 'utf8'), 'image high\n');
  assert.equal(readFileSync(join(bench.root, 'other/said'), 'utf8'), 'step\n');
});

test('a mock stands for a job: its outputs and metrics are taken from a folder', async (t) => {
  const bench = stepBench(t, 'bindings: [{ step: train, use: { mock: ./mock } }]\n');
  bench.write({
    'mock/train_url/model.bin': 'weights',
    'mock/train_url/metrics.json': '[{ "key": "accuracy", "title": "Accuracy", "type": "float", "data": { "value": 0.9 } }]',
  });
  const state = await bench.run(
    oneJob(
      'algorithm_id: cloud',
      'outputs: { train_url: { obs_path: /b/out/ }, metrics: { metric_files: [/b/out/metrics.json] } }',
    ),
  );
  assert.deepEqual(statusesOf(state), ['train completed']);
  assert.equal(readFileSync(join(bench.root, 'b/out/model.bin'), 'utf8'), 'weights');
  assert.deepEqual(
    stepOf(state, 'train').metrics.map(({ key, data }) => [key, data]),
    [['accuracy', { value: 0.9 }]],
  );
});

test('a job that fails says its exit status and the last lines of its log', async (t) => {
  const bench = stepBench(t);
  bench.write({ 'src/train.sh': 'echo reading; echo "Error: no such column" >&2; exit 3\n' });
  const train = stepOf(await bench.run(oneJob('code_dir: ./src/\nboot_file: train.sh')), 'train');
  assert.deepEqual([train.status, train.exitCode, train.error?.code], ['failed', 3, 'exit-status']);
  assert.match(
    train.error!.message,
    /ended with exit status 3\.\nLast lines of its log:\n {2}reading\n {2}Error: no such column$/,
  );
});

test('a command whose program is not there says so and how to bind another one', async (t) => {
  const bench = stepBench(t);
  bench.write({ 'src/a': '' });
  const train = stepOf(await bench.run(oneJob('code_dir: ./src/\ncommand: weft-no-such-program --x')), 'train');
  assert.deepEqual([train.status, train.error?.code], ['failed', 'program-not-found']);
  assert.match(
    train.error!.message,
    /a program that it calls was not found.*bindings:\n {2}- step: train\n {4}use: \{ command: /s,
  );
});

test('a boot file whose interpreter is missing names the interpreter', async (t) => {
  const bench = stepBench(t);
  bench.write({ 'src/train.py': 'print(1)\n' });
  const { PATH } = process.env;
  process.env['PATH'] = join(bench.root, 'src');
  t.after(() => (process.env['PATH'] = PATH));
  const train = stepOf(await bench.run(oneJob('code_dir: ./src/\nboot_file: train.py')), 'train');
  assert.deepEqual([train.status, train.error?.code], ['create_failed', 'program-not-found']);
  assert.match(train.error!.message, /"python3"; install it, or bind/);
});

for (const [what, algorithm, rest, code, text] of [
  [
    'a code folder that is not there',
    'code_dir: ./gone/\nboot_file: a.py',
    '',
    'code-dir-missing',
    /no folder .*\/gone for its code_dir/,
  ],
  ['a boot file that is not there', 'code_dir: ./src/\nboot_file: a.py', '', 'boot-file-missing', /no boot file .*\/src\/a\.py/],
  ['a boot file of an unknown kind', 'code_dir: ./src/\nboot_file: a.xyz', '', 'interpreter-unknown', /a\.xyz.*- step: train/s],
  ['neither command nor boot file', 'code_dir: ./src/', '', 'nothing-to-run', /neither command nor boot_file/],
  [
    'an input that is not there',
    'code_dir: ./src/\ncommand: "true"',
    'inputs: { data_url: { data: { obs_path: /b/gone/ } } }',
    'input-missing',
    /input "data_url" of step "train": there is no \/b\/gone\/ on this machine/,
  ],
  [
    'a dataset that is not registered',
    'code_dir: ./src/\ncommand: "true"',
    'inputs: { data_url: { data: { dataset_name: cats, version_name: V001 } } }',
    'dataset-unknown',
    /no dataset "cats" \(it has none\)/,
  ],
] as const) {
  test(`${what} is said before anything runs`, async (t) => {
    const bench = stepBench(t);
    bench.write({ 'src/a.xyz': '' });
    const train = stepOf(await bench.run(oneJob(algorithm, rest)), 'train');
    assert.deepEqual([train.status, train.error?.code], ['create_failed', code]);
    assert.match(train.error!.message, text);
  });
}

const accuracy = (value: number) => JSON.stringify([{ key: 'accuracy', title: 'Accuracy', type: 'float', data: { value } }]);
const growing = `
echo '${accuracy(0.5)}' > new && mv new ../b/out/metrics.json
while [ ! -e go ]; do sleep 0.02; done
echo '${accuracy(0.75)}' > new && mv new ../b/out/metrics.json
`;

test('metrics are told while the file grows, also by the engine that comes after, and at the end once more', async (t) => {
  const bench = stepBench(t);
  bench.write({ 'src/train.sh': growing });
  const run = bench.begin(
    oneJob('code_dir: ./src/\nboot_file: train.sh', 'outputs: { metrics: { metric_files: [/b/out/metrics.json] } }'),
  );
  const train = () => stepOf(bench.scheduler.stateOf(run)!, 'train');
  const known = () => train().metrics.map(({ data }) => (data as { value: number }).value);
  await eventually('the first metrics', () => known()[0] === 0.5);
  assert.equal(train().status, 'running');
  await bench.restart(run);
  writeFileSync(join(bench.root, 'b/out/metrics.json'), accuracy(0.6));
  await eventually('metrics that were written under the second engine', () => known()[0] === 0.6);
  writeFileSync(join(bench.root, 'src/go'), '');
  await bench.scheduler.ended(run);
  assert.deepEqual([train().status, known()], ['completed', [0.75]]);
});

test('metrics that a job did not write, or wrote wrongly, are warned about and fail nothing', async (t) => {
  const bench = stepBench(t);
  bench.write({ 'src/train.sh': `echo '[{"key": "a", "type": "float", "data": {"value": "high"}}]' > ../b/out/wrong.json\n` });
  const state = await bench.run(
    oneJob(
      'code_dir: ./src/\nboot_file: train.sh',
      'outputs: { metrics: { metric_files: [/b/out/wrong.json, /b/out/gone.json] } }',
    ),
  );
  assert.deepEqual(statusesOf(state), ['train completed']);
  assert.deepEqual(
    state.warnings.map(({ message }) => message.replaceAll(bench.root, '')),
    [
      'output "metrics" of step "train": /b/out/wrong.json: entry 1 ("a") is of type float, and its data.value is no number',
      'output "metrics" of step "train": /b/out/gone.json was not written',
    ],
  );
});
