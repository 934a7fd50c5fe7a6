// Breakpoints of the client, by file: each is bound to the step around its line and from then on goes with that step, wherever edits
// move it. What the engine gets are the names.
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { StepBreakpoint } from '../core/run/events.ts';
import { conditionProblem } from '../core/run/hold.ts';
import { type Program, stepAt } from './program.ts';

interface Bound {
  readonly id: number;
  readonly asked: DebugProtocol.SourceBreakpoint;
  /** Undefined where there is none. */
  readonly step: string | undefined;
  answer: DebugProtocol.Breakpoint;
}

export interface Breakpoints {
  /** All breakpoints of a file; `program` is undefined where the file cannot be read. */
  set(file: string, program: Program | undefined, asked: readonly DebugProtocol.SourceBreakpoint[]): DebugProtocol.Breakpoint[];
  /** The file changed: what has to be told about its breakpoints. */
  moved(program: Program): readonly DebugProtocol.Breakpoint[];
  /** Those that hold this step. */
  idsOf(file: string, step: string): readonly number[];
  /** For the engine. */
  of(file: string): readonly StepBreakpoint[];
}

/** `lineBase`: 1 where the client counts lines from 1. */
export function createBreakpoints(lineBase: () => number): Breakpoints {
  const files = new Map<string, Bound[]>();
  let lastId = 0;

  function answer(id: number, asked: DebugProtocol.SourceBreakpoint, step: string | undefined, program: Program | undefined) {
    const place = program?.steps.find(({ name }) => name === step);
    const source = program && { source: { name: program.file.split(/[\\/]/).at(-1)!, path: program.file } };
    if (!place) {
      const message = step === undefined ? 'There is no step in this line.' : `The file has no step "${step}" any more.`;
      return { id, verified: false, line: asked.line, message, ...source };
    }
    const wrong = asked.condition ? conditionProblem(asked.condition) : undefined;
    if (wrong !== undefined) return { id, verified: false, line: place.line + lineBase(), message: wrong, ...source };
    return { id, verified: true, line: place.line + lineBase(), column: place.character + lineBase(), ...source };
  }

  return {
    set(file, program, asked) {
      const bound = asked.map((each): Bound => {
        const id = ++lastId;
        const step = program && stepAt(program.steps, each.line - lineBase())?.name;
        return { id, asked: each, step, answer: answer(id, each, step, program) };
      });
      files.set(file, bound);
      return bound.map((each) => each.answer);
    },

    moved(program) {
      const changed: DebugProtocol.Breakpoint[] = [];
      for (const each of files.get(program.file) ?? []) {
        const now = answer(each.id, { ...each.asked, line: each.answer.line ?? each.asked.line }, each.step, program);
        if (now.line === each.answer.line && now.verified === each.answer.verified) continue;
        each.answer = now;
        changed.push(now);
      }
      return changed;
    },

    idsOf: (file, step) => (files.get(file) ?? []).filter((each) => each.step === step).map(({ id }) => id),

    of(file) {
      const found = new Map<string, StepBreakpoint>();
      for (const { step, asked, answer: told } of files.get(file) ?? []) {
        if (step === undefined || !told.verified) continue;
        // Two in one step: one without a condition wins.
        if (found.get(step)?.condition !== undefined || !found.has(step)) {
          found.set(step, { step, ...(asked.condition ? { condition: asked.condition } : {}) });
        }
      }
      return [...found.values()];
    },
  };
}
