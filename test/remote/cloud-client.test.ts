// The service behind the client of a local engine: runs, events, logs and actions of the cloud as views and commands ask for them.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { RunEvent } from '../../core/run/events.ts';
import { reduce, type RunState } from '../../core/run/reduce.ts';
import { isEndedRun } from '../../core/run/status.ts';
import type { Client, RemoteError } from '../../remote/client.ts';
import { cloudClient, type CloudClientOptions } from '../../remote/cloud-client.ts';
import { connect } from '../support/service/connect.ts';
import type { StepScript } from '../support/service/executions.ts';
import { refusals } from '../support/service/faults.ts';
import { type StandInOptions, startStandIn } from '../support/service/stand-in.ts';

const body = {
  name: 'flow',
  steps: [
    { name: 'train', type: 'job', outputs: [{ name: 'scores', type: 'metrics' }], properties: {} },
    { name: 'label', type: 'labeling', depend_steps: ['train'], properties: {} },
    { name: 'register', type: 'model', depend_steps: ['label'], properties: {} },
  ],
};
const atOnce = { soonestMs: 0, latestMs: 5, idleMs: 5 };

async function setUp(t: TestContext, scripts: Readonly<Record<string, StepScript>>, options: StandInOptions = { clock: 'poll' }) {
  const service = await startStandIn(t, options);
  service.scripts = scripts;
  const to = await connect(service);
  const { workflow_id } = await to.client.call('CreateWorkflow', { body });
  const open = (more: CloudClientOptions = {}) => cloudClient(to, { poll: atOnce, ...more });
  return { service, id: workflow_id, open };
}

async function begin(client: Client, id: string): Promise<string> {
  return (await client.call('CreateWorkflowExecution', { path: { workflow_id: id }, body: {} })).execution_id;
}

/** Follows to the end; `onEvent` may act. */
async function follow(client: Client, run: string, onEvent?: (event: RunEvent, state: RunState) => unknown): Promise<RunState> {
  let state: RunState | undefined;
  for await (const event of client.events({ after: 0, run })) {
    state = reduce(state, event)!;
    await onEvent?.(event, state);
    if (isEndedRun(state.status)) return state;
  }
  throw new Error('the events ended');
}

const goOn = (client: Client) => async (event: RunEvent, state: RunState) => {
  if (event.type !== 'step.waiting') return;
  const step = state.steps.find(({ name }) => name === event.step)!;
  const path = { workflow_id: state.workflowId, execution_id: state.id, step_execution_id: step.uuid };
  await client.call('CreateWorkflowStepExecutionsActions', { path, body: { action_name: 'continue' } });
};

test('a run is followed to its end, with its logs and metrics, and is the same for whoever looks later', async (t) => {
  const pieces = Array.from({ length: 6 }, (_, index) => `epoch ${index}\nloss ${1 / (index + 1)}\n`);
  const metrics = [{ key: 'accuracy', title: 'Accuracy', type: 'float', data: { value: 0.9 } }];
  const { id, open } = await setUp(t, { train: { log: pieces, metrics }, label: { waits: 'hold' } });
  const client = open();
  const run = await begin(client, id);
  let lines: Promise<string[]> | undefined;
  const state = await follow(client, run, async (event, now) => {
    if (event.type === 'step.submitted' && event.step === 'train') lines = readAll(client, now.steps[0]!.uuid);
    await goOn(client)(event, now);
  });
  assert.equal(state.status, 'completed');
  assert.deepEqual(
    state.steps.map(({ status }) => status),
    ['completed', 'completed', 'completed'],
  );
  assert.deepEqual(
    state.steps[0]!.metrics,
    metrics.map((metric) => ({ ...metric, output: 'scores' })),
  );
  const expected = pieces.join('').trimEnd().split('\n');
  assert.deepEqual(await lines, expected);
  assert.deepEqual((await client.searchLog(state.steps[0]!.uuid, { text: 'EPOCH' })).lines, [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(await readAll(client, state.steps[2]!.uuid), [], 'a model has no log, and nobody waits for one');

  const later = open();
  const [listed, ...more] = await later.call('ListRuns');
  assert.equal(more.length, 0);
  const without = ({ seq: _, ...rest }: RunState) => rest;
  assert.deepEqual(without(listed!.state), without(state));
  assert.deepEqual(await readAll(later, listed!.state.steps[0]!.uuid), expected);
  assert.equal((await later.call('ShowRun', { path: { execution_id: run } })).state.id, run);
});

async function readAll(client: Client, stepRun: string): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const window = await client.logLines(stepRun, { first: all.length, count: 3, waitMs: 10_000 });
    all.push(...window.lines);
    if (window.ended && all.length >= window.total) return all;
  }
}

