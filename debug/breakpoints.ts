// Breakpoints of the client, by file or by name of a step: each is bound to the step around its line and from then on goes with that
// step, wherever edits move it. What the engine gets are the names; log points it does not get, since they hold nothing.
import { realpathSync } from 'node:fs';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { StepBreakpoint } from '../core/run/events.ts';
import { conditionProblem, hitsProblem } from '../core/run/hold.ts';
import type { Localized } from '../core/text/diagnostic.ts';
import { type Program, stepsAt } from './program.ts';
import { noStep, notInRun, type Say, texts } from './texts.ts';

export interface LogPoint {
  readonly message: string;
  readonly condition?: string;
  readonly hits?: string;
}

interface Asked {
  readonly condition?: string;
  readonly hitCondition?: string;
  readonly logMessage?: string;
}

interface Bound {
  readonly id: number;
  readonly asked: Asked;
  /** Undefined for those by name. */
  readonly file: string | undefined;
  /** None where there is none; several where a call of a program makes several. */
  readonly steps: readonly string[];
  /** What the client shows. */
  answer: DebugProtocol.Breakpoint;
}

/** What breakpoints are looked at with. */
export interface Surroundings {
  /** The file that is debugged; undefined before it is known. */
  readonly file: string | undefined;
  /** What it holds; undefined before it is read, and where it cannot be. Of the breakpoint's own file before the other is known. */
  readonly program: Program | undefined;
  /** Names of the run's steps; undefined before it has begun. */
  readonly inRun: ReadonlySet<string> | undefined;
}

export interface Breakpoints {
  /** All breakpoints of a file. */
  set(file: string, asked: readonly DebugProtocol.SourceBreakpoint[], now: Surroundings): DebugProtocol.Breakpoint[];
  /** All that are set by the name of a step. */
  setNamed(asked: readonly DebugProtocol.FunctionBreakpoint[], now: Surroundings): DebugProtocol.Breakpoint[];
  /** The file or the run is another one: what has to be told about its breakpoints. */
  look(now: Surroundings): readonly DebugProtocol.Breakpoint[];
  /** Those that hold this step. */
  idsOf(step: string): readonly number[];
  logPointsOf(step: string): readonly LogPoint[];
  /** For the engine. */
  forRun(): readonly StepBreakpoint[];
}

/** The first line and column of a text as the client counts: 0 or 1. */
export interface Bases {
  readonly line: number;
  readonly column: number;
}

export function createBreakpoints(bases: () => Bases, say: Say): Breakpoints {
  /** By file; those by name under ''. */
  const bound = new Map<string, Bound[]>();
  let lastId = 0;
  const all = () => [...bound.values()].flat();

  /** `line`: where the client has it. */
  function look(
    { id, asked, file, steps }: Omit<Bound, 'answer'>,
    line: number | undefined,
    now: Surroundings,
  ): DebugProtocol.Breakpoint {
    const { program, inRun } = now;
    const unverified = (message: Localized) => ({
      id,
      verified: false,
      message: say(message),
      ...(line !== undefined && { line }),
      ...(file !== undefined && { source: sourceOf(file) }),
    });
    if (file !== undefined && now.file !== undefined && !isSameFile(file, now.file)) return unverified(texts.otherFile);
    if (!program) return unverified(texts.unreadable);
    const [step] = steps;
    if (step === undefined) return unverified(texts.noStepInLine);
    const place = program.steps.find(({ name }) => steps.includes(name));
    if (!place) return unverified(noStep(step));
    const at = {
      id,
      line: place.line + bases().line,
      column: place.character + bases().column,
      source: sourceOf(file ?? program.file),
    };
    const wrong =
      (asked.condition ? conditionProblem(asked.condition) : undefined) ??
      (asked.hitCondition ? hitsProblem(asked.hitCondition) : undefined) ??
      (inRun && !steps.some((each) => inRun.has(each)) ? say(notInRun(step)) : undefined);
    return wrong === undefined ? { ...at, verified: true } : { ...at, verified: false, message: wrong };
  }

  function bind(each: Omit<Bound, 'id' | 'answer'>, line: number | undefined, now: Surroundings): Bound {
    const known = { ...each, id: ++lastId };
    return { ...known, answer: look(known, line, now) };
  }

  return {
    set(file, asked, now) {
      const all = asked.map((each) => {
        const steps = stepsAt(now.program?.steps ?? [], each.line - bases().line).map(({ name }) => name);
        return bind({ asked: each, file, steps }, each.line, now);
      });
      bound.set(file, all);
      return all.map((each) => each.answer);
    },

    setNamed(asked, now) {
      const all = asked.map((each) => bind({ asked: each, file: undefined, steps: [each.name] }, undefined, now));
      bound.set('', all);
      return all.map((each) => each.answer);
    },

    look(now) {
      const changed: DebugProtocol.Breakpoint[] = [];
      for (const each of all()) {
        const answer = look(each, each.answer.line, now);
        const { line, verified, message } = each.answer;
        if (answer.line === line && answer.verified === verified && answer.message === message) continue;
        each.answer = answer;
        changed.push(answer);
      }
      return changed;
    },

    idsOf: (step) =>
      all()
        .filter((each) => each.steps.includes(step) && each.answer.verified && !each.asked.logMessage)
        .map(({ id }) => id),

    logPointsOf: (step) =>
      all().flatMap(({ steps, asked: { logMessage: message, condition, hitCondition }, answer }) =>
        steps.includes(step) && answer.verified && message
          ? [{ message, ...(condition && { condition }), ...(hitCondition && { hits: hitCondition }) }]
          : [],
      ),

    forRun: () =>
      all().flatMap(({ steps, asked: { condition, hitCondition, logMessage }, answer }) =>
        answer.verified && !logMessage
          ? steps.map((step) => ({ step, ...(condition && { condition }), ...(hitCondition && { hits: hitCondition }) }))
          : [],
      ),
  };
}

export function sourceOf(file: string): DebugProtocol.Source {
  return { name: file.split(/[\\/]/).at(-1)!, path: file };
}

/** Also where one of the paths goes through a link. */
export function isSameFile(one: string, other: string): boolean {
  return one === other || real(one) === real(other);
}

function real(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
}
