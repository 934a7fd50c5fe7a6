// A release from plan to run, against the stand-in of the service and an S3 server: what is shown, what is sent, and that whatever breaks
// in the middle of whichever call leaves the released version whole and lets a second try succeed.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { changesBetween as compare } from '../../core/release/changes.ts';
import { describeChange } from '../../core/release/describe-changes.ts';
import { serviceRequest } from '../../core/release/execution-request.ts';
import { noValues } from '../../core/config/values-file.ts';
import { draftRelease } from '../../loader/upload-plan.ts';
import { readSource } from '../../loader/source.ts';
import { carryOut, planRelease, type ReleaseResult, startRun } from '../../remote/release.ts';
import type { ReleaseError } from '../../remote/release-error.ts';
import type { Service } from '../../remote/service.ts';
import { atOnce, connect, testAccessKey, testSecretKey } from '../support/service/connect.ts';
import { type Fault, refusals } from '../support/service/faults.ts';
import { bucket, type S3Store, startS3 } from '../support/service/s3-store.ts';
import { type StandIn, type StandInOptions, startStandIn } from '../support/service/stand-in.ts';
import { folder, projectFiles, workflow, write } from './project.ts';

const staging = `/${bucket}/weft/`;

async function setUp(t: TestContext, options: StandInOptions = {}) {
  const [service, s3] = await Promise.all([startStandIn(t, options), startS3(t)]);
  const root = folder(t, projectFiles);
  const to = await connect(service, { staging, obsEndpoint: s3.url });
  return { service, s3, root, to };
}

async function draftOf(root: string, { engine }: Service) {
  const draft = await draftRelease(await readSource(join(root, 'flow.workflow.yaml'), 'file'), engine, noValues);
  assert.deepEqual(draft.problems, []);
  return draft;
}

async function plan(root: string, to: Service, retry = atOnce) {
  return planRelease(to, await draftOf(root, to), { compare, retry });
}

async function release(root: string, to: Service, retry = atOnce): Promise<ReleaseResult> {
  return carryOut(to, await plan(root, to, retry), { compare, retry });
}

const lines = (changes: Awaited<ReturnType<typeof plan>>['changes']) => changes.map((change) => describeChange(change, 'en'));

test('a first release shows everything as new, uploads, and creates; the next one only what changed', async (t) => {
  const { service, s3, root, to } = await setUp(t);
  const first = await plan(root, to);
  assert.equal(first.released, undefined);
  assert.deepEqual(lines(first.changes), [
    '+ workflow: description -> a workflow with code of its own',
    '+ storage out',
    '+ parameter epochs',
    '+ data pictures',
    '+ step prepare',
    '+ step train',
  ]);
  assert.deepEqual(
    first.uploads.map(({ upload, missing, bytes }) => [upload.written, missing.length, bytes]),
    [
      ['./data/', 2, 6],
      ['./src/train', 3, 38],
    ],
  );
  assert.deepEqual([service.workflows.size, await s3.keys()], [0, []], 'a plan only reads');

  const progress: string[] = [];
  const onProgress = (now: { sentFiles: number; allFiles: number; sentBytes: number; allBytes: number }) =>
    progress.push(`${now.sentFiles}/${now.allFiles} ${now.sentBytes}/${now.allBytes}`);
  const made = await carryOut(to, first, { compare, retry: atOnce, onProgress });
  assert.equal(made.done, 'created');
  assert.equal(progress.at(-1), '5/5 44/44');
  const code = first.uploads[1]!.upload;
  assert.equal(await s3.read(`${code.to.slice(bucket.length + 2)}train.py`), 'print("train")\n');
  assert.equal((await s3.keys()).length, 5);

  const again = await plan(root, to);
  assert.deepEqual([again.changes, again.uploads.map(({ missing }) => missing)], [[], [[], []]]);
  s3.seen.length = 0;
  assert.equal((await carryOut(to, again, { compare, retry: atOnce })).done, 'unchanged');
  assert.deepEqual([s3.seen, service.calls('UpdateWorkflow').length], [[], 0]);

  write(root, 'src/train/train.py', 'print("better")\n');
  write(
    root,
    'flow.workflow.yaml',
    workflow.replace('default: 3', 'default: 5').replace('  prepare:', '  ready:').replace('steps.prepare', 'steps.ready'),
  );
  const second = await plan(root, to);
  const [before, after] = [code.to, second.uploads[1]!.upload.to];
  assert.deepEqual(lines(second.changes), [
    '~ parameter epochs: default 3 -> 5',
    '+ step ready',
    `~ step train: inputs.data_url \${{ steps.prepare.outputs.made }} -> \${{ steps.ready.outputs.made }}; algorithm.code_dir ${before} -> ${after}; algorithm.boot_file ${before}train.py -> ${after}train.py`,
    '- step prepare',
  ]);
  assert.equal(second.uploads[0]!.missing.length, 0);
  assert.equal(second.uploads[1]!.missing.length, 3);
  const changed = await carryOut(to, second, { compare, retry: atOnce });
  assert.deepEqual(changed, { workflowId: made.workflowId, done: 'updated', untaken: [] });
  assert.equal((await s3.keys()).length, 8, 'the code of the earlier release is still there');
});

