// The effectful shell around core/run/decide: appends what was decided, carries out the effects, turns outcomes into events.
// S1. Events first, effects after (I7): `step.submitting` is durable before a runner starts, the outcome after it ended.
// S2. A turn is synchronous: state changes only by folding what was appended, so no two turns see the same state.
// S3. What was at work when an engine died is found by its key: attached where it runs, settled where it ended, started again where
//     nobody ever claimed it.
import { mkdirSync } from 'node:fs';
import type { Plan } from '../../core/plan/plan.ts';
import { type ResolvedStep, resolveStep } from '../../core/plan/resolve.ts';
import { decide, isActiveStep, wasAnswered } from '../../core/run/decide.ts';
import { eventVersion, type RunCreated, type RunEvent, type RunEventBody } from '../../core/run/events.ts';
import { reduce, type RunState, type StepState } from '../../core/run/reduce.ts';
import { isEndedRun, isEndedStep, isWaitingStep } from '../../core/run/status.ts';
import { type Executor, keyOf, type Outcome, SubmitError } from '../executors/executor.ts';
import { type StepContext, StepError, type StepResult, type StepRunner } from '../steps/step-runner.ts';
import type { EventLog } from '../store/event-log.ts';

export interface SchedulerOptions {
  readonly events: EventLog;
  readonly executor: Executor;
  /** Undefined where a kind of step cannot be run here. */
  readonly runnerOf: (type: string) => StepRunner | undefined;
  /** Folder of one attempt; made by the scheduler. */
  readonly folderOf: (run: string, step: string, attempt: number) => string;
  readonly maxParallelSteps: number;
  /** Between asking a process to stop and insisting. */
  readonly graceMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly report: (error: unknown, what: string) => void;
  /** A step waits for a person, now or since an earlier engine. Called after the turn. */
  readonly onWaiting?: (run: string, step: string) => void;
}

export interface Scheduler {
  /** Appends the run's first events and starts what can start. `taken`: results of an earlier run (core/run/reuse.ts). */
  begin(run: string, plan: Plan, created: RunCreated, taken?: readonly RunEventBody[]): RunState;
  /** Goes on with a run of an earlier engine. */
  recover(plan: Plan, state: RunState): Promise<void>;
  /** Appends what an action (core/run/actions.ts) became, and acts on it. */
  apply(run: string, events: readonly RunEventBody[]): RunState;
  stateOf(run: string): RunState | undefined;
  /** The run was deleted. */
  forget(run: string): void;
  /** Resolves when the run has ended; at once where it is not known. */
  ended(run: string): Promise<void>;
  /** Leaves work going: the next engine takes it over. */
  close(): Promise<void>;
}

interface Run {
  readonly plan: Plan;
  state: RunState;
  timer: NodeJS.Timeout | undefined;
  readonly ended: PromiseWithResolvers<void>;
}

/** A step at work in an executor. */
interface Working {
  readonly run: Run;
  readonly step: ResolvedStep;
  readonly context: StepContext;
  readonly abort: AbortController;
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { events, executor } = options;
  const runs = new Map<string, Run>();
  const working = new Map<string, Working>();
  /** Runners that are starting something: a service may take long until it answers. */
  const starting = new Map<string, AbortController>();
  let closed = false;

  executor.onOutcome((key, outcome) => {
    const work = working.get(key);
    if (work) carryOut(settle(key, work, outcome), work.step.name);
  });

  function append(run: Run, bodies: readonly RunEventBody[]): void {
    for (const event of events.append({ run: run.state.id, bodies }, options.now())) run.state = reduce(run.state, event)!;
    for (const body of bodies) if (body.type === 'step.waiting') tellWaiting(run, body.step);
  }

  /** What happened could not be written down (a full disk): nothing more is done, and the next engine goes on from the log. */
  function carryOut(work: Promise<void>, what: string): void {
    work.catch((error) => options.report(error, `carrying out ${what}`));
  }

  function tellWaiting(run: Run, step: string): void {
    queueMicrotask(() => {
      if (!closed && isWaitingStep(stepOf(run, step).status)) options.onWaiting?.(run.state.id, step);
    });
  }

  /** `happened` and what follows from it become durable in one transaction. */
  function turn(run: Run, happened: readonly RunEventBody[] = []): void {
    clearTimeout(run.timer);
    for (let news = happened; ; news = []) {
      if (closed) return;
      const now = options.now();
      const state = news.reduce((before, body) => reduce(before, preview(before, body, now))!, run.state);
      const free = options.maxParallelSteps - atWork(run, state);
      const decision = decide(run.plan, state, { free }, now);
      if (news.length + decision.events.length > 0) append(run, [...news, ...decision.events]);
      for (const effect of decision.effects) {
        if (effect.kind === 'start') carryOut(start(run, effect.step, effect.attempt, effect.answered), effect.step.name);
        else cancel(run, stepOf(run, effect.step));
      }
      if (decision.events.length > 0) continue;
      if (decision.wakeAt !== undefined)
        run.timer = setTimeout(
          () =>
            carryOut(
              Promise.resolve().then(() => turn(run)),
              'the clock',
            ),
          Math.max(0, decision.wakeAt - options.now()),
        );
      break;
    }
    if (isEndedRun(run.state.status)) run.ended.resolve();
  }

