// Models: packages are checked, copied and counted up.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { outputOf, type StepBench, statusesOf, stepBench, stepOf } from './step-bench.ts';

const config = JSON.stringify({ model_type: 'Custom', apis: [{ url: '/', method: 'post' }] });
const register = (settings = '', input = 'inputs: { package: { data: { obs_path: /b/package/ } } }') => `
name: flow
steps:
  register:
    type: model
    ${input}
    outputs: { model: { model_type: Custom, model_name: reader${settings} } }
`;

function packed(bench: StepBench, files: Readonly<Record<string, string>> = {}): void {
  const all = { 'config.json': config, 'weights.bin': 'one', 'service.sh': '', ...files };
  bench.write(Object.fromEntries(Object.entries(all).map(([name, text]) => [`b/package/${name}`, text])));
}

test('a package becomes version 0.0.1 and the next 0.0.2, each a copy that later runs do not change', async (t) => {
  const bench = stepBench(t);
  packed(bench);
  const first = await bench.run(register());
  assert.deepEqual([statusesOf(first), first.warnings], [['register completed'], []]);
  writeFileSync(join(bench.root, 'b/package/weights.bin'), 'two');
  const second = await bench.run(register());
  const { model_id, ...output } = outputOf(second, 'register', 'model');
  assert.deepEqual(output, { model_name: 'reader', model_version: '0.0.2', model_type: 'Custom' });
  const [model] = bench.machine.models.listed();
  assert.deepEqual(
    model!.versions.map(({ version, run, path }) => [version, run, readFileSync(join(path, 'weights.bin'), 'utf8')]),
    [
      ['0.0.1', first.id, 'one'],
      ['0.0.2', second.id, 'two'],
    ],
  );
  assert.equal(model!.versions[1]!.id, model_id);
});

test('a package may lie in the folder `model` of what a job wrote, and only that folder is taken', async (t) => {
  const bench = stepBench(t);
  bench.write({ 'b/package/model/config.json': config, 'b/package/model/service.sh': '', 'b/package/checkpoint.bin': '' });
  await bench.run(register());
  const { path } = bench.machine.models.list()[0]!;
  assert.ok(existsSync(join(path, 'config.json')));
  assert.ok(!existsSync(join(path, 'checkpoint.bin')));
});

test('versions count on from the highest, with two digits at most in each part', async (t) => {
  const bench = stepBench(t);
  packed(bench);
  await bench.run(register(', model_version: 0.9.99'));
  assert.equal(outputOf(await bench.run(register()), 'register', 'model')['model_version'], '0.10.0');
});

test('registering again with the same key, as after a crash, gives the same version', async (t) => {
  const bench = stepBench(t);
  packed(bench);
  const model = { key: 'k.1', run: 'r', name: 'reader', type: 'Custom', sources: [join(bench.root, 'b/package')] };
  const first = await bench.machine.models.register(model);
  assert.deepEqual(await bench.machine.models.register(model), first);
  const both = await Promise.all(['a.1', 'b.1'].map((key) => bench.machine.models.register({ ...model, key })));
  assert.deepEqual(
    [first, ...both].map(({ version }) => version),
    ['0.0.1', '0.0.2', '0.0.3'],
  );
});

test('a package of another type, or without inference code, is registered with a warning', async (t) => {
  const bench = stepBench(t);
  bench.write({ 'b/package/config.json': JSON.stringify({ model_type: 'PyTorch' }) });
  const state = await bench.run(register());
  assert.deepEqual(statusesOf(state), ['register completed']);
  assert.deepEqual(
    state.warnings.map(({ code }) => code),
    ['model-type-differs', 'inference-code-missing'],
  );
});

for (const [what, settings, files, code, text] of [
  ['no config.json', '', { 'readme.md': '' }, 'model-package', /\/b\/package has neither model\/config\.json nor config\.json/],
  ['a config.json that is no JSON', '', { 'config.json': '{' }, 'model-package', /config\.json is no JSON/],
  ['an interface that is no list', '', { 'config.json': '{"apis": 1}' }, 'model-package', /"apis" is no list/],
  [
    'a version of another form',
    ', model_version: v1',
    { 'config.json': config },
    'model-version-format',
    /"v1" is not of the form/,
  ],
] as const) {
  test(`${what} is refused`, async (t) => {
    const bench = stepBench(t);
    bench.write(Object.fromEntries(Object.entries(files).map(([name, content]) => [`b/package/${name}`, content])));
    const failed = stepOf(await bench.run(register(settings)), 'register');
    assert.deepEqual([failed.status, failed.error?.code], ['create_failed', code]);
    assert.match(failed.error!.message, text);
    assert.deepEqual(bench.machine.models.list(), []);
  });
}

test('a version that is taken is refused', async (t) => {
  const bench = stepBench(t);
  packed(bench);
  const named = register(', model_version: 1.0.0');
  await bench.run(named);
  const failed = stepOf(await bench.run(named), 'register');
  assert.equal(failed.error?.code, 'model-version-exists');
  assert.match(failed.error.message, /model "reader" has a version 1\.0\.0 already; choose another model_version/);
});

test('a model of the gallery needs a binding, whose folder is its package then', async (t) => {
  const bench = stepBench(t);
  packed(bench);
  const gallery = register('', 'inputs: { from: { data: { subscription_id: "1", version_num: 1.0.0 } } }');
  const refused = stepOf(await bench.run(gallery), 'register');
  assert.equal(refused.error?.code, 'binding-missing');
  const lines = refused.error.message.split('weft.config.yaml:\n')[1]!.replace('./FOLDER', './b/package');
  bench.write({ 'weft.config.yaml': `buckets: { b: ./b }\n${lines}\n` });
  assert.deepEqual(statusesOf(await bench.run(gallery)), ['register completed']);
});
