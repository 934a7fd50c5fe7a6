// The workflow that is debugged, as its file has it now: where each step stands, and the body that a run is begun from.
// Whatever a source file is written in, the debugger asks only for what is here.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { WorkflowBody } from '../core/api/service.ts';
import type { EngineConfig } from '../core/config/config.ts';
import type { Workflow } from '../core/ir/workflow.ts';
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
  /** "line: message" of each error; a run cannot be begun with any. */
  readonly errors: readonly string[];
  body(engine: EngineConfig, configFolder: string): WorkflowBody;
}

/** Rejects with an Error whose message names the file where it holds no workflow or cannot be read. */
export async function openProgram(name: string, folder = process.cwd()): Promise<Program> {
  const file = resolve(folder, name);
  const form = formOf(file);
  if (!form) throw new Error(`${file} is no workflow file: *.workflow.yaml, *.workflow.ts, or a request body in *.json.`);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new Error(`There is no file ${file}.`);
  const read = await readSource(file, form);
  return {
    file,
    workflow: read.workflow,
    steps: placesIn(read),
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

/** The step that a breakpoint in this line means: the one around it, else the next one where lines between steps are meant. */
export function stepAt(steps: readonly StepPlace[], line: number): StepPlace | undefined {
  const around = steps.findLast((step) => step.line <= line && line <= step.lastLine);
  if (around) return around;
  const [first] = steps;
  return first && line > first.line ? steps.find((step) => step.line > line) : undefined;
}

/** Programs by their files, read again when a file has changed; while it is broken, what it was before stays. */
export function createPrograms(): (file: string) => Promise<Program> {
  const known = new Map<string, { readonly stamp: string; readonly program: Promise<Program> }>();
  return async (file) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    const stamp = `${stat?.mtimeMs} ${stat?.size}`;
    const before = known.get(file);
    if (before?.stamp === stamp) return before.program;
    const program = latestOf(file, before?.program);
    known.set(file, { stamp, program });
    return program;
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
