// What people may do to a run and its steps: each action is checked against the folded state and becomes events, or is refused with a reason.
import { downstreamOf, missingNow, type Plan } from '../plan/plan.ts';
import { isActiveStep } from './decide.ts';
import type { RunEventBody, RunValues } from './events.ts';
import type { RunState, StepState } from './reduce.ts';
import { isEndedRun, isEndedStep, isFailedStep, isWaitingStep } from './status.ts';

export type Action =
  | { readonly kind: 'events'; readonly events: readonly RunEventBody[] }
  | { readonly kind: 'refused'; readonly message: string };

export function stopRun(state: RunState, by: 'user' | 'engine' = 'user'): Action {
  if (isEndedRun(state.status)) return refuse(`Run "${state.name}" has ended already (${state.status}).`);
  return { kind: 'events', events: state.stopRequested ? [] : [{ type: 'run.stop_requested', by }] };
}

/** The scheduler cancels the work when it sees the step stopping. */
export function stopStep(state: RunState, step: StepState): Action {
  if (isWaitingStep(step.status)) return { kind: 'events', events: [{ type: 'step.ended', step: step.name, status: 'stopped' }] };
  if (!isActiveStep(step.status)) return refuse(`Step "${step.name}" of run "${state.name}" does not run (${step.status}).`);
  if (step.stopRequested) return { kind: 'events', events: [] };
  return { kind: 'events', events: [{ type: 'step.stop_requested', step: step.name, by: 'user' }] };
}

export function continueStep(plan: Plan, state: RunState, step: StepState, values: RunValues): Action {
  if (!isWaitingStep(step.status)) return refuse(`Step "${step.name}" of run "${state.name}" does not wait (${step.status}).`);
  if (step.status === 'wait_inputs') {
    const planned = plan.steps[plan.index.get(step.name)!]!;
    const merged = {
      parameters: [...state.values.parameters, ...values.parameters],
      data: [...state.values.data, ...values.data],
    };
    const asked = new Set(step.needs.map((need) => need.name));
    const left = missingNow([...planned.conditionReads, ...planned.reads], plan, { values: merged }).filter((need) =>
      asked.has(need.name),
    );
    if (left.length > 0) {
      const names = left.map((need) => `${need.kind} "${need.name}" (${need.type})`).join(', ');
      return refuse(`Step "${step.name}" still needs ${names}.`);
    }
  }
  return { kind: 'events', events: [{ type: 'step.answered', step: step.name, values }] };
}

/** Resets the step and everything downstream that did not complete (9.19); an ended run goes on. */
export function retryStep(plan: Plan, state: RunState, step: StepState, values: RunValues): Action {
  if (!isFailedStep(step.status) && step.status !== 'stopped') {
    return refuse(
      `Step "${step.name}" of run "${state.name}" did not fail (${step.status}): only failed and stopped steps can be retried.`,
    );
  }
  const events: RunEventBody[] = [];
  if (isEndedRun(state.status)) events.push({ type: 'run.started' });
  else if (state.stopRequested) return refuse(`Run "${state.name}" is being stopped.`);
  events.push({ type: 'step.reset', step: step.name, reason: 'retry' });
  for (const index of downstreamOf(plan, [step.name])) {
    const other = state.steps[index]!;
    if (isEndedStep(other.status) && other.status !== 'completed')
      events.push({ type: 'step.reset', step: other.name, reason: 'retry' });
  }
  if (values.parameters.length > 0 || values.data.length > 0) events.push({ type: 'step.answered', step: step.name, values });
  return { kind: 'events', events };
}

export const noneGiven: RunValues = { parameters: [], data: [] };

export function refuse(message: string): Action {
  return { kind: 'refused', message };
}
