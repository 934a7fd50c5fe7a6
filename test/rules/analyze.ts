// One call from text to diagnostics or to bound symbols, for the tests of rules, binding, graph and engine.
import { type Analysis, analyze as analyzeText } from '../../core/analysis.ts';
import type { Diagnostic } from '../../core/text/diagnostic.ts';

export function bindText(text: string, language: 'yaml' | 'json' = 'yaml'): Analysis {
  return analyzeText(text, language === 'json' ? 'body' : 'file');
}

export function analyze(text: string, language: 'yaml' | 'json' = 'yaml'): readonly Diagnostic[] {
  return bindText(text, language).diagnostics;
}
