// A debugged run over HTTP: held before the steps it is to be held before and only there, over restarts of the engine, with values
// changed in between; real processes, whose ledger says what ran.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { WorkflowBody } from '../../core/api/service.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { RunState } from '../../core/run/reduce.ts';
import { createDefinitions } from '../../engine/definitions.ts';
import { createProcessExecutor } from '../../engine/executors/process.ts';
import { debugHandlers } from '../../engine/http/handlers/debug.ts';
import { eventHandlers } from '../../engine/http/handlers/events.ts';
import { executionHandlers } from '../../engine/http/handlers/executions.ts';
import { runHandlers } from '../../engine/http/handlers/runs.ts';
import { workflowHandlers } from '../../engine/http/handlers/workflows.ts';
import { startHttp } from '../../engine/http/server.ts';
import { createRuns } from '../../engine/runs.ts';
import { createScheduler } from '../../engine/scheduler/scheduler.ts';
import { openStore } from '../../engine/store/store.ts';
import { type Client, createClient } from '../../remote/client.ts';
import { bindText } from '../rules/analyze.ts';
import { shell } from './shell-runner.ts';

interface Bench {
  readonly root: string;
  client: Client;
  /** The engine goes without a word, and another one comes. */
  restart(): Promise<void>;
  begin(body: WorkflowBody, debug: object): Promise<Debugged>;
}

interface Debugged {
  readonly id: string;
  /** Events so far, told shortly: `held train breakpoint`. */
  told(): Promise<readonly string[]>;
  /** Resolves with the state when it is so. */
  until(what: (state: RunState) => boolean): Promise<RunState>;
}

const read = (body: WorkflowBody) => ({ workflow: bindText(JSON.stringify(body), 'json').workflow, errors: [] });

async function bench(t: TestContext): Promise<Bench> {
  const root = mkdtempSync(join(tmpdir(), 'weft-debug-'));
  let stop = async () => {};
  async function start(): Promise<Client> {
    const store = openStore(root);
    const runFolder = (run: string) => join(root, 'runs', run);
    const scheduler = createScheduler({
      events: store.events,
      executor: createProcessExecutor(),
      runnerOf: (type) => (type === 'job' ? shell(root) : undefined),
      folderOf: (run, step, attempt) => join(runFolder(run), step, String(attempt)),
      maxParallelSteps: 4,
      graceMs: 2_000,
      now: Date.now,
      report: (error) => assert.fail(error as Error),
    });
    const definitions = createDefinitions(store.records, read, Date.now);
    const options = { store, definitions, scheduler, folderOf: runFolder, maxRunsPerWorkflow: 1, newestModels: () => undefined };
    const runs = createRuns(options, (body) => read(body).workflow);
    const server = await startHttp({
      token: 'key',
      port: 0,
      report: (error) => assert.fail(error as Error),
      handlers: {
        ...workflowHandlers(definitions, runs, Date.now),
        ...executionHandlers(definitions, runs, Date.now),
        ...eventHandlers(store.events),
        ...runHandlers(store),
        ...debugHandlers(runs),
      },
    });
    await runs.recover();
    stop = async () => {
      await server.close();
      await scheduler.close();
      store.close();
    };
    return createClient({ baseUrl: `http://127.0.0.1:${server.port}`, token: 'key', projectId: 'local' });
  }
  t.after(async () => {
    await stop();
    rmSync(root, { recursive: true, force: true });
  });
  const made: Bench = {
    root,
    client: await start(),
    async restart() {
      await stop();
      made.client = await start();
    },
    async begin(body, debug) {
      const { workflow_id } = await made.client.call('CreateWorkflow', { body });
      const request = { extend: { weft: { debug: debug as never } } };
      const { execution_id: id } = await made.client.call('CreateWorkflowExecution', { path: { workflow_id }, body: request });
      const show = async () => (await made.client.call('ShowRun', { path: { execution_id: id } })).state;
      return {
        id,
        async told() {
          const lines: string[] = [];
          for await (const event of made.client.events({ after: 0, run: id, follow: false })) lines.push(short(event));
          return lines;
        },
        async until(what) {
          for await (const _ of made.client.events({ after: 0, run: id })) {
            const state = await show();
            if (what(state)) return state;
          }
          return assert.fail('the events ended');
        },
      };
    },
  };
  return made;
}

