// A workspace with a real scheduler, store and processes, in which workflow files are run: for the tests of what steps mean here.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { makePlan, type Plan } from '../../core/plan/plan.ts';
import { collectValues, type RequestedValues } from '../../core/plan/values.ts';
import type { RunCreated, RunEvent } from '../../core/run/events.ts';
import type { RunState, StepState } from '../../core/run/reduce.ts';
import { createProcessExecutor } from '../../engine/executors/process.ts';
import { createRegistries } from '../../engine/registries/create.ts';
import { createScheduler, type Scheduler } from '../../engine/scheduler/scheduler.ts';
import { createLocalMachine, createStepRunners, type LocalMachine } from '../../engine/steps/index.ts';
import { openStore, type Store } from '../../engine/store/store.ts';
import { openWorkspaceConfig } from '../../engine/workspace-config.ts';
import { bindText } from '../rules/analyze.ts';

export interface StepBench {
  /** The workspace; bucket `b` is its folder `b`. */
  readonly root: string;
  readonly store: Store;
  readonly machine: LocalMachine;
  readonly scheduler: Scheduler;
  /** The engine ends in the middle, leaving work going, and the next one goes on with the runs. */
  restart(...runs: readonly string[]): Promise<void>;
  /** Writes files of the workspace, by relative path. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  /** Begins a run; `given` besides the defaults. */
  begin(workflow: string, given?: RequestedValues): string;
  /** Runs to the end. */
  run(workflow: string, given?: RequestedValues): Promise<RunState>;
  eventsOf(run: string): readonly RunEvent[];
  planOf(run: string): Plan;
}

const config = 'buckets: { b: ./b }\n';

/** `settings` is added to the workspace's weft.config.yaml. */
export function stepBench(t: TestContext, settings = ''): StepBench {
  const root = mkdtempSync(join(tmpdir(), 'weft-steps-'));
  const stateFolder = join(root, '.weft');
  mkdirSync(stateFolder);
  const store = openStore(stateFolder);
  const settingsOf = openWorkspaceConfig(root);
  const openMachine = () => createLocalMachine({ stateFolder, settings: settingsOf, records: store.records, now: Date.now });
  let machine = openMachine();
  const open = () =>
    createScheduler({
      events: store.events,
      executor: createProcessExecutor(),
      runnerOf: createStepRunners(machine),
      folderOf: (run, step, attempt) => join(stateFolder, 'runs', run, step, String(attempt)),
      maxParallelSteps: 4,
      graceMs: 2_000,
      now: Date.now,
      report: (error) => assert.fail(error as Error),
    });
  let scheduler = open();
  t.after(async () => {
    await createRegistries(machine).close({ stopServices: true });
    await scheduler.close();
    store.close();
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  });
  const plans = new Map<string, Plan>();
  const write: StepBench['write'] = (files) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
  };
  write({ 'weft.config.yaml': config + settings });

  const begin: StepBench['begin'] = (text, given = {}) => {
    const { bound, workflow: written, diagnostics } = bindText(text);
    // As in a request body: what a step waits for is written out.
    const steps = written.steps.map((step) => ({
      ...step,
      dependSteps: bound.dependencies.get(step)!.on.map((on) => on.step.name),
    }));
    const workflow = { ...written, steps };
    assert.deepEqual(
      diagnostics.filter(({ code }) => code.startsWith('syntax')).map(({ message }) => message.en),
      [],
    );
    const planned = makePlan(workflow);
    if (planned.kind !== 'plan') assert.fail(planned.problems.map(({ message }) => message).join(' '));
    const { plan } = planned;
    const { values, problems } = collectValues(workflow, given);
    assert.deepEqual(problems, []);
    const id = randomUUID();
    plans.set(id, plan);
    const created: RunCreated = {
      type: 'run.created',
      workflowId: 'w',
      workflowName: 'flow',
      name: 'execution-001',
      labels: [],
      steps: plan.steps.map(({ name, title, type }) => ({ name, title, type, dependSteps: [], uuid: randomUUID() })),
      values,
      source: join(root, 'flow.workflow.yaml'),
    };
    scheduler.begin(id, plan, created);
    return id;
  };

  return {
    root,
    store,
    get machine() {
      return machine;
    },
    get scheduler() {
      return scheduler;
    },
    async restart(...runs) {
      const states = runs.map((run) => scheduler.stateOf(run)!);
      await scheduler.close();
      await machine.services.close();
      machine = openMachine();
      await machine.services.recover();
      scheduler = open();
      for (const state of states) await scheduler.recover(plans.get(state.id)!, state);
    },
    write,
    begin,
    async run(text, given) {
      const id = begin(text, given);
      await scheduler.ended(id);
      return scheduler.stateOf(id)!;
    },
    eventsOf: (run) => store.events.read(0, { run }),
    planOf: (run) => plans.get(run)!,
  };
}

export function stepOf(state: RunState, name: string): StepState {
  const found = state.steps.find((step) => step.name === name);
  assert.ok(found, `no step ${name}`);
  return found;
}

/** "name status" of all steps, with what went wrong: what a failing test should show. */
export function statusesOf(state: RunState): readonly string[] {
  return state.steps.map((step) => `${step.name} ${step.status}${step.error ? `: ${step.error.message}` : ''}`);
}

export function outputOf(state: RunState, step: string, output: string): Readonly<Record<string, unknown>> {
  return stepOf(state, step).outputs.find(({ name }) => name === output)?.value as Readonly<Record<string, unknown>>;
}
