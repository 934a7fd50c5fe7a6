// What a debugger may do to a run: each action is checked against the folded state and becomes events, or is refused with a reason.
// The engine holds the steps, so that a run stays where it is when the debugger, or the engine, goes.
import type { WeftDebugOptions } from '../api/service.ts';
import type { WeftDebugAction } from '../api/weft.ts';
import { downstreamOf, type Plan } from '../plan/plan.ts';
import { type Action, continueStep, noneGiven, refuse } from './actions.ts';
import { isActiveStep } from './decide.ts';
import type { RunEventBody, RunValues, StepBreakpoint } from './events.ts';
import { conditionProblem, hitsProblem } from './hold.ts';
import { reduce, type RunState, type StepState } from './reduce.ts';
import { isEndedRun, isEndedStep } from './status.ts';

/** Events that stand right after `run.created`. */
export function beginDebug(plan: Plan, { breakpoints, pauseAtStart }: WeftDebugOptions): Action {
  const wrong = breakpointProblem(plan, breakpoints);
  if (wrong !== undefined) return refuse(wrong);
  return {
    kind: 'events',
    events: [
      { type: 'run.breakpoints_set', breakpoints },
      ...(pauseAtStart ? [{ type: 'run.paused', reason: 'entry' } as const] : []),
    ],
  };
}

export function setBreakpoints(plan: Plan, state: RunState, breakpoints: readonly StepBreakpoint[]): Action {
  if (isEndedRun(state.status)) return ended(state);
  const wrong = breakpointProblem(plan, breakpoints);
  return wrong === undefined ? { kind: 'events', events: [{ type: 'run.breakpoints_set', breakpoints }] } : refuse(wrong);
}

export function debugRun(plan: Plan, state: RunState, { action, step: name }: WeftDebugAction): Action {
  const step = state.steps.find((each) => each.name === name);
  if (name !== undefined && !step) return refuse(`Run "${state.name}" has no step "${name}".`);
  if (action === 'rerun') return step ? rerun(plan, state, step) : refuse('Name the step that is to run again.');
  if (isEndedRun(state.status)) return ended(state);
  switch (action) {
    case 'pause':
      return { kind: 'events', events: [{ type: 'run.paused', reason: 'pause' }] };
    case 'continue':
      return { kind: 'events', events: [{ type: 'run.resumed' }] };
    case 'step': {
      if (step && !step.held) return refuse(`Step "${step.name}" of run "${state.name}" is not held (${step.status}).`);
      const released = step ?? state.steps.find((each) => each.held);
      return {
        kind: 'events',
        events: [
          { type: 'run.paused', reason: 'step' },
          ...(released ? [{ type: 'step.released', step: released.name } as const] : []),
        ],
      };
    }
    default:
      return refuse(`"action" is one of pause, continue, step, rerun, and not "${String(action)}".`);
  }
}

/** For steps that start from now on; a step that waits for just these values goes on. */
export function setValues(plan: Plan, state: RunState, values: RunValues): Action {
  if (isEndedRun(state.status)) return ended(state);
  const event: RunEventBody = { type: 'run.values_set', values };
  const after = reduce(state, { v: 1, seq: state.seq, at: state.createdAt, run: state.id, ...event })!;
  const waiting = after.steps.filter((step) => step.status === 'wait_inputs');
  const answered = waiting.map((step) => continueStep(plan, after, step, noneGiven));
  return { kind: 'events', events: [event, ...answered.flatMap((action) => (action.kind === 'events' ? action.events : []))] };
}

/** The step and all that follows it are as if they had never run; the step is held, so that values can be changed first. */
function rerun(plan: Plan, state: RunState, step: StepState): Action {
  if (!isEndedStep(step.status)) return refuse(`Step "${step.name}" of run "${state.name}" has not ended (${step.status}).`);
  if (state.stopRequested && !isEndedRun(state.status)) return refuse(`Run "${state.name}" is being stopped.`);
  const again = [step, ...[...downstreamOf(plan, [step.name])].map((index) => state.steps[index]!)];
  const active = again.find(({ status }) => isActiveStep(status));
  if (active) return refuse(`Step "${active.name}" uses results of "${step.name}" and is at work; stop it first.`);
  return {
    kind: 'events',
    events: [
      ...(isEndedRun(state.status) ? [{ type: 'run.started' } as const] : []),
      { type: 'run.paused', reason: 'restart' },
      ...again
        .filter(({ status, held, released }) => status !== 'init' || held || released)
        .map(({ name }) => ({ type: 'step.reset', step: name, reason: 'rerun' }) as const),
    ],
  };
}

function breakpointProblem(plan: Plan, breakpoints: readonly StepBreakpoint[]): string | undefined {
  for (const { step, condition, hits } of breakpoints) {
    if (!plan.workflow.steps.some(({ name }) => name.text === step)) return `The workflow has no step "${step}".`;
    const wrong = condition === undefined ? undefined : conditionProblem(condition);
    if (wrong !== undefined) return `The condition of the breakpoint at step "${step}" cannot be read: ${wrong}`;
    const uncounted = hits === undefined ? undefined : hitsProblem(hits);
    if (uncounted !== undefined) return `The breakpoint at step "${step}" cannot be counted: ${uncounted}`;
  }
  return undefined;
}

function ended(state: RunState): Action {
  return refuse(`Run "${state.name}" has ended already (${state.status}).`);
}
