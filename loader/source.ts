// A source file of a workflow: which form it has, and what the language makes of it.
import { readFileSync } from 'node:fs';
import type { Form } from '../core/ir/entries.ts';
import { lower } from '../core/ir/lower.ts';
import type { Workflow } from '../core/ir/workflow.ts';
import { type Bound, bind } from '../core/refs/bind.ts';
import { check } from '../core/rules/check.ts';
import { parse } from '../core/syntax/parse.ts';
import type { Diagnostic } from '../core/text/diagnostic.ts';
import { spanOf } from '../core/text/origin.ts';
import { SourceText } from '../core/text/source.ts';

export interface WorkflowSource {
  /** Absolute. */
  readonly file: string;
  readonly form: Form;
  readonly source: SourceText;
  readonly workflow: Workflow;
  readonly bound: Bound;
  /** In order of the text. */
  readonly diagnostics: readonly Diagnostic[];
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
  const parsed = parse(text, form === 'file' ? 'yaml' : 'json');
  const { workflow, findings } = lower(parsed.tree, form);
  const bound = bind(workflow);
  const diagnostics = [...parsed.findings, ...findings, ...check(workflow, bound)].sort(
    (a, b) => spanOf(a.origin).start - spanOf(b.origin).start,
  );
  return { file, form, source: new SourceText(text), workflow, bound, diagnostics };
}
