// One call from text to diagnostics or to bound symbols, for the tests of rules, binding and graph.
import type { Bound } from '../../core/refs/bind.ts';
import type { Diagnostic } from '../../core/text/diagnostic.ts';
import { analyze as provisional } from './provisional-lowering.ts';

export function analyze(text: string, language: 'yaml' | 'json' = 'yaml'): readonly Diagnostic[] {
  return provisional(text, language).diagnostics;
}

export function bindText(text: string, language: 'yaml' | 'json' = 'yaml') {
  return provisional(text, language) as {
    workflow: import('../../core/ir/workflow.ts').Workflow;
    bound: Bound;
    diagnostics: readonly Diagnostic[];
  };
}
