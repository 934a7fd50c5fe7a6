// What a reading of a program comes to as one analysis: the first workflow that it exports, with the findings of all of them.
import { type Analysis, analyzeTree } from '../../core/analysis.ts';
import type { MapNode } from '../../core/syntax/tree.ts';
import { type Diagnostic, inOrder } from '../../core/text/diagnostic.ts';
import { spanOf } from '../../core/text/origin.ts';
import { SourceText } from '../../core/text/source.ts';
import type { TypeScriptReading } from './read-typescript.ts';

/** `before`: what stays known where the file cannot be evaluated now; its places are of this text already. */
export function programAnalysis(text: string, { workflows, problems }: TypeScriptReading, before?: Analysis): Analysis {
  const [first, ...others] = workflows.map(({ analysis }) => analysis);
  const base = first ?? (before ? { ...before, source: new SourceText(text) } : withoutWorkflow(text));
  const kept = base.diagnostics;
  return { ...base, diagnostics: once([...problems, ...kept, ...others.flatMap(({ diagnostics }) => diagnostics)]) };
}

/** Nothing is known and nothing is wrong. */
export function withoutWorkflow(text: string): Analysis {
  const tree: MapNode = { kind: 'map', origin: { anchor: { offset: 0 }, from: 0, to: 0 }, flow: true, entries: [] };
  return { ...analyzeTree(text, tree, []), diagnostics: [] };
}

/** A helper that several workflows share has its findings once. */
function once(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return inOrder(
    found.filter(({ code, message, origin }) => {
      const { start, end } = spanOf(origin);
      const key = JSON.stringify([code, start, end, message.en]);
      return !seen.has(key) && seen.add(key);
    }),
  );
}
