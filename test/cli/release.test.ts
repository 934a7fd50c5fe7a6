// `weft release` and runs in the cloud as a user has them in a terminal, against the stand-in of the service and an S3 server.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { projectFiles, workflow, write } from '../release/project.ts';
import { testAccessKey, testSecretKey } from '../support/service/connect.ts';
import { bucket, startS3 } from '../support/service/s3-store.ts';
import { projectId, type StandInOptions, startStandIn } from '../support/service/stand-in.ts';
import { inTerminal, weft, workspace } from './weft.ts';

async function setUp(t: TestContext, options: StandInOptions = { clock: 'poll', turns: 3 }) {
  const [service, s3] = await Promise.all([startStandIn(t, options), startS3(t)]);
  const root = workspace(t);
  for (const [name, text] of Object.entries(projectFiles)) write(root, name, text);
  const engine = (more: string) =>
    `type: modelarts, region: cn-north-4, staging: /${bucket}/weft/, endpoint: "${service.url}", obs_endpoint: "${s3.url}", iam_endpoint: "${service.url}"${more}`;
  write(root, 'weft.config.yaml', `engines:\n  prod: { ${engine(`, project_id: ${projectId}`)} }\n`);
  const env = { HOME: root, HUAWEICLOUD_SDK_AK: testAccessKey, HUAWEICLOUD_SDK_SK: testSecretKey };
  /** `typed`: in a terminal, where somebody types this. */
  const run = (args: readonly string[], more: NodeJS.ProcessEnv = {}, typed?: string) =>
    typed === undefined ? weft(root, args, { ...env, ...more }) : inTerminal(root, args, typed, { ...env, ...more });
  return { service, s3, root, run };
}

test('a release shows what it does, asks before it changes what is there, and runs', async (t) => {
  const { service, s3, root, run } = await setUp(t);
  service.scripts = { train: { log: ['loss 1\n', 'loss 0.5\n'] } };
  const first = await run(['release', 'flow.workflow.yaml', '--engine', 'prod']);
  assert.equal(first.code, 0, first.err);
  const id = [...service.workflows.keys()][0]!;
  assert.equal(first.out, `${id}\n`);
  for (const line of [
    /^flow to prod\n {2}account +access key AKST…0001\n {2}region +cn-north-4 \(http:\/\/127\.0\.0\.1:\d+\)\n/,
    new RegExp(`\n {2}project +${projectId}\n {2}workspace +0\n {2}workflow +flow: not released yet\n`),
    /\n {2}changes\n {4}\+ workflow: description -> a workflow with code of its own\n/,
    /\n {4}\+ step train\n {2}uploads\n {4}\.\/data\/ -> \/weft-tests\/weft\/flow\/[0-9a-f]{12}\/data\/ {2}2 files, 6 B, new\n/,
    /\nflow is created on prod\n$/,
  ]) {
    assert.match(first.err, line);
  }
  assert.equal((await s3.keys()).length, 5);

  write(root, 'flow.workflow.yaml', workflow.replace('default: 3', 'default: 5'));
  const refused = await run(['release', 'flow.workflow.yaml']);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /~ parameter epochs: default 3 -> 5\n/);
  assert.match(refused.err, /\nweft: "flow" is released on prod already; --update changes it\n$/);
  assert.equal(service.calls('UpdateWorkflow').length, 0);
  const updated = await run(['release', 'flow.workflow.yaml', '--update', '--json']);
  assert.deepEqual([updated.code, JSON.parse(updated.out)], [0, { workflow_id: id, done: 'updated' }]);

  const ran = await run(['release', 'flow.workflow.yaml', '--run', '--set', 'epochs=9', '--label', 'nightly']);
  assert.equal(ran.code, 0, ran.err);
  assert.match(ran.err, /\n {2}no changes\n/);
  assert.match(ran.err, /flow execution-001: 2 steps\n▶ prepare\n/);
  assert.match(ran.err, /✔ train in \d+/);
  assert.match(ran.err, /execution-001 completed in/);
  assert.match(ran.out, /train +\| loss 1\ntrain +\| loss 0\.5\n/);
  assert.deepEqual(service.calls('CreateWorkflowExecution')[0]!.body, {
    parameters: [{ name: 'epochs', type: 'int', value: 9 }],
    labels: ['nightly'],
  });

  const listed = await run(['runs', 'list', '--engine', 'prod']);
  assert.match(listed.out, /flow +execution-001 +completed/);
  const logs = await run(['runs', 'logs', 'execution-001', 'train', '--engine', 'prod']);
  assert.equal(logs.out, 'loss 1\nloss 0.5\n');
});

