// One call from text to diagnostics or to bound symbols, for the tests of rules, binding, graph and engine.
import { lower } from '../../core/ir/lower.ts';
import type { Workflow } from '../../core/ir/workflow.ts';
import { type Bound, bind } from '../../core/refs/bind.ts';
import { check } from '../../core/rules/check.ts';
import { parse } from '../../core/syntax/parse.ts';
import type { Diagnostic } from '../../core/text/diagnostic.ts';

export interface Analyzed {
  readonly workflow: Workflow;
  readonly bound: Bound;
  readonly diagnostics: readonly Diagnostic[];
}

export function bindText(text: string, language: 'yaml' | 'json' = 'yaml'): Analyzed {
  const parsed = parse(text, language);
  const { workflow, findings } = lower(parsed.tree, language === 'json' ? 'body' : 'file');
  const bound = bind(workflow);
  return { workflow, bound, diagnostics: [...parsed.findings, ...findings, ...check(workflow, bound)] };
}

export function analyze(text: string, language: 'yaml' | 'json' = 'yaml'): readonly Diagnostic[] {
  return bindText(text, language).diagnostics;
}