  /** A place became free: every run may have waited for it, the oldest first. */
  function turnAll(): void {
    for (const run of runs.values()) if (!isEndedRun(run.state.status)) turn(run);
  }

  /** Steps that take a place, over all runs; `ahead` is what the state of `run` is about to be. */
  function atWork(run: Run, ahead: RunState): number {
    let count = 0;
    for (const each of runs.values()) {
      const state = each === run ? ahead : each.state;
      if (!isEndedRun(state.status)) for (const step of state.steps) if (isActiveStep(step.status)) count++;
    }
    return count;
  }

  async function start(run: Run, step: ResolvedStep, attempt: number, answered: boolean): Promise<void> {
    const state = stepOf(run, step.name);
    const { context, abort } = contextOf(run, state, attempt, answered);
    starting.set(context.key, abort);
    try {
      mkdirSync(context.folder, { recursive: true });
      const begun = await runnerOf(step).start(step, context);
      if (closed) return;
      if (stepOf(run, step.name).stopRequested) return end(run, step.name, stoppedAs(run, step.name));
      if (begun.kind === 'wait')
        return change(run, { type: 'step.waiting', step: step.name, status: 'hold', needs: begun.needs });
      if (begun.kind === 'done') return end(run, step.name, resultAs(begun.result));
      const work: Working = { run, step, context, abort };
      working.set(context.key, work);
      const submitted = await executor.submit(begun.work);
      if (closed) return;
      onSubmitted(work, submitted.pid);
    } catch (error) {
      working.delete(context.key);
      if (closed) return;
      const { stopRequested } = stepOf(run, step.name);
      end(run, step.name, stopRequested ? stoppedAs(run, step.name) : failedAs('create_failed', error));
    } finally {
      starting.delete(context.key);
    }
  }

  function onSubmitted(work: Working, pid: number | undefined): void {
    const { run, step, context } = work;
    const state = stepOf(run, step.name);
    // The outcome may have been told before the submission was.
    if (isEndedStep(state.status) || state.key !== context.key) return;
    if (state.stopRequested) return cancel(run, state);
    change(run, { type: 'step.submitted', step: step.name, key: context.key, ...(pid !== undefined && { pid }) });
    watch(work);
  }

  function watch({ step, context, abort }: Working): void {
    runnerOf(step)
      .watch?.(step, context)
      .catch((error) => {
        if (!abort.signal.aborted) options.report(error, `watching step ${step.name}`);
      });
  }

  async function settle(key: string, work: Working, outcome: Outcome): Promise<void> {
    const { run, step, context, abort } = work;
    working.delete(key);
    abort.abort(new Error('the step has ended'));
    let ended: Ended;
    try {
      if (stepOf(run, step.name).stopRequested) ended = stoppedAs(run, step.name);
      else {
        const runner = runnerOf(step);
        ended = resultAs(runner.finish ? await runner.finish(step, context, outcome) : byExitStatus(step, outcome));
      }
    } catch (error) {
      ended = failedAs('failed', error);
    }
    if (closed) return;
    const { exitCode, signal } = outcome;
    end(run, step.name, { ...ended, ...(exitCode !== undefined && { exitCode }), ...(signal !== undefined && { signal }) });
  }

  function cancel(run: Run, step: StepState): void {
    if (step.key === undefined) return;
    const abort = working.get(step.key)?.abort ?? starting.get(step.key);
    abort?.abort(new Error('the step is stopped'));
    executor.cancel(step.key, options.graceMs).catch((error) => options.report(error, `stopping step ${step.name}`));
  }

  function end(run: Run, step: string, ended: Ended): void {
    const event: RunEventBody = { type: 'step.ended', step, ...ended };
    const isAlone = ![...runs.values()].some((each) => each !== run && !isEndedRun(each.state.status));
    if (isAlone) return turn(run, [event]);
    append(run, [event]);
    turnAll();
  }

  function change(run: Run, event: RunEventBody): void {
    turn(run, [event]);
  }

  function runnerOf(step: ResolvedStep): StepRunner {
    const runner = options.runnerOf(step.type);
    if (!runner) throw new StepError('step-type-not-local', `Steps of type ${step.type} cannot be run on this machine.`);
    return runner;
  }

  function contextOf(run: Run, step: StepState, attempt: number, answered: boolean) {
    const { id, name, workflowId, workflowName, source } = run.state;
    const abort = new AbortController();
    const note = (body: RunEventBody) => {
      if (!closed && !abort.signal.aborted) append(run, [body]);
    };
    const context: StepContext = {
      run: { id, name, workflowId, workflowName },
      stepRun: step.uuid,
      attempt,
      key: keyOf(step.uuid, attempt),
      folder: options.folderOf(id, step.name, attempt),
      source,
      answered,
      signal: abort.signal,
      progress: (message) => note({ type: 'step.progressed', step: step.name, message }),
      metrics: async (output, metrics) => {
        if (!closed) append(run, [{ type: 'step.metrics_written', step: step.name, output, metrics }]);
      },
      // Also while a runner collects what an ended step left.
      warn: (code, message) => {
        if (!closed) append(run, [{ type: 'run.warned', code, message, step: step.name }]);
      },
    };
    return { context, abort };
  }