function short(event: RunEvent): string {
  const { type } = event;
  if (type === 'step.held') return `held ${event.step} ${event.reason}${event.message ? `: ${event.message}` : ''}`;
  if (type === 'step.ended') return `${event.status} ${event.step}`;
  return 'step' in event ? `${type.slice(5)} ${event.step}` : type;
}

const held = (step: string) => (state: RunState) => state.steps.some((each) => each.name === step && each.held !== undefined);
const ended = (state: RunState) => state.endedAt !== undefined;

/** Each step notes its name, or does what the parameter `work` says. */
function chain(names: readonly string[], commands: Readonly<Record<string, string>> = {}): WorkflowBody {
  return {
    name: 'flow',
    parameters: [
      { name: 'word', type: 'str', default: 'first' },
      { name: 'count', type: 'int', default: 3 },
      { name: 'work', type: 'str', default: 'echo default >> ledger' },
    ],
    steps: names.map((name, index) => ({
      name,
      type: 'job',
      depend_steps: index === 0 ? [] : [names[index - 1]],
      inputs: [],
      outputs: [],
      properties: { algorithm: { command: commands[name] ?? `echo ${name} >> ledger` } },
    })),
  };
}

const ledger = ({ root }: Bench) =>
  existsSync(join(root, 'ledger')) ? readFileSync(join(root, 'ledger'), 'utf8').split('\n').slice(0, -1) : [];

test('a run stops before the step of a breakpoint and only there, also over a restart, and goes on when told', async (t) => {
  const engine = await bench(t);
  const run = await engine.begin(chain(['a', 'b', 'c']), { breakpoints: [{ step: 'b' }] });
  await run.until(held('b'));
  assert.deepEqual(ledger(engine), ['a']);
  await engine.restart();
  const again = await run.until(held('b'));
  assert.deepEqual(
    again.steps.map(({ status }) => status),
    ['completed', 'init', 'init'],
  );
  assert.deepEqual(ledger(engine), ['a']);
  await engine.client.call('DebugRun', { path: { execution_id: run.id }, body: { action: 'continue' } });
  const state = await run.until(ended);
  assert.equal(state.status, 'completed');
  assert.deepEqual(ledger(engine), ['a', 'b', 'c']);
  assert.deepEqual(
    (await run.told()).filter((line) => line.startsWith('held')),
    ['held b breakpoint'],
  );
});

test('paused at its start, a run goes on step by step, each held once', async (t) => {
  const engine = await bench(t);
  const path = { execution_id: '' };
  const run = await engine.begin(chain(['a', 'b', 'c']), { breakpoints: [{ step: 'c' }], pauseAtStart: true });
  path.execution_id = run.id;
  await run.until(held('a'));
  await engine.client.call('DebugRun', { path, body: { action: 'step', step: 'a' } });
  await run.until(held('b'));
  await assert.rejects(engine.client.call('DebugRun', { path, body: { action: 'step', step: 'c' } }), { message: /is not held/ });
  assert.deepEqual(ledger(engine), ['a']);
  await engine.client.call('DebugRun', { path, body: { action: 'step' } });
  await run.until(held('c'));
  await engine.client.call('DebugRun', { path, body: { action: 'continue' } });
  await run.until(ended);
  assert.deepEqual(
    (await run.told()).filter((line) => line.startsWith('held')),
    ['held a entry', 'held b step', 'held c breakpoint'],
  );
});

