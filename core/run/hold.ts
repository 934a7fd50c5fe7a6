// Whether the debugger holds a step that could start now. A condition that cannot be judged holds too, with the reason: going past
// a breakpoint because of a misspelled name would be the worse surprise.
import { evaluateConditions } from '../plan/condition.ts';
import type { Plan } from '../plan/plan.ts';
import { scopeOf } from '../plan/scope.ts';
import { parseCondition } from '../refs/expression.ts';
import type { Origin } from '../text/origin.ts';
import type { HoldReason } from './events.ts';
import type { RunState } from './reduce.ts';

export interface Hold {
  readonly reason: HoldReason;
  readonly message?: string;
}

export function holdOf(plan: Plan, state: RunState, step: string): Hold | undefined {
  const breakpoint = state.breakpoints?.find((each) => each.step === step);
  if (breakpoint) {
    const hold = breakpoint.condition === undefined ? breakpointHold : judge(plan, state, breakpoint.condition);
    if (hold) return hold;
  }
  return state.paused && { reason: state.paused };
}

/** What is wrong with the text of a condition; undefined where nothing is. */
export function conditionProblem(condition: string): string | undefined {
  return parseCondition(condition, wholeText(condition)).finding?.message.en;
}

/** Texts that stand in no document. */
export function wholeText(text: string): Origin {
  return { anchor: { offset: 0 }, from: 0, to: text.length };
}

const breakpointHold: Hold = { reason: 'breakpoint' };

function judge(plan: Plan, state: RunState, condition: string): Hold | undefined {
  const { conditions, finding } = parseCondition(condition, wholeText(condition));
  if (finding) return { reason: 'breakpoint', message: finding.message.en };
  const evaluation = evaluateConditions(conditions, scopeOf(plan, state));
  if (evaluation.kind === 'failed') return { reason: 'breakpoint', message: evaluation.message };
  return evaluation.result ? breakpointHold : undefined;
}
