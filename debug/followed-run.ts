// A run of the engine as the debugger follows it: its events folded as they come, in order, each told once; and the calls about it.
import type { RouteName } from '../core/api/routes.ts';
import type { AnswerOf, RequestOf } from '../core/api/calls.ts';
import type { WeftDebugAction, WeftRun, WeftValues } from '../core/api/weft.ts';
import type { RunEvent, StepBreakpoint } from '../core/run/events.ts';
import { reduce, type RunState } from '../core/run/reduce.ts';
import { isEndedRun } from '../core/run/status.ts';
import type { Client } from '../remote/client.ts';
import { followLog } from './logs.ts';

export interface FollowedRun {
  state(): RunState;
  /** Each resolves when the events up to it have been told. */
  debug(action: WeftDebugAction): Promise<void>;
  setBreakpoints(breakpoints: readonly StepBreakpoint[]): Promise<void>;
  setValues(values: WeftValues): Promise<void>;
  /** Resolves when what the engine knows by now has been told. */
  settled(): Promise<void>;
  evaluate(expression: string): Promise<unknown>;
  /** Asks the run to stop and resolves when it has ended. */
  stop(): Promise<void>;
  /** Resolves when the logs so far are told to their end. */
  logsTold(): Promise<void>;
  close(): void;
}

export interface Listener {
  event(event: RunEvent, state: RunState): void;
  /** Lines of a step. */
  log(step: string, text: string): void;
  /** The engine cannot be followed any more. */
  lost(error: Error): void;
}

/** Begins after the event `from.seq`; earlier ones are not told. */
export function followRun(client: Client, from: WeftRun, listener: Listener): FollowedRun {
  let state = from.state;
  let seq = from.seq;
  const id = state.id;
  const path = { execution_id: id };
  const abort = new AbortController();
  const { signal } = abort;
  const waiting = new Set<{ readonly is: () => boolean; readonly resolve: () => void }>();
  const logs = new Map<string, Promise<void>>();

  function told(): void {
    for (const each of waiting) {
      if (!each.is() && !signal.aborted) continue;
      waiting.delete(each);
      each.resolve();
    }
  }

  /** Also resolves when nothing more is followed. */
  function until(is: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      waiting.add({ is, resolve });
      told();
    });
  }

  async function call<Name extends RouteName>(name: Name, body?: RequestOf<Name>): Promise<AnswerOf<Name>> {
    return client.call(name as 'ShowRun', { path, ...(body !== undefined && { body }) } as never) as Promise<AnswerOf<Name>>;
  }

  async function act(answer: Promise<WeftRun>): Promise<void> {
    const { seq: reached } = await answer;
    await until(() => seq >= reached);
  }

  function followLogs(step: string): void {
    const now = () => state.steps.find(({ name }) => name === step);
    const found = now()!;
    const key = `${step} ${found.attempt}`;
    if (logs.has(key)) return;
    const followed = followLog(client, found, now, (text) => listener.log(step, text), signal);
    logs.set(
      key,
      followed.catch((error: Error) => {
        if (!signal.aborted) listener.log(step, `${step} | (the log cannot be read: ${error.message})\n`);
      }),
    );
  }

  async function follow(): Promise<void> {
    for await (const event of client.events({ after: seq, run: id, signal })) {
      state = reduce(state, event)!;
      seq = event.seq;
      if (event.type === 'step.submitted') followLogs(event.step);
      listener.event(event, state);
      told();
    }
  }

  for (const step of state.steps) if (step.status === 'running') followLogs(step.name);
  follow().catch((error: Error) => {
    if (!signal.aborted) listener.lost(error);
  });

  return {
    state: () => state,
    debug: (action) => act(call('DebugRun', action)),
    setBreakpoints: (breakpoints) => act(call('SetBreakpoints', { breakpoints })),
    setValues: (values) => act(call('SetRunValues', values)),
    settled: () => act(call('ShowRun')),
    evaluate: async (expression) => (await call('EvaluateInRun', { expression })).value,
    async stop() {
      const of = { ...path, workflow_id: state.workflowId };
      if (!isEndedRun(state.status) && !state.stopRequested) {
        await client.call('CreateWorkflowExecutionsActions', { path: of, body: { action_name: 'stop' } });
      }
      await until(() => isEndedRun(state.status));
    },
    logsTold: async () => void (await Promise.all(logs.values())),
    close() {
      abort.abort(new Error('the debugger has gone'));
      told();
    },
  };
}
