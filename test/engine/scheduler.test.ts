// The scheduler over a real store and real processes: order, failure, stop, retry, and an engine that goes in the middle.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makePlan, type Plan } from '../../core/plan/plan.ts';
import { retryStep, stopRun } from '../../core/run/actions.ts';
import type { RunCreated } from '../../core/run/events.ts';
import { createProcessExecutor } from '../../engine/executors/process.ts';
import { createScheduler, type Scheduler } from '../../engine/scheduler/scheduler.ts';
import { openStore, type Store } from '../../engine/store/store.ts';
import { bindText } from '../rules/analyze.ts';
import { shell } from './shell-runner.ts';

interface Bench {
  readonly root: string;
  readonly store: Store;
  open(): Scheduler;
}

function bench(t: TestContext, maxParallelSteps = 4): Bench {
  const root = mkdtempSync(join(tmpdir(), 'weft-run-'));
  const store = openStore(root);
  const open = () =>
    createScheduler({
      events: store.events,
      executor: createProcessExecutor(),
      runnerOf: (type) => (type === 'job' ? shell(root) : undefined),
      folderOf: (run, step, attempt) => join(root, 'runs', run, step, String(attempt)),
      maxParallelSteps,
      graceMs: 2_000,
      now: Date.now,
      report: (error) => assert.fail(error as Error),
    });
  t.after(() => {
    store.close();
    rmSync(root, { recursive: true, force: true });
  });
  return { root, store, open };
}

function planOf(steps: Readonly<Record<string, { readonly command: string; readonly after?: readonly string[] }>>): Plan {
  const body = Object.entries(steps).map(([name, { command, after = [] }]) => ({
    name,
    type: 'job',
    depend_steps: after,
    properties: { algorithm: { command } },
  }));
  const planned = makePlan(bindText(JSON.stringify({ name: 'flow', steps: body }), 'json').workflow);
  assert.equal(planned.kind, 'plan');
  return (planned as { plan: Plan }).plan;
}

function created(plan: Plan): RunCreated {
  return {
    type: 'run.created',
    workflowId: 'w',
    workflowName: 'flow',
    name: 'execution-001',
    labels: [],
    steps: plan.steps.map(({ name, title, type }, index) => ({ name, title, type, dependSteps: [], uuid: `uuid-${index}` })),
    values: { parameters: [], data: [] },
  };
}

const statuses = (scheduler: Scheduler) => scheduler.stateOf('r')!.steps.map(({ name, status }) => `${name} ${status}`);
const note = 'echo "$STEP" >> ledger';

async function appears(file: string): Promise<void> {
  while (!existsSync(file)) await new Promise((resolve) => setImmediate(resolve));
}

test('steps run after what they wait for, parallel branches at the same time, and the run completes', async (t) => {
  const { root, open } = bench(t);
  const scheduler = open();
  // Each branch waits for the other's sign: they end only when both run.
  const plan = planOf({
    first: { command: note },
    left: { command: `${note}; touch left; while [ ! -e right ]; do :; done`, after: ['first'] },
    right: { command: `${note}; touch right; while [ ! -e left ]; do :; done`, after: ['first'] },
    last: { command: note, after: ['left', 'right'] },
  });
  scheduler.begin('r', plan, created(plan));
  await scheduler.ended('r');
  assert.equal(scheduler.stateOf('r')!.status, 'completed');
  const ledger = readFileSync(join(root, 'ledger'), 'utf8').trim().split('\n');
  assert.deepEqual([ledger[0], ledger.slice(1, 3).sort(), ledger[3]], ['first', ['left', 'right'], 'last']);
  await scheduler.close();
});

test('a failed step ends the run as abnormal, what waits for it does not start, and a retry goes on from there', async (t) => {
  const { root, open } = bench(t);
  const scheduler = open();
  const plan = planOf({
    good: { command: note },
    bad: { command: `${note}; [ -e mended ]`, after: ['good'] },
    after: { command: note, after: ['bad'] },
  });
  scheduler.begin('r', plan, created(plan));
  await scheduler.ended('r');
  const failed = scheduler.stateOf('r')!;
  assert.equal(failed.status, 'abnormal');
  assert.deepEqual(statuses(scheduler), ['good completed', 'bad failed', 'after init']);
  assert.equal(failed.steps[1]!.exitCode, 1);

  writeFileSync(join(root, 'mended'), '');
  const retry = retryStep(plan, failed, failed.steps[1]!, { parameters: [], data: [] });
  assert.equal(retry.kind, 'events');
  scheduler.apply('r', retry.kind === 'events' ? retry.events : []);
  while (scheduler.stateOf('r')!.status !== 'completed') await new Promise((resolve) => setImmediate(resolve));
  assert.equal(readFileSync(join(root, 'ledger'), 'utf8'), 'good\nbad\nbad\nafter\n');
  await scheduler.close();
});

test('a stopped run stops its processes and starts no more', async (t) => {
  const { root, open } = bench(t);
  const scheduler = open();
  const plan = planOf({ long: { command: `${note}; touch on; sleep 600` }, next: { command: note, after: ['long'] } });
  scheduler.begin('r', plan, created(plan));
  await appears(join(root, 'on'));
  const stop = stopRun(scheduler.stateOf('r')!);
  scheduler.apply('r', stop.kind === 'events' ? stop.events : []);
  await scheduler.ended('r');
  assert.equal(scheduler.stateOf('r')!.status, 'stopped');
  assert.deepEqual(statuses(scheduler), ['long stopped', 'next init']);
  assert.equal(readFileSync(join(root, 'ledger'), 'utf8'), 'long\n');
  await scheduler.close();
});

test('no more steps run at once than the engine allows', async (t) => {
  const { root, open } = bench(t, 1);
  const scheduler = open();
  // A second one at the same time would find the folder and fail.
  const alone = { command: 'mkdir alone && sleep 0.02 && rmdir alone' };
  const plan = planOf({ a: alone, b: alone, c: alone, d: alone });
  scheduler.begin('r', plan, created(plan));
  await scheduler.ended('r');
  assert.equal(scheduler.stateOf('r')!.status, 'completed');
  assert.equal(existsSync(join(root, 'alone')), false);
  await scheduler.close();
});

test('an engine that goes in the middle is followed by one that takes over, and nothing runs twice', async (t) => {
  const { root, store, open } = bench(t);
  const plan = planOf({
    first: { command: `${note}; touch on; while [ ! -e go ]; do :; done` },
    second: { command: note, after: ['first'] },
  });
  const before = open();
  before.begin('r', plan, created(plan));
  await appears(join(root, 'on'));
  await before.close();
  const state = before.stateOf('r')!;

  const after = open();
  await after.recover(plan, state);
  writeFileSync(join(root, 'go'), '');
  await after.ended('r');
  assert.equal(after.stateOf('r')!.status, 'completed');
  assert.equal(readFileSync(join(root, 'ledger'), 'utf8'), 'first\nsecond\n');
  const kinds = store.events.read(0).map(({ type }) => type);
  assert.equal(kinds.filter((kind) => kind === 'step.submitting').length, 2);
  assert.equal(kinds.at(-1), 'run.completed');
  await after.close();
});
