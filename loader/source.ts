// A source file of a workflow: which form it has, and what the language makes of it.
import { readFileSync } from 'node:fs';
import { type Analysis, analyze } from '../core/analysis.ts';
import type { Form } from '../core/ir/entries.ts';

export interface WorkflowSource extends Analysis {
  /** Absolute. */
  readonly file: string;
}

/** Undefined for a file that holds no workflow by its name. */
export function formOf(file: string): Form | undefined {
  if (/\.ya?ml$/i.test(file)) return 'file';
  return /\.json$/i.test(file) ? 'body' : undefined;
}

/** Throws the system's error where the file cannot be read. */
export function readSource(file: string, form: Form): WorkflowSource {
  return analyzeSource(file, form, readFileSync(file, 'utf8'));
}

export function analyzeSource(file: string, form: Form, text: string): WorkflowSource {
  return { ...analyze(text, form), file };
}
