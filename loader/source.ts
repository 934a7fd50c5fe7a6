// A source file of a workflow: which form it has, and what the language makes of it. A program is evaluated, so that is for files of a
// workspace that its user trusts.
import { readFileSync } from 'node:fs';
import { type Analysis, analyze } from '../core/analysis.ts';
import type { Form } from '../core/ir/entries.ts';
import { isProgram } from '../core/protocol/workflow-file.ts';
import { programAnalysis } from './typescript/program-analysis.ts';
import { readTypeScript } from './typescript/read-typescript.ts';
import { createSandbox, type Sandbox } from './typescript/sandbox.ts';
import { workspaceRoot } from './workspace-root.ts';

export interface WorkflowSource extends Analysis {
  /** Absolute. */
  readonly file: string;
  /** What a program wrote to its console; nothing of other files. */
  readonly log: readonly string[];
}

/** `program`: TypeScript, evaluated. */
export type SourceForm = Form | 'program';

export interface SourceText {
  /** Absolute. */
  readonly file: string;
  readonly form: SourceForm;
  readonly text: string;
  /** The editor's folder that holds the file. */
  readonly editorFolder?: string | undefined;
}

/** Undefined for a file that holds no workflow by its name. */
export function formOf(file: string): SourceForm | undefined {
  if (isProgram(file)) return 'program';
  if (/\.ya?ml$/i.test(file)) return 'file';
  return /\.json$/i.test(file) ? 'body' : undefined;
}

/** Rejects with the system's error where the file cannot be read. */
export async function readSource(file: string, form: SourceForm): Promise<WorkflowSource> {
  return analyzeSource({ file, form, text: readFileSync(file, 'utf8') });
}

/** Of a program its first workflow, with the findings of all. `sandbox`: one that is warm already. */
export async function analyzeSource({ file, form, text, editorFolder }: SourceText, sandbox?: Sandbox): Promise<WorkflowSource> {
  if (form !== 'program') return { ...analyze(text, form), file, log: [] };
  const used = sandbox ?? createSandbox();
  try {
    const read = (await readTypeScript({ path: file, text, root: workspaceRoot(file, editorFolder) }, used))!;
    return { ...programAnalysis(text, read), file, log: read.log };
  } finally {
    if (!sandbox) used.dispose();
  }
}
