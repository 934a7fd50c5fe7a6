// Colours by meaning: names of steps, parameters, data, storages and outputs, where they are declared and where they are used.
// Names that lead nowhere have none.
import type { SemanticTokensBuilder, SemanticTokensLegend } from 'vscode-languageserver';
import type { UseKind } from '../../core/refs/bind.ts';
import { allUses, type SymbolKind, symbolsOf } from '../../core/refs/symbols.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import type { Range } from '../../core/text/source.ts';
import type { Context } from '../feature.ts';

const types = ['function', 'parameter', 'variable', 'namespace', 'property', 'event'] as const;
const declaration = 1;
export const legend: SemanticTokensLegend = { tokenTypes: [...types], tokenModifiers: ['declaration'] };

const typeOf: Readonly<Record<SymbolKind | UseKind, (typeof types)[number]>> = {
  step: 'function',
  parameter: 'parameter',
  data: 'variable',
  storage: 'namespace',
  input: 'property',
  output: 'property',
  scene: 'event',
  'sub-graph': 'event',
};

/** Pushes them to the builder, in order; only those that touch `within` where it is given. */
export function semanticTokens(context: Context, builder: SemanticTokensBuilder, within?: Range): void {
  const { bound, source } = context.analysis;
  const limit = within && { start: source.offsetAt(within.start), end: source.offsetAt(within.end) };
  const tokens = new Map<number, { readonly end: number; readonly type: number; readonly modifiers: number }>();
  const add = (origin: Origin, kind: SymbolKind | UseKind, modifiers: number): void => {
    const { start, end } = spanOf(origin);
    if (end > start && (!limit || (limit.start <= end && start <= limit.end))) {
      tokens.set(start, { end, type: types.indexOf(typeOf[kind]), modifiers });
    }
  };
  for (const use of allUses(bound)) if (use.target) add(use.name.origin, use.kind, 0);
  for (const symbol of symbolsOf(bound)) add(symbol.name.origin, symbol.kind, declaration);
  let last = 0;
  for (const [start, { end, type, modifiers }] of [...tokens].sort(([a], [b]) => a - b)) {
    const from = source.positionAt(start);
    const to = source.positionAt(end);
    // Escapes may make one name stand inside of another's place, and tokens have to stay on one line.
    if (start < last || to.line !== from.line) continue;
    builder.push(from.line, from.character, to.character - from.character, type, modifiers);
    last = end;
  }
}
