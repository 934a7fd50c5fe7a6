// The stack of a run: steps that are held first, then those at work or waiting, then those that have ended, the newest first: these
// can be restarted. A frame stands on its step's line of the file as it is now.
import type { DebugProtocol } from '@vscode/debugprotocol';
import { isActiveStep } from '../core/run/decide.ts';
import type { RunState, StepState } from '../core/run/reduce.ts';
import { isEndedStep, isWaitingStep } from '../core/run/status.ts';
import { type Bases, sourceOf } from './breakpoints.ts';
import type { Program } from './program.ts';

/** `top`: the step that the debugger stopped for. */
export function framesOf(state: RunState, program: Program, bases: Bases, top?: string): DebugProtocol.StackFrame[] {
  const source = sourceOf(program.file);
  return [...order(state, top)].map((step) => {
    const place = program.steps.find(({ name }) => name === step.name);
    const ended = isEndedStep(step.status);
    return {
      id: state.steps.indexOf(step) + 1,
      name: step.held ? step.name : `${step.name} (${step.status})`,
      line: place ? place.line + bases.line : 0,
      // Within the line, editors would draw a mark of its own there.
      column: place ? bases.column : 0,
      ...(place && { source }),
      presentationHint: ended ? 'subtle' : 'normal',
      canRestart: ended,
    };
  });
}

function* order({ steps }: RunState, top: string | undefined): Generator<StepState> {
  const rank = (step: StepState): number => {
    if (step.name === top) return 0;
    if (step.held) return 1;
    if (isActiveStep(step.status) || isWaitingStep(step.status)) return 2;
    return isEndedStep(step.status) ? 3 : 4;
  };
  const endedAt = (step: StepState) => (step.endedAt === undefined ? 0 : Date.parse(step.endedAt));
  const sorted = steps.map((step, index) => ({ step, index })).filter(({ step }) => rank(step) < 4);
  sorted.sort((a, b) => {
    const ranks = rank(a.step) - rank(b.step);
    if (ranks !== 0) return ranks;
    return rank(a.step) === 3 ? endedAt(b.step) - endedAt(a.step) || b.index - a.index : a.index - b.index;
  });
  for (const { step } of sorted) yield step;
}