test('a run begins with typed values', async (t) => {
  const { service, root, to } = await setUp(t);
  const { workflowId } = await release(root, to);
  const body = service.named('flow')!;
  const given = { ...noValues, parameters: [{ name: 'epochs', value: '7', text: '7' }] };
  const run = await startRun(to, workflowId, serviceRequest(body, given, { labels: ['try'] }));
  assert.equal(run.name, 'execution-001');
  assert.deepEqual(service.calls('CreateWorkflowExecution')[0]!.body, {
    parameters: [{ name: 'epochs', type: 'int', value: 7 }],
    labels: ['try'],
  });
  await assert.rejects(startRun(to, workflowId, {}), (error: ReleaseError) => {
    assert.match(error.message, /^The workflow is released, but its run did not start: Workflow .* has an execution that runs/);
    return true;
  });
});

test('what the service does not take of a change is told', async (t) => {
  const { root, to } = await setUp(t, { ignoresInUpdates: ['policy'] });
  await release(root, to);
  write(root, 'flow.workflow.yaml', `${workflow}scenes:\n  only: [train]\n`);
  const { untaken } = await release(root, to);
  assert.deepEqual(
    untaken.map((change) => describeChange(change, 'en')),
    ['+ scene only'],
  );
});

test('a version that somebody else changed meanwhile is not overwritten', async (t) => {
  const { service, root, to } = await setUp(t);
  await release(root, to);
  write(root, 'flow.workflow.yaml', workflow.replace('default: 3', 'default: 5'));
  const mine = await plan(root, to);
  service.tick();
  const [id] = [...service.workflows.keys()];
  await to.client.call('UpdateWorkflow', { path: { workflow_id: id! }, body: { description: 'theirs' } });
  await assert.rejects(
    carryOut(to, mine, { compare, retry: atOnce }),
    /"flow" was changed in the service since the plan was made/,
  );
  assert.equal(service.named('flow')!['description'], 'theirs');
});

test('the workflow of another workspace is another workflow', async (t) => {
  const { service, s3, root, to } = await setUp(t);
  await release(root, to);
  const other = await connect(service, { staging, obsEndpoint: s3.url, workspaceId: 'ws-2' });
  assert.equal((await release(root, other)).done, 'created');
  assert.deepEqual(
    [...service.workflows.values()].map((each) => each['workspace_id']),
    ['0', 'ws-2'],
  );
});

test('the answer to a create may have no id, as the published one', async (t) => {
  const { service, root, to } = await setUp(t, { sparseAnswers: true });
  assert.deepEqual(await release(root, to), { workflowId: [...service.workflows.keys()][0], done: 'created', untaken: [] });
});

test('code that holds the secret key is not uploaded', async (t) => {
  const { s3, root, to } = await setUp(t);
  write(root, 'src/train/settings.py', `SK = "${testSecretKey}"\n`);
  await assert.rejects(plan(root, to), (error: ReleaseError) => {
    assert.equal(error.stage, 'secret');
    assert.match(error.message, /src\/train\/settings\.py holds your secret key/);
    assert.ok(!error.message.includes(testSecretKey));
    return true;
  });
  assert.deepEqual(await s3.keys(), []);
});

test('leaving in the middle of an upload leaves nothing half done', async (t) => {
  const { service, s3, root, to } = await setUp(t);
  write(root, 'data/big.bin', 'z'.repeat(2_000_000));
  const stop = new AbortController();
  const onProgress = ({ sentBytes }: { sentBytes: number }) => sentBytes > 500_000 && stop.abort(new Error('the user left'));
  const first = await plan(root, to);
  await assert.rejects(carryOut(to, first, { compare, retry: atOnce, signal: stop.signal, onProgress }), {
    message: 'the user left',
  });
  assert.equal(service.workflows.size, 0);
  assert.ok(!(await s3.keys()).some((key) => key.endsWith('big.bin')));
  assert.equal((await release(root, to)).done, 'created');
});

// ---- everything that can break, in every call

const once = { attempts: 1, firstDelayMs: 0, longestDelayMs: 0 };

type Break =
  | { readonly kind: 'service'; readonly does: Fault['does'] }
  | { readonly kind: 'store'; readonly does: NonNullable<ReturnType<NonNullable<S3Store['door']>>> };