  async function takeOver(run: Run, state: StepState): Promise<void> {
    const planned = run.plan.steps[run.plan.index.get(state.name)!]!;
    const resolution = resolveStep(run.plan, planned, run.state);
    if (resolution.kind === 'failed') return end(run, state.name, failedAs('failed', new Error(resolution.message)));
    const { step } = resolution;
    const answered = wasAnswered(state);
    const { context, abort } = contextOf(run, state, state.attempt, answered);
    const attached = await executor.attach(context.key, context.folder);
    if (attached.kind === 'unknown') {
      if (state.stopRequested) return end(run, state.name, stoppedAs(run, state.name));
      // Not waited for: an engine answers before its services do.
      if (state.status === 'creating') return carryOut(start(run, step, state.attempt, answered), state.name);
      return end(run, state.name, failedAs('failed', new Error('its process was lost: nothing of it is left on this machine')));
    }
    const work: Working = { run, step, context, abort };
    if (state.status === 'creating') {
      const { pid } = attached.submitted;
      append(run, [{ type: 'step.submitted', step: state.name, key: context.key, ...(pid !== undefined && { pid }) }]);
    }
    if (attached.kind === 'ended') return settle(context.key, work, attached.outcome);
    working.set(context.key, work);
    if (state.stopRequested) cancel(run, state);
    else watch(work);
  }

  return {
    begin(id, plan, created, taken = []) {
      const first = events.append({ run: id, bodies: [created, ...taken] }, options.now());
      const state = first.reduce<RunState | undefined>(reduce, undefined)!;
      const run: Run = { plan, state, timer: undefined, ended: Promise.withResolvers() };
      runs.set(id, run);
      turn(run);
      return run.state;
    },

    async recover(plan, state) {
      const run: Run = { plan, state, timer: undefined, ended: Promise.withResolvers() };
      runs.set(state.id, run);
      await Promise.all(state.steps.filter((step) => isActiveStep(step.status)).map((step) => takeOver(run, step)));
      for (const step of run.state.steps) if (isWaitingStep(step.status)) tellWaiting(run, step.name);
      turn(run);
    },

    apply(id, bodies) {
      const run = runs.get(id);
      if (!run) throw new Error(`run ${id} is not known to the scheduler`);
      if (bodies.length > 0) append(run, bodies);
      for (const body of bodies) if (body.type === 'step.stop_requested') cancel(run, stepOf(run, body.step));
      turn(run);
      return run.state;
    },

    stateOf: (id) => runs.get(id)?.state,
    forget: (id) => void runs.delete(id),
    ended: (id) => runs.get(id)?.ended.promise ?? Promise.resolve(),

    async close() {
      closed = true;
      for (const run of runs.values()) clearTimeout(run.timer);
      for (const { abort } of working.values()) abort.abort(new Error('the engine closes'));
      await executor.close();
    },
  };
}

/** The event that `body` will be, to look ahead by: it is folded and thrown away. */
function preview({ id, seq }: RunState, body: RunEventBody, now: number): RunEvent {
  return { v: eventVersion, seq: seq + 1, at: new Date(now).toISOString(), run: id, ...body };
}

type Ended = Omit<Extract<RunEventBody, { type: 'step.ended' }>, 'type' | 'step'>;

function stepOf(run: Run, name: string): StepState {
  return run.state.steps.find((step) => step.name === name)!;
}

/** Stopped by a person, or because its time was up. */
function stoppedAs(run: Run, name: string): Ended {
  const step = stepOf(run, name);
  const { timeoutMs } = run.plan.steps[run.plan.index.get(name)!]!;
  const stop = step.changes.findLast((each) => each.to === 'stopping');
  const late = stop && step.startedAt && Date.parse(stop.at) - Date.parse(step.startedAt) >= timeoutMs;
  return { status: late ? 'timeout' : 'stopped' };
}

function resultAs(result: StepResult): Ended {
  if (result.kind === 'completed') return { status: 'completed', outputs: result.outputs };
  const { code, message, outputs } = result;
  return { status: 'failed', error: { code, message }, ...(outputs && { outputs }) };
}

function failedAs(status: 'failed' | 'create_failed', error: unknown): Ended {
  const known = error instanceof StepError || error instanceof SubmitError;
  return { status, error: { code: known ? error.code : 'internal', message: (error as Error).message } };
}

function byExitStatus(step: ResolvedStep, outcome: Outcome): StepResult {
  if (outcome.exitCode === 0) {
    return { kind: 'completed', outputs: step.outputs.map(({ name, settings }) => ({ name, value: settings })) };
  }
  const message = outcome.message ?? `it ended with ${outcome.signal ?? `exit status ${outcome.exitCode}`}`;
  return { kind: 'failed', code: 'exit-status', message };
}
