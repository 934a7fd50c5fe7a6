// What can go wrong when a workflow is run: one clear message each, naming the thing, the place and the way out; nothing half done.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { asOtherUser, onSmallDisk, weft, workspace } from './weft.ts';

const job = (command: string) => `    type: job
    algorithm: { code_dir: ./, command: '${command}', engine: { image_url: weft/node } }
    spec: { resource: { flavor_id: cpu } }
`;
const flow = `name: flow\nsteps:\n  one:\n${job('echo done')}`;

test('a file that is not there, or is no workflow, is named', async (t) => {
  const root = workspace(t);
  const missing = await weft(root, ['run', 'none.workflow.yaml']);
  assert.deepEqual(missing, { code: 2, out: '', err: `weft: there is no file ${root}/none.workflow.yaml\n` });
  writeFileSync(join(root, 'notes.txt'), '');
  assert.match(
    (await weft(root, ['run', 'notes.txt'])).err,
    /notes.txt is no workflow file: \*\.workflow\.yaml, \*\.workflow\.ts, or a request body/,
  );
  assert.match((await weft(root, ['run', '.'])).err, /is a folder; name a workflow file in it/);
  assert.equal(existsSync(join(root, '.weft')), false, 'no engine was started');
});

test('broken text and mistakes are told at their place, and nothing is started', async (t) => {
  const root = workspace(t);
  writeFileSync(join(root, 'a.workflow.yaml'), 'name: flow\nsteps:\n  one: [unclosed\n');
  const broken = await weft(root, ['run', 'a.workflow.yaml']);
  assert.equal(broken.code, 1);
  assert.match(broken.err, /^a\.workflow\.yaml:3:8: error /);
  writeFileSync(join(root, 'b.workflow.yaml'), flow.replace('type: job', 'type: jobb'));
  const wrong = await weft(root, ['run', 'b.workflow.yaml']);
  assert.match(wrong.err, /^b\.workflow\.yaml:4:11: error step-type-unknown: .*did you mean `job`\?\n$/);
  assert.equal(existsSync(join(root, '.weft')), false);
});

test('a value that is missing is listed with the option that gives it', async (t) => {
  const root = workspace(t);
  const text = `name: flow\nparameters:\n  epochs: { type: int, description: How often }\ndata:\n  pictures: { type: obs, object_type: directory }\nsteps:\n  one:\n${job('echo done').replace('engine:', "parameters: { epochs: '${{ parameters.epochs }}' }, engine:")}    inputs: { data_url: '\${{ data.pictures }}' }\n`;
  writeFileSync(join(root, 'a.workflow.yaml'), text);
  const { code, err } = await weft(root, ['run', 'a.workflow.yaml']);
  assert.equal(code, 2, err);
  assert.match(
    err,
    /needs values that have no default:\n {2}--data pictures=\.\.\. {2}obs\n {2}--set epochs=\.\.\. {2}int: How often\n/,
  );
  assert.equal(existsSync(join(root, '.weft')), false);
  const typo = await weft(root, ['run', 'a.workflow.yaml', '--set', 'epochs=many', '--data', 'pictures=./p/']);
  assert.match(typo.err, /Parameter "epochs" takes an int, not "many"/);
});

test('a port that another program has is named with the way out', async (t) => {
  const root = workspace(t);
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  t.after(() => other.close());
  const { port } = other.address() as AddressInfo;
  const { code, err } = await weft(root, ['engine', 'start', '--port', String(port)]);
  assert.equal(code, 2);
  assert.equal(err, `weft: Port ${port} is taken by another program; choose another one, or leave --port out.\n`);
});

test('a folder without permission is named', async (t) => {
  const root = workspace(t);
  mkdirSync(join(root, 'locked'), { mode: 0o555 });
  writeFileSync(join(root, 'locked/weft.config.yaml'), '');
  const { code, err } = await asOtherUser(join(root, 'locked'), ['engine', 'start']);
  assert.equal(code, 2);
  assert.match(err, /^weft: There is no permission to write .*locked\/\.weft; the engine keeps its state there\.\n$/);
});

test('on a full disk a run says why it cannot go on, and goes on when there is room again', async (t) => {
  const root = workspace(t);
  const fills = flow
    .replace('echo done', 'dd if=/dev/zero of=filler bs=64k 2>/dev/null; true')
    .replace('code_dir: ./', 'code_dir: ./');
  writeFileSync(join(root, 'a.workflow.yaml'), `${fills}  two:\n${job('echo second')}    depend_steps: [one]\n`);
  const { code, out, err } = await onSmallDisk(
    root,
    `cp ../a.workflow.yaml .; touch weft.config.yaml
if weft run a.workflow.yaml; then echo "the disk was not full"; fi
rm filler
until weft engine start 2>/dev/null >&2; do :; done
weft runs follow
weft engine stop
`,
  );
  assert.equal(code, 0, `${out}${err}`);
  assert.match(
    err,
    /weft: The database .*engine.db cannot grow: the disk is full\. The engine stops\. Start it again when that is mended/,
  );
  assert.match(out, /two \| second\n/);
  assert.match(err, /execution-001 completed/);
  assert.deepEqual(readdirSync(join(root, 'disk')), [], 'the disk was of its own');
});