test('a condition decides whether a breakpoint holds; one that cannot be judged holds and says why', async (t) => {
  const engine = await bench(t);
  const run = await engine.begin(chain(['a', 'b', 'c']), {
    breakpoints: [
      { step: 'a', condition: 'parameters.count > 5' },
      { step: 'b', condition: "parameters.count == 3 && parameters.word in ['first', 'last']" },
      { step: 'c', condition: 'steps.a.outputs.m.accuracy > 0.9' },
    ],
  });
  await run.until(held('b'));
  await engine.client.call('DebugRun', { path: { execution_id: run.id }, body: { action: 'continue' } });
  const state = await run.until(held('c'));
  assert.match(state.steps[2]!.held!.message!, /Step "a" wrote no metric "accuracy"/);
  await engine.client.call('DebugRun', { path: { execution_id: run.id }, body: { action: 'continue' } });
  await run.until(ended);
  assert.deepEqual(ledger(engine), ['a', 'b', 'c']);
  const wrong = engine.begin(
    { ...chain(['a']), name: 'other' },
    { breakpoints: [{ step: 'a', condition: 'parameters.count >' }] },
  );
  await assert.rejects(wrong, { message: /condition of the breakpoint at step "a" cannot be read/ });
  const unknown = engine.begin({ ...chain(['a']), name: 'third' }, { breakpoints: [{ step: 'z' }] });
  await assert.rejects(unknown, { message: /no step "z"/ });
});

test('a value that is changed while a step is held is the one it starts with, and expressions see it', async (t) => {
  const engine = await bench(t);
  const run = await engine.begin(chain(['a', 'b'], { b: '$ref/parameters/work' }), { breakpoints: [{ step: 'b' }] });
  const path = { execution_id: run.id };
  await run.until(held('b'));
  const evaluate = async (expression: string) =>
    (await engine.client.call('EvaluateInRun', { path, body: { expression } })).value;
  assert.equal(await evaluate('parameters.count'), 3);
  const parameters = [
    { name: 'work', value: 'echo changed >> ledger' },
    { name: 'count', value: '7' },
  ];
  await engine.client.call('SetRunValues', { path, body: { parameters } });
  assert.equal(await evaluate('${{ parameters.count }}'), 7);
  assert.equal(await evaluate('parameters.count > 5 && !(parameters.word == "x")'), true);
  await assert.rejects(evaluate('parameters.no'), { message: /There is no "no" among the parameters/ });
  await assert.rejects(evaluate('steps.b.outputs.x'), { message: /step "b" is init/ });
  await assert.rejects(engine.client.call('SetRunValues', { path, body: { parameters: [{ name: 'count', value: 'many' }] } }), {
    message: /"count" takes an int, not "many"/,
  });
  await engine.restart();
  await engine.client.call('DebugRun', { path, body: { action: 'continue' } });
  await run.until(ended);
  assert.deepEqual(ledger(engine), ['a', 'changed']);
});

test('a pause lets what is at work end and holds what comes next; a stop ends a held run', async (t) => {
  const engine = await bench(t);
  const run = await engine.begin(chain(['a', 'b'], { a: 'while [ ! -e go ]; do sleep 0.01; done' }), { breakpoints: [] });
  const path = { execution_id: run.id };
  await run.until((state) => state.steps[0]!.status === 'running');
  await engine.client.call('DebugRun', { path, body: { action: 'pause' } });
  writeFileSync(join(engine.root, 'go'), '');
  const state = await run.until(held('b'));
  assert.equal(state.steps[0]!.status, 'completed');
  assert.equal(state.steps[1]!.held!.reason, 'pause');
  const stopped = { ...path, workflow_id: state.workflowId };
  await engine.client.call('CreateWorkflowExecutionsActions', { path: stopped, body: { action_name: 'stop' } });
  assert.equal((await run.until(ended)).status, 'stopped');
  assert.deepEqual(ledger(engine), []);
});

