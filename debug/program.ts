// The workflow that is debugged, as its file has it now: where each step stands, and the body that a run is begun from.
// Whatever a source file is written in, the debugger asks only for what is here.
import { statSync } from 'node:fs';
import type { WorkflowBody } from '../core/api/service.ts';
import type { EngineConfig } from '../core/config/config.ts';
import type { Workflow } from '../core/ir/workflow.ts';
import { printTarget } from '../core/refs/reference.ts';
import { spanOf } from '../core/text/origin.ts';
import { compileBody } from '../loader/compile.ts';
import { formOf, readSource, type WorkflowSource } from '../loader/source.ts';

/** Lines are counted from 0, the last one is the last with text of the step. */
export interface StepPlace {
  readonly name: string;
  readonly line: number;
  readonly character: number;
  readonly lastLine: number;
}

export interface Program {
  /** Absolute. */
  readonly file: string;
  readonly workflow: Workflow;
  /** In order of the text. */
  readonly steps: readonly StepPlace[];
  /** What the step refers to, as references are written, each once: `parameters.epochs`. */
  readsOf(step: string): readonly string[];
  /** "line: message" of each error; a run cannot be begun with any. */
  readonly errors: readonly string[];
  body(engine: EngineConfig, configFolder: string): WorkflowBody;
}

/** Rejects with an Error whose message names the file where it holds no workflow or cannot be read. */
async function openProgram(file: string): Promise<Program> {
  const form = formOf(file);
  if (!form) throw new Error(`${file} is no workflow file: *.workflow.yaml, *.workflow.ts, or a request body in *.json.`);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new Error(`There is no file ${file}.`);
  const read = await readSource(file, form);
  return {
    file,
    workflow: read.workflow,
    steps: placesIn(read),
    readsOf(step) {
      const uses = read.bound.steps.get(step)?.uses ?? [];
      return [...new Set(uses.flatMap(({ value, problem }) => (value && !problem ? [printTarget(value.reference)] : [])))];
    },
    errors: read.diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ message, origin }) => `${file}:${read.source.positionAt(spanOf(origin).start).line + 1}: ${message.en}`),
    body: (engine, configFolder) => compileBody(read, engine, configFolder),
  };
}

function placesIn({ workflow, source }: WorkflowSource): readonly StepPlace[] {
  return workflow.steps
    .map(({ name, origin }) => {
      const { line } = source.positionAt(spanOf(name.origin).start);
      // Where the line's text begins: a place within it would be drawn there, beside the dot.
      const character = /^[ \t]*/.exec(source.text.slice(source.lineStart(line)))![0].length;
      const { start, end } = spanOf(origin);
      const text = source.text.slice(start, end).trimEnd();
      return { name: name.text, line, character, lastLine: Math.max(line, source.positionAt(start + text.length).line) };
    })
    .sort((a, b) => a.line - b.line);
}

/**
 * The steps that a breakpoint in this line means: the one around it, else the next one where lines between steps are meant; all of them
 * where a call of a program makes several.
 */
export function stepsAt(steps: readonly StepPlace[], line: number): readonly StepPlace[] {
  const around = steps.findLast((step) => step.line <= line && line <= step.lastLine);
  const [first] = steps;
  const meant = around ?? (first && line > first.line ? steps.find((step) => step.line > line) : undefined);
  return meant ? steps.filter((step) => step.line === meant.line) : [];
}

export interface Programs {
  /** Read again when the file has changed; while it is broken, what it was before stays. */
  of(file: string): Promise<Program>;
  /** As it is now, whatever that is. */
  fresh(file: string): Promise<Program>;
}

export function createPrograms(): Programs {
  const known = new Map<string, { readonly stamp: string; readonly program: Promise<Program> }>();

  function stampOf(file: string): string {
    const stat = statSync(file, { throwIfNoEntry: false });
    return `${stat?.mtimeMs} ${stat?.size}`;
  }

  return {
    async of(file) {
      const stamp = stampOf(file);
      const before = known.get(file);
      if (before?.stamp === stamp) return before.program;
      const program = latestOf(file, before?.program);
      known.set(file, { stamp, program });
      return program;
    },
    async fresh(file) {
      const stamp = stampOf(file);
      const program = await openProgram(file);
      known.set(file, { stamp, program: Promise.resolve(program) });
      return program;
    },
  };
}

async function latestOf(file: string, before: Promise<Program> | undefined): Promise<Program> {
  const kept = await before?.catch(() => undefined);
  try {
    const now = await openProgram(file);
    return kept && now.steps.length === 0 ? kept : now;
  } catch (error) {
    // Gone for the moment in which an editor replaces it.
    if (kept) return kept;
    throw error;
  }
}
