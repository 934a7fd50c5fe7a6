// What the language server adds to an edit, in process: opening, a keystroke until its findings are made, completion.
// Usage: node scripts/run.mjs bench/lsp.ts [STEPS...]     about 15 lines a step; 740 and 3400 when absent
import { Documents, type OpenDocument } from '../server/documents.ts';
import type { Context } from '../server/feature.ts';
import { completion } from '../server/features/completion.ts';
import { diagnostics } from '../server/features/diagnostics.ts';
import { drawing, fingerprint } from '../server/features/graph.ts';
import { abilitiesOf } from '../server/language.ts';
import { generatedWorkflow } from '../test/support/generated/workflow.ts';

const uri = 'file:///generated.workflow.yaml';
const client = { ...abilitiesOf({}), snippets: true, sharedRange: true };

export interface Timing {
  readonly name: string;
  /** Milliseconds, one a repetition, in order. */
  readonly times: readonly number[];
}

/** The first opening is that of a process that has not analysed anything: measure in a fresh one. */
export function timeLanguageServer(text: string, keystrokes = 200): readonly Timing[] {
  const documents = new Documents();
  const contextOf = (document: OpenDocument): Context => ({ ...document, language: 'en', client });
  const shown = (document: OpenDocument) => void JSON.stringify(diagnostics(contextOf(document)));
  const timings: Timing[] = [];
  const measure = (name: string, count: number, action: (index: number) => void): void => {
    const times: number[] = [];
    for (let index = 0; index < count; index++) {
      const started = performance.now();
      action(index);
      times.push(performance.now() - started);
    }
    timings.push({ name, times });
  };

  let document: OpenDocument;
  const open = () => {
    document = documents.open(uri, 'modelarts-workflow', 1, text)!;
    shown(document);
  };
  measure('open, first', 1, open);
  measure('open, again', 5, open);
  const { source } = document!.analysis;
  const middle = source.positionAt(text.indexOf('title: ', text.length / 2) + 'title: '.length);
  measure('keystroke', keystrokes, (index) => {
    const at = { line: middle.line, character: middle.character + (index % 40) };
    document = documents.change(uri, index + 2, [{ range: { start: at, end: at }, text: 'x' }])!;
    shown(document);
  });
  measure('what the graph would show', 50, () => void fingerprint(drawing(contextOf(document))));
  const now = document!.analysis.source;
  for (const [name, pattern, offset] of [
    ['completion of a key', '    spec:', 4],
    ['completion of a step', 'steps.job', 6],
    ['completion of a reference', '${{ steps.', 4],
  ] as const) {
    const position = now.positionAt(now.text.lastIndexOf(pattern) + offset);
    measure(name, 50, () => void JSON.stringify(completion(contextOf(document), { textDocument: { uri }, position }).list));
  }
  return timings;
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number);
  for (const steps of sizes.length > 0 ? sizes : [740, 3400]) {
    const text = generatedWorkflow(steps);
    console.log(`\n${steps} steps, ${text.split('\n').length - 1} lines`);
    for (const { name, times } of timeLanguageServer(text)) {
      const sorted = [...times].sort((a, b) => a - b);
      const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!.toFixed(2).padStart(9);
      console.log(`${name.padEnd(28)} p50 ${at(0.5)} ms   p95 ${at(0.95)} ms   least ${at(0)} ms`);
    }
  }
}