test('a step that has ended runs again with changed values, and what follows it with it', async (t) => {
  const engine = await bench(t);
  const run = await engine.begin(chain(['a', 'b', 'c', 'd'], { b: '$ref/parameters/work' }), { breakpoints: [{ step: 'd' }] });
  const path = { execution_id: run.id };
  await run.until(held('d'));
  await assert.rejects(engine.client.call('DebugRun', { path, body: { action: 'rerun', step: 'd' } }), {
    message: /has not ended/,
  });
  await engine.client.call('DebugRun', { path, body: { action: 'rerun', step: 'b' } });
  const state = await run.until(held('b'));
  assert.deepEqual(
    state.steps.map(({ status, held }) => [status, held?.reason]),
    [
      ['completed', undefined],
      ['init', 'restart'],
      ['init', undefined],
      ['init', undefined],
    ],
  );
  await engine.client.call('SetRunValues', { path, body: { parameters: [{ name: 'work', value: 'echo again >> ledger' }] } });
  await engine.client.call('DebugRun', { path, body: { action: 'continue' } });
  await run.until(held('d'));
  await engine.client.call('DebugRun', { path, body: { action: 'continue' } });
  await run.until(ended);
  assert.deepEqual(ledger(engine), ['a', 'default', 'c', 'again', 'c', 'd']);
});

test('a run that failed goes on from a step that is run again, and its breakpoints are forgotten when it ends', async (t) => {
  const engine = await bench(t);
  const run = await engine.begin(chain(['a', 'b'], { a: '$ref/parameters/work' }), { breakpoints: [{ step: 'a' }] });
  const path = { execution_id: run.id };
  await run.until(held('a'));
  await engine.client.call('SetRunValues', { path, body: { parameters: [{ name: 'work', value: 'exit 3' }] } });
  await engine.client.call('DebugRun', { path, body: { action: 'continue' } });
  const failed = await run.until(ended);
  assert.equal(failed.status, 'abnormal');
  assert.equal(failed.breakpoints, undefined);
  await assert.rejects(engine.client.call('DebugRun', { path, body: { action: 'pause' } }), { message: /has ended already/ });
  await engine.client.call('DebugRun', { path, body: { action: 'rerun', step: 'a' } });
  await run.until(held('a'));
  await engine.client.call('SetRunValues', { path, body: { parameters: [{ name: 'work', value: 'true' }] } });
  await engine.client.call('DebugRun', { path, body: { action: 'continue' } });
  assert.equal((await run.until((state) => state.status === 'completed')).status, 'completed');
  assert.deepEqual(ledger(engine), ['b']);
});

test('of several breakpoints at a step each holds by itself, and a count says at which of its starts', async (t) => {
  const engine = await bench(t);
  const run = await engine.begin(chain(['a', 'b', 'c']), {
    breakpoints: [
      { step: 'b', condition: 'parameters.count > 5' },
      { step: 'b', hits: '2' },
      { step: 'b', condition: 'parameters.count == 3', hits: '% 3' },
      { step: 'c' },
    ],
  });
  const path = { execution_id: run.id };
  const act = (action: 'continue' | 'rerun', step?: string) =>
    engine.client.call('DebugRun', { path, body: { action, ...(step !== undefined && { step }) } });
  const held = async () => (await run.until((state) => state.steps.some((step) => step.held))).steps.find((step) => step.held)!;
  const again = async () => {
    await act('rerun', 'a');
    assert.equal((await held()).name, 'a');
    await act('continue');
    return (await held()).name;
  };
  assert.equal((await held()).name, 'c');
  assert.equal(await again(), 'b');
  await act('continue');
  assert.equal((await held()).name, 'c');
  assert.equal(await again(), 'b');
  await act('continue');
  assert.equal((await held()).name, 'c');
  assert.equal(await again(), 'c');
  await act('continue');
  await run.until(ended);
  assert.deepEqual(ledger(engine).join(''), 'ababababc');

  const wrong = engine.begin({ ...chain(['a']), name: 'other' }, { breakpoints: [{ step: 'a', hits: 'often' }] });
  await assert.rejects(wrong, { message: /"a" cannot be counted: `often` is no count of starts/ });
});