test('looks that fail for a while are repeated; wrong keys end it', async (t) => {
  const { service, id, open } = await setUp(t, {});
  const troubles: string[] = [];
  const client = open({ onTrouble: ({ code }) => troubles.push(code) });
  const run = await begin(client, id);
  let broken = 0;
  const state = await follow(client, run, () => {
    broken += 1;
    // More than the calls of one look repeat by themselves.
    for (const does of [refusals.away, refusals.broken, refusals.tooMany, { kind: 'drop', at: 'answer' }] as const)
      service.faults.add({ times: broken % 2 === 0 ? 3 : 5, does });
  });
  assert.equal(state.status, 'completed');
  assert.ok(troubles.includes('ModelArts.0010'), troubles.join());
  service.faults.clear();
  const again = await begin(client, id);
  await assert.rejects(
    follow(client, again, () => service.faults.add({ times: 99, does: refusals.wrongKeys })),
    { status: 401 },
  );
});

test('runs that others begin are seen too, and a step that was not reached cannot be told to go on', async (t) => {
  const { service, id, open } = await setUp(t, { label: { waits: 'hold' } }, {});
  const mine = open({ workflows: () => [id, '3f2b8a54-7c1d-4e6a-9b0f-2d5c8e7a1b34'], source: () => '/here/flow.workflow.yaml' });
  const theirs = open();
  const stop = new AbortController();
  const seen: string[] = [];
  const watching = (async () => {
    for await (const event of mine.events({ after: 0, signal: stop.signal })) {
      seen.push(event.type);
      if (event.type === 'run.created') assert.equal(event.source, '/here/flow.workflow.yaml');
      if (event.type === 'run.stopped') stop.abort();
      else service.tick();
    }
  })();
  const run = await begin(theirs, id);
  const { state } = await theirs.call('ShowRun', { path: { execution_id: run } });
  const path = { workflow_id: id, execution_id: run };
  await assert.rejects(
    theirs.call('CreateWorkflowStepExecutionsActions', {
      path: { ...path, step_execution_id: state.steps[2]!.uuid },
      body: { action_name: 'continue' },
    }),
    (error: RemoteError) => /Step register has not been reached yet/.test(error.message),
  );
  service.tick(5);
  await theirs.call('CreateWorkflowExecutionsActions', { path, body: { action_name: 'stop' } });
  service.tick(5);
  await watching;
  assert.equal(seen[0], 'run.created');
  assert.equal(seen.at(-1), 'run.stopped');
  await theirs.call('DeleteWorkflowExecution', { path });
  assert.deepEqual(await theirs.call('ListRuns'), []);
});

test('a failed step is tried again under its own id; each attempt has its log', async (t) => {
  const { service, id, open } = await setUp(t, { train: { end: 'failed', log: ['first try\n'] } }, { clock: 'poll' });
  const client = open();
  const run = await begin(client, id);
  const failed = await follow(client, run);
  assert.deepEqual([failed.status, failed.steps[0]!.status], ['abnormal', 'failed']);
  assert.deepEqual(await readAll(client, failed.steps[0]!.uuid), ['first try']);
  service.scripts = { label: { waits: 'hold' } };
  const path = { workflow_id: id, execution_id: run, step_execution_id: failed.steps[0]!.uuid };
  await client.call('CreateWorkflowStepExecutionsActions', { path, body: { action_name: 'retry' } });
  let state: RunState | undefined = failed;
  for await (const event of client.events({ after: failed.seq, run })) {
    state = reduce(state, event)!;
    await goOn(client)(event, state);
    if (isEndedRun(state.status) && state.steps[0]!.attempt === 2) break;
  }
  assert.equal(state!.status, 'completed');
});

test('a log that grew by more than the service gives has its gap marked', async (t) => {
  const { service, id, open } = await setUp(t, { train: { log: ['a\nb\n', 'c\nd\n', 'e\n'] } }, {});
  const client = open();
  const run = await begin(client, id);
  service.tick(6);
  const { state } = await client.call('ShowRun', { path: { execution_id: run } });
  const [train] = state.steps;
  assert.deepEqual((await client.logLines(train!.uuid, { first: 0, count: 9 })).lines, ['a', 'b']);
  service.logLimit = 3;
  service.tick(2);
  assert.deepEqual((await client.logLines(train!.uuid, { first: 0, count: 9 })).lines, [
    'a',
    'b',
    '… 3 bytes are not shown here: the service gives the newest part of a log …',
    '',
    'e',
  ]);
});