test('a workflow in TypeScript is released as its file is: no change, the same uploads', async (t) => {
  const { service, s3, root, run } = await setUp(t);
  assert.equal((await run(['release', 'flow.workflow.yaml'])).code, 0);
  const [before, id] = [await s3.keys(), [...service.workflows.keys()][0]!];
  const released = service.workflows.get(id);
  write(
    root,
    'flow.workflow.ts',
    `import * as wf from 'weft';
const out = wf.storage.output('out', { default: '/results/' });
const epochs = wf.param.int('epochs', { default: 3 });
const pictures = wf.data.obs('pictures', { value: './data/' });
const engine = { image_url: 'weft/python' };
const spec = { resource: { flavor_id: 'modelarts.vm.cpu.2u' } };
const prepare = wf.job('prepare', {
  algorithm: { code_dir: './src/train', boot_file: 'prepare.py', engine, parameters: { epochs } },
  inputs: { data_url: pictures },
  outputs: { made: { obs_path: out.join('/made/') } },
  spec,
});
const train = wf.job('train', {
  algorithm: { code_dir: './src/train', boot_file: 'train.py', engine },
  inputs: { data_url: prepare.outputs.made },
  outputs: { train_url: { obs_path: out.join('/model/') } },
  spec,
});
export default wf.workflow('flow', { description: 'a workflow with code of its own' }, [prepare, train]);
`,
  );
  const again = await run(['release', 'flow.workflow.ts', '--update', '--json']);
  assert.equal(again.code, 0, again.err);
  assert.match(again.err, /\n {2}no changes\n/);
  assert.deepEqual(await s3.keys(), before);
  assert.deepEqual(service.workflows.get(id), released);
});

test('weft run on a cloud engine releases, runs, answers what was prepared; a failed run ends with 1 and is tried again', async (t) => {
  const { service, root, run } = await setUp(t);
  service.scripts = {
    prepare: { waits: 'hold' },
    train: { end: 'failed', error: { error_code: 'E.1', error_message: 'out of memory' } },
  };
  write(root, 'answers.yaml', 'answers: { prepare: continue }\n');
  const failed = await run(['run', 'flow.workflow.yaml', '--engine', 'prod', '--answers', 'answers.yaml']);
  assert.equal(failed.code, 1, failed.err);
  assert.match(failed.err, /… prepare waits for prepare \(job\)\n/);
  assert.match(failed.err, /✖ train failed in .*: out of memory\n/);
  service.scripts = {};
  const again = await run(['runs', 'retry', 'execution-001', 'train', '--engine', 'prod']);
  assert.equal(again.code, 0, again.err);
  const followed = await run(['runs', 'follow', '--engine', 'prod']);
  assert.equal(followed.code, 0, followed.err);
  assert.match(followed.err, /▶ train \(attempt 2\)\n/);
  const other = await run(['run', 'flow.workflow.yaml', '--engine', 'prod', '--steps', 'train']);
  assert.match(other.err, /engine "prod" runs whole workflows and scenes/);
});

test('in a terminal it is asked first: no leaves all as it is, yes changes it', async (t) => {
  const { service, s3, root, run } = await setUp(t);
  const no = await run(['release', 'flow.workflow.yaml'], {}, 'n\n');
  assert.match(no.out, /Release\? \[y\/N\]/);
  assert.deepEqual([no.code, service.workflows.size, await s3.keys()], [1, 0, []]);
  const yes = await run(['release', 'flow.workflow.yaml'], {}, 'y\n');
  assert.deepEqual([yes.code, service.workflows.size], [0, 1], yes.out);
  assert.match(yes.out, /sent 5 of 5 files, 44 B of 44 B/);
  write(root, 'flow.workflow.yaml', workflow.replace('default: 3', 'default: 5'));
  const keep = await run(['release', 'flow.workflow.yaml'], {}, '\n');
  assert.match(keep.out, /Change "flow" on prod\? \[y\/N\]/);
  assert.deepEqual([keep.code, service.calls('UpdateWorkflow').length], [1, 0]);
});

test('a step that waits and was not prepared for stops the run, and is named', async (t) => {
  const { service, run } = await setUp(t);
  service.scripts = { prepare: { waits: 'wait_inputs' } };
  const ended = await run(['run', 'flow.workflow.yaml', '--engine', 'prod']);
  assert.equal(ended.code, 1, ended.err);
  assert.match(ended.err, /weft: step prepare waits for a person to continue it; prepare it with --answers FILE/);
  assert.match(ended.err, /execution-001 stopped/);
});

