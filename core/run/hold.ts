// Whether the debugger holds a step that could start now. A condition that cannot be judged holds too, with the reason: going past
// a breakpoint because of a misspelled name would be the worse surprise.
import { evaluateConditions } from '../plan/condition.ts';
import type { Plan } from '../plan/plan.ts';
import { scopeOf } from '../plan/scope.ts';
import { parseCondition } from '../refs/expression.ts';
import type { Origin } from '../text/origin.ts';
import type { HoldReason, StepBreakpoint } from './events.ts';
import type { RunState, StepState } from './reduce.ts';
import { isEndedStep } from './status.ts';

export interface Hold {
  readonly reason: HoldReason;
  readonly message?: string;
}

export function holdOf(plan: Plan, state: RunState, step: string): Hold | undefined {
  for (const breakpoint of state.breakpoints ?? []) {
    const hold = breakpoint.step === step ? atBreakpoint(plan, state, breakpoint) : undefined;
    if (hold) return hold;
  }
  return state.paused && { reason: state.paused };
}

/** Which start of the step in this run it is that would come now, from 1. */
export function startsOf({ changes }: StepState): number {
  return 1 + changes.filter(({ from, to }) => to === 'init' && isEndedStep(from)).length;
}

/** Whether `hits` of a breakpoint means this start. */
export function meansStart(hits: string, start: number): boolean {
  const [, operator = '', digits] = hitsPattern.exec(hits)!;
  const count = Number(digits);
  switch (operator) {
    case '>=':
      return start >= count;
    case '>':
      return start > count;
    case '<=':
      return start <= count;
    case '<':
      return start < count;
    case '%':
      return start % count === 0;
    default:
      return start === count;
  }
}

/** What is wrong with the text of `hits`; undefined where nothing is. */
export function hitsProblem(hits: string): string | undefined {
  if (hitsPattern.test(hits)) return undefined;
  return `\`${hits}\` is no count of starts: write \`2\`, \`>= 2\`, \`< 2\` or \`% 2\`.`;
}

const hitsPattern = /^\s*(>=?|<=?|={1,3}|%)?\s*([1-9]\d{0,8})\s*$/;

/** What is wrong with the text of a condition; undefined where nothing is. */
export function conditionProblem(condition: string): string | undefined {
  return parseCondition(condition, wholeText(condition)).finding?.message.en;
}

/** Texts that stand in no document. */
export function wholeText(text: string): Origin {
  return { anchor: { offset: 0 }, from: 0, to: text.length };
}

const breakpointHold: Hold = { reason: 'breakpoint' };

function atBreakpoint(plan: Plan, state: RunState, { step, condition, hits }: StepBreakpoint): Hold | undefined {
  const reached = state.steps.find(({ name }) => name === step);
  if (hits !== undefined && reached && !meansStart(hits, startsOf(reached))) return undefined;
  return condition === undefined ? breakpointHold : judge(plan, state, condition);
}

function judge(plan: Plan, state: RunState, condition: string): Hold | undefined {
  const { conditions, finding } = parseCondition(condition, wholeText(condition));
  if (finding) return { reason: 'breakpoint', message: finding.message.en };
  const evaluation = evaluateConditions(conditions, scopeOf(plan, state));
  if (evaluation.kind === 'failed') return { reason: 'breakpoint', message: evaluation.message };
  return evaluation.result ? breakpointHold : undefined;
}