const breaks: Readonly<Record<string, Break & { readonly says: RegExp }>> = {
  'keys that are not accepted': {
    kind: 'service',
    does: refusals.wrongKeys,
    says: /access key AKST…0001 of the test is not accepted/,
  },
  'no permission': { kind: 'service', does: refusals.forbidden, says: /has no permission for that in project/ },
  '429': { kind: 'service', does: refusals.tooMany, says: /takes no more calls for now: wait a minute/ },
  '500': { kind: 'service', does: refusals.broken, says: /\(ModelArts\.0010\)|Whether the service carried it out/ },
  '503': { kind: 'service', does: refusals.away, says: /\(ModelArts\.4302\)|Whether the service carried it out/ },
  'a connection that breaks before the call': {
    kind: 'service',
    does: { kind: 'drop', at: 'before' },
    says: /cannot be reached/,
  },
  'a connection that breaks after the effect': {
    kind: 'service',
    does: { kind: 'drop', at: 'effect' },
    says: /cannot be reached/,
  },
  'a connection that breaks in the answer': {
    kind: 'service',
    does: { kind: 'drop', at: 'answer' },
    says: /broke off in the middle of its answer/,
  },
  'a store that cannot be reached': { kind: 'store', does: 'drop before', says: /cannot be reached|broke off/ },
  'a store that breaks off': { kind: 'store', does: 'drop middle', says: /cannot be reached|broke off/ },
  'a store that is busy': { kind: 'store', does: 503, says: /reduce your request rate \(SlowDown\)/ },
};

for (const [what, { kind, does, says }] of Object.entries(breaks)) {
  test(`${what}, in each call of an update with a run: the old version or the new one, a clear word, and a second try that succeeds`, async (t) => {
    const { service, s3, root } = await setUp(t);
    const to = await connect(service, { staging, obsEndpoint: s3.url }, testSecretKey, once);
    await release(root, to, once);
    const [id, released] = [...service.workflows.entries()][0]!;
    let failures = 0;
    let version = 0;
    for (let call = 0; ; call++) {
      version += 1;
      service.workflows.clear();
      service.workflows.set(id, released);
      service.executions.length = 0;
      write(root, 'flow.workflow.yaml', workflow.replace('default: 3', `default: ${10 + version}`));
      write(root, 'src/train/train.py', `print(${what.length}, ${version})\n`);
      const hit = arm(service, s3, kind, does, call);
      let failed: ReleaseError | undefined;
      try {
        const { workflowId } = await release(root, to, once);
        await startRun(to, workflowId, {});
      } catch (error) {
        failed = error as ReleaseError;
      }
      if (!hit()) break;
      disarm(service, s3);
      assert.equal(service.workflows.size, 1);
      const now = service.named('flow')!;
      const isNew = changesOf(now, released) > 0;
      if (failed) {
        failures += 1;
        assert.equal(failed.name, 'ReleaseError', failed.stack);
        assert.match(failed.message, says);
        assert.ok(failed.text.zh !== failed.text.en && !failed.message.includes(testSecretKey));
        if (failed.stage === 'upload' || failed.stage === 'look') assert.ok(!isNew);
        if (/stays as it was/.test(failed.message)) assert.ok(!isNew, failed.message);
        const { workflowId } = await release(root, to, once);
        if (service.executions.length === 0) await startRun(to, workflowId, {});
      }
      const epochs = (service.named('flow')!['parameters'] as { default: number }[])[0]!.default;
      assert.equal(epochs, 10 + version);
      assert.equal(service.executions.length, 1);
      assert.deepEqual(
        (await plan(root, to, once)).uploads.flatMap(({ missing }) => missing),
        [],
      );
    }
    assert.ok(failures >= (kind === 'service' ? 5 : 3), `${failures} calls failed`);
  });
}

/** Breaks the nth call of a kind. The answer says whether it came to that. */
function arm(service: StandIn, s3: S3Store, kind: Break['kind'], does: Break['does'], nth: number): () => boolean {
  if (kind === 'service') {
    service.faults.add({ after: nth, does: does as Fault['does'] });
    return () => service.faults.spent;
  }
  let seen = 0;
  let hit = false;
  s3.door = () => {
    if (seen++ !== nth) return 'pass';
    hit = true;
    return does as ReturnType<NonNullable<S3Store['door']>>;
  };
  return () => hit;
}

function disarm(service: StandIn, s3: S3Store): void {
  service.faults.clear();
  s3.door = undefined;
}

function changesOf(now: Record<string, unknown>, before: Record<string, unknown>): number {
  return JSON.stringify(now['parameters']) === JSON.stringify(before['parameters']) &&
    JSON.stringify(now['steps']) === JSON.stringify(before['steps'])
    ? 0
    : 1;
}

test('wrong keys stop the plan before anything is written', async (t) => {
  const { service, s3, root } = await setUp(t);
  const to = await connect(service, { staging, obsEndpoint: s3.url }, 'NotTheSecretOfThisKey');
  await assert.rejects(plan(root, to), (error: ReleaseError) => {
    assert.match(error.message, new RegExp(`^The release could not be prepared: .*access key ${testAccessKey.slice(0, 4)}`));
    assert.match(error.message, /Nothing was changed\.$/);
    assert.ok(!error.message.includes('NotTheSecret'));
    return true;
  });
  assert.deepEqual([service.workflows.size, await s3.keys()], [0, []]);
});