test('what is wrong is one sentence with its way out', async (t) => {
  const { service, root, run } = await setUp(t);
  const noKeys = { HUAWEICLOUD_SDK_AK: '', HUAWEICLOUD_SDK_SK: '' };
  const say = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const { code, err } = await run(args, env);
    assert.equal(code, 2, err);
    return err.slice(err.lastIndexOf('weft: '));
  };
  const release = ['release', 'flow.workflow.yaml'];
  assert.match(await say(release, noKeys), /no access keys were found\. Looked in the environment .* and in .*credentials\.csv/);
  assert.match(
    await say(release, { HUAWEICLOUD_SDK_SK: 'NotTheSecretOfThisKey0000' }),
    /The release could not be prepared: .*The access key AKST…0001 of the environment .* is not accepted: .*Nothing was changed\.\n$/,
  );
  assert.match(
    await say(release, { HUAWEICLOUD_SDK_SK: 'NotTheSecretOfThisKey0000', LC_ALL: 'zh_CN.UTF-8' }),
    /无法准备发布：.*请检查密钥、所属项目以及本机时钟。未做任何更改。\n$/,
  );
  assert.match(await say([...release, '--engine', 'local']), /engine "local" is on this machine/);
  assert.match(await say([...release, '--engine', 'other']), /has no engine "other"; it has local, prod/);
  assert.match(await say([...release, '--credentials', 'none.csv']), /there is no file .*none\.csv/);
  write(root, 'flow.workflow.yaml', workflow.replace('type: int, default: 3', 'type: int'));
  assert.match(await say([...release, '--run']), /the run needs values that have no default:\n {2}--set epochs=\.\.\.\s+int/);
  assert.match(await say([...release, '--set', 'epochs=many']), /Parameter "epochs" takes an int, not "many"/);
  write(root, 'weft.config.yaml', 'default_engine: local\n');
  assert.match(await say(release), /names no engine in the cloud; add one, such as\n/);
  assert.equal(service.workflows.size, 0);
});

test('keys of credentials.csv are used, and after a whole run no file, output or message holds the secret', async (t) => {
  const { service, s3, root, run } = await setUp(t);
  service.scripts = { train: { log: ['done\n'] } };
  const noKeys = { HUAWEICLOUD_SDK_AK: '', HUAWEICLOUD_SDK_SK: '' };
  const csv = `User Name,Access Key Id,Secret Access Key\r\nlin,${testAccessKey},${testSecretKey}\r\n`;
  write(root, '.config/weft/credentials.csv', csv);
  write(root, 'src/train/credentials.csv', csv);
  const texts: string[] = [];
  for (const args of [
    ['release', 'flow.workflow.yaml', '--run'],
    ['release', 'flow.workflow.yaml', '--update', '--json'],
    ['runs', 'show', '--engine', 'prod', '--json'],
    ['runs', 'logs', 'execution-001', 'train', '--engine', 'prod'],
    ['run', 'flow.workflow.yaml', '--engine', 'prod', '--json'],
  ]) {
    const ended = await run(args, noKeys);
    assert.equal(ended.code, 0, ended.err);
    texts.push(ended.out, ended.err);
  }
  service.faults.add({ times: 9, does: { kind: 'answer', status: 500, code: 'X', message: `echo ${testSecretKey}` } });
  texts.push((await run(['release', 'flow.workflow.yaml'], noKeys)).err);
  assert.match(texts.at(-1)!, /echo \*\*\* \(X\)/);
  assert.match(texts[1]!, /account +lin, access key AKST…0001\n/);
  assert.match(texts[1]!, /stays here: credentials\.csv\n/);

  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(root, file)).isFile());
  assert.ok(files.includes('.weft/releases.json'));
  const holding = files.filter((file) => readFileSync(join(root, file)).includes(testSecretKey));
  assert.deepEqual(
    holding.sort(),
    ['.config/weft/credentials.csv', 'src/train/credentials.csv'].sort(),
    'only where the user put it',
  );
  for (const text of [...texts, JSON.stringify(service.seen), JSON.stringify([...service.workflows.values()])])
    assert.ok(!text.includes(testSecretKey));
  for (const key of await s3.keys()) assert.ok(!(await s3.read(key)).includes(testSecretKey), key);
});
