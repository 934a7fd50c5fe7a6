// What a release takes along: which folders, to where, what stays here, and what stands in the way.
import assert from 'node:assert/strict';
import { chmodSync, cpSync, renameSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ServiceEngineConfig } from '../../core/config/config.ts';
import { type GivenValues, noValues } from '../../core/config/values-file.ts';
import { draftRelease } from '../../loader/upload-plan.ts';
import { readSource } from '../../loader/source.ts';
import { withFileUris } from '../../loader/values-paths.ts';
import { folder, projectFiles, workflow, write } from './project.ts';

const engine: ServiceEngineConfig = { kind: 'modelarts', name: 'prod', staging: 'obs://code/weft' };

async function draft(root: string, values: GivenValues = noValues, on: ServiceEngineConfig = engine) {
  const result = await draftRelease(await readSource(join(root, 'flow.workflow.yaml'), 'file'), on, values);
  return { ...result, problems: result.problems.map(({ en }) => en) };
}

type Step = { name: string; properties: { algorithm: { code_dir: string; boot_file: string } } };

test('each folder goes once, below its hash and with its name; paths in the body are those of the cloud', async (t) => {
  const { body, uploads, problems } = await draft(folder(t, projectFiles));
  assert.deepEqual(problems, []);
  const [data, code] = uploads;
  assert.match(data!.to, /^\/code\/weft\/flow\/[0-9a-f]{12}\/data\/$/);
  assert.match(code!.to, /^\/code\/weft\/flow\/[0-9a-f]{12}\/train\/$/);
  assert.deepEqual(
    code!.files.map(({ to }) => to.slice(code!.to.length)),
    ['lib/io.py', 'prepare.py', 'train.py'],
  );
  assert.deepEqual(
    data!.files.map(({ to, bytes }) => [to.slice(data!.to.length), bytes]),
    [
      ['1.txt', 3],
      ['sub dir/2.txt', 3],
    ],
  );
  assert.deepEqual(code!.usedBy, [
    'prepare: algorithm.code_dir',
    'prepare: algorithm.boot_file',
    'train: algorithm.code_dir',
    'train: algorithm.boot_file',
  ]);
  assert.deepEqual(data!.usedBy, ['data pictures']);
  const [prepare, train] = body['steps'] as readonly Step[];
  assert.equal(prepare!.properties.algorithm.code_dir, code!.to);
  assert.equal(train!.properties.algorithm.boot_file, `${code!.to}train.py`);
  assert.deepEqual((body['data'] as { value: unknown }[])[0]!.value, { obs_url: data!.to });
  assert.doesNotMatch(JSON.stringify(body), /weft-local|"\.\/|file:/);
});

test('the hash is of the content: not of times, places or rights, but of every name and byte', async (t) => {
  const first = folder(t, projectFiles);
  const second = join(folder(t), 'elsewhere');
  cpSync(first, second, { recursive: true });
  utimesSync(join(second, 'src/train/train.py'), 1, 1);
  chmodSync(join(second, 'src/train/train.py'), 0o755);
  const to = async (root: string) => (await draft(root)).uploads.map((upload) => upload.to);
  const before = await to(first);
  assert.deepEqual(await to(second), before);
  write(second, 'src/train/lib/io.py', 'x = 2\n');
  const changed = await to(second);
  assert.equal(changed[0], before[0]);
  assert.notEqual(changed[1], before[1]);
  renameSync(join(first, 'src/train/lib/io.py'), join(first, 'src/train/lib/oi.py'));
  assert.notEqual((await to(first))[1], before[1]);
});

test('version control, packages and caches stay here, credentials too, and they are named', async (t) => {
  const root = folder(t, {
    ...projectFiles,
    'src/train/.git/HEAD': 'x',
    'src/train/node_modules/a/index.js': 'x',
    'src/train/.weft/engine.db': 'x',
    'src/train/lib/__pycache__/io.pyc': 'x',
    'src/train/env/pyvenv.cfg': 'x',
    'src/train/env/bin/python': 'x',
    'src/train/credentials.csv': 'x',
    'src/train/lib/credentials (1).csv': 'x',
    'src/train/.env': 'x',
    'src/train/key.pem': 'x',
  });
  symlinkSync(join(root, 'src/train'), join(root, 'src/train/lib/again'));
  symlinkSync(join(root, 'data'), join(root, 'src/train/linked'));
  const code = (await draft(root)).uploads.find(({ to }) => to.endsWith('/train/'))!;
  assert.deepEqual(
    code.files.map(({ to }) => to.slice(code.to.length)),
    ['lib/io.py', 'linked/1.txt', 'linked/sub dir/2.txt', 'prepare.py', 'train.py'],
  );
  assert.deepEqual(code.leftOut, ['.env', 'credentials.csv', 'key.pem', 'lib/credentials (1).csv']);
});

test('values with local paths are brought along, and roots of storages go into the definition', async (t) => {
  const root = folder(t, {
    ...projectFiles,
    'flow.workflow.yaml': workflow.replace(', value: ./data/', '').replace('/results/', './out/'),
  });
  const given = withFileUris(
    {
      ...noValues,
      data: [{ name: 'pictures', value: './data', text: './data' }],
      storages: [{ name: 'out', value: '/kept/', text: '/kept/' }],
    },
    root,
  );
  const { body, uploads, values: placed, problems } = await draft(root, given);
  assert.deepEqual(problems, []);
  const data = uploads.find(({ usedBy }) => usedBy.includes('value of pictures'))!;
  assert.match(data.to, /\/data\/$/);
  assert.deepEqual(placed.data, [{ name: 'pictures', value: data.to, text: data.to }]);
  assert.equal((body['storages'] as { path: string }[])[0]!.path, '/kept/');
});

test('what stands in the way is said at once, each with its place and its way out', async (t) => {
  const root = folder(t, {
    'flow.workflow.yaml': workflow
      .replace('boot_file: train.py', 'boot_file: trian.py')
      .replace('/results/', './out/')
      .replace('type: int, default: 3', 'type: str, secret: true'),
    'src/train/prepare.py': '',
  });
  const one = await draft(root);
  assert.deepEqual(one.uploads, []);
  assert.match(one.problems[0]!, /^storage out writes to \.\/out\/ on this machine.*like \/bucket\/folder\//);
  assert.match(one.problems[1]!, /^Parameter epochs is secret/);
  write(root, 'flow.workflow.yaml', workflow.replace('boot_file: train.py', 'boot_file: trian.py'));
  const two = await draft(root);
  assert.deepEqual(two.problems, [
    `data pictures: ./data/ is not there (${join(root, 'data')}).`,
    `train: algorithm.boot_file: ./src/train/trian.py is not there (${join(root, 'src/train/trian.py')}).`,
  ]);
  write(root, 'data', 'a file');
  write(root, 'src/train/trian.py', '');
  assert.deepEqual((await draft(root)).problems, []);
  const { staging: _, ...without } = engine;
  assert.match(
    (await draft(root, noValues, without)).problems[0]!,
    /engine "prod" has no staging: add "staging: \/bucket\/folder\/"/,
  );
  assert.match(
    (await draft(root, noValues, { ...engine, staging: 'x' })).problems[0]!,
    /has staging "x", which is no bucket path/,
  );
});
