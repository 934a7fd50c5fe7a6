// Whether the client shows the run as stopped. The engine holds steps one by one and goes on beside them; a debugger stops once for all
// that one turn of the engine held, and says so after the answer to the request that let the run go on.
import type { HoldReason, RunEvent } from '../core/run/events.ts';
import type { RunState } from '../core/run/reduce.ts';
import { isEndedRun, isFailedStep } from '../core/run/status.ts';

export interface Cause {
  readonly reason: HoldReason | 'exception';
  /** The step that it is about. */
  readonly step?: string;
  readonly text?: string;
  /** The client has stopped already: another step is held, too. */
  readonly more?: boolean;
}

export interface StopsHost {
  state(): RunState;
  /** Resolves when what the engine knows by now has been told. */
  settled(): Promise<void>;
  /** Whether a run that fails is kept open. */
  keepsFailures(): boolean;
  stopped(cause: Cause): void;
  /** Somebody else let the run go on. */
  continued(): void;
  ended(state: RunState): void;
  trouble(error: Error): void;
}

export interface Stops {
  event(event: RunEvent, state: RunState): void;
  /** Undefined while the run goes on. */
  now(): { readonly top: string | undefined } | undefined;
  /** The run failed and is kept open. */
  hasFailed(): boolean;
  /** A run that failed is not kept open any longer. */
  giveUp(): void;
  /**
   * Runs a request of the client that lets the run go on, or takes back; stops are told after `answered`, which the caller calls when the
   * answer is on its way. `goesOn`: the client does not show the run as stopped any more.
   */
  during<Result>(
    goesOn: boolean,
    work: () => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly answered: () => void }>;
  /** The next end of this step is a stop. */
  stepOver(step: string | undefined): void;
  /** The next hold of this step is a stop of its own. */
  restart(step: string | undefined): void;
  /** Stops for this, once it is known what else the engine's turn held. */
  settle(cause: Cause): void;
}

export function createStops(host: StopsHost): Stops {
  let stopped: { readonly top: string | undefined } | undefined;
  let pending: Cause | undefined;
  let stepping: string | undefined;
  let restarting: string | undefined;
  let failed = false;
  /** Requests whose answer is not on its way yet, and what is told after it. */
  let unanswered = 0;
  let later: (() => void)[] = [];

  function afterAnswers(tell: () => void): void {
    if (unanswered > 0) later.push(tell);
    else tell();
  }

  function settle(cause: Cause): void {
    if (pending) {
      // A step over that ends at a breakpoint is a breakpoint.
      if (pending.reason === 'step' && cause.reason === 'breakpoint') pending = cause;
      return;
    }
    pending = cause;
    host.settled().then(
      () => {
        const known = pending!;
        pending = undefined;
        afterAnswers(() => stop(known));
      },
      (error: Error) => {
        pending = undefined;
        host.trouble(error);
      },
    );
  }

  function stop(cause: Cause): void {
    const { steps, status } = host.state();
    if (isEndedRun(status) && !failed) return;
    const step = cause.step ?? steps.find((each) => each.held)?.name;
    const more = stopped !== undefined && cause.reason !== 'restart' && cause.reason !== 'exception';
    stepping = undefined;
    restarting = undefined;
    if (!more) stopped = { top: step };
    host.stopped({ ...cause, ...(step !== undefined && { step }), more });
  }

  function onHeld(step: string, reason: HoldReason, text: string | undefined): void {
    if (restarting === step) return settle({ reason: 'restart', step });
    // A step over ends with its step; a breakpoint elsewhere ends it sooner.
    if (stepping !== undefined && stepping !== step && reason !== 'breakpoint') return;
    settle({ reason, step, ...(text !== undefined && { text }) });
  }

  function onGoneOn(): void {
    if (!stopped || unanswered > 0 || failed) return;
    stopped = undefined;
    host.continued();
  }

  function end(state: RunState): void {
    stopped = undefined;
    failed = false;
    afterAnswers(() => host.ended(state));
  }

  return {
    event(event, state) {
      switch (event.type) {
        case 'run.started':
          failed = false;
          return;
        case 'step.held':
          return onHeld(event.step, event.reason, event.message);
        case 'run.resumed':
          return onGoneOn();
        case 'step.released':
          if (!state.steps.some(({ held }) => held)) onGoneOn();
          return;
        case 'step.ended':
          if (event.step === stepping) settle({ reason: 'step' });
          return;
        case 'run.failed':
          if (!host.keepsFailures()) return end(state);
          failed = true;
          return settle(failureOf(state));
        case 'run.completed':
        case 'run.stopped':
          return end(state);
      }
    },
    now: () => stopped,
    hasFailed: () => failed,
    giveUp: () => end(host.state()),
    async during(goesOn, work) {
      const before = stopped;
      unanswered++;
      if (goesOn) stopped = undefined;
      const answered = () => {
        if (--unanswered > 0) return;
        const told = later;
        later = [];
        for (const tell of told) tell();
      };
      try {
        return { result: await work(), answered };
      } catch (error) {
        stopped ??= before;
        answered();
        throw error;
      }
    },
    stepOver(step) {
      stepping = step;
    },
    restart(step) {
      restarting = step;
    },
    settle,
  };
}

function failureOf({ steps }: RunState): Cause {
  const step = steps.find(({ status }) => isFailedStep(status));
  return {
    reason: 'exception',
    ...(step && { step: step.name, text: `${step.name}: ${step.error?.message ?? step.status}` }),
  };
}
