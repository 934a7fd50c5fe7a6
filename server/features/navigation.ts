// From a name to where it is declared and to everywhere it is used.
import {
  type DefinitionParams,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentHighlightParams,
  type Location,
  type ReferenceParams,
} from 'vscode-languageserver';
import { symbolAt, usesOf, type WorkflowSymbol } from '../../core/refs/symbols.ts';
import type { Origin } from '../../core/text/origin.ts';
import type { Position } from '../../core/text/source.ts';
import { type Context, rangeOf } from '../feature.ts';

/** At a declaration it is the declaration itself: editors then show its uses. */
export function definition(context: Context, { position }: DefinitionParams): Location[] {
  const symbol = isTypeScripts(context, position) ? undefined : symbolUnder(context, position);
  return symbol ? [locationOf(context, symbol.name.origin)] : [];
}

/** In order of the text. */
export function references(context: Context, { position, context: { includeDeclaration } }: ReferenceParams): Location[] {
  const symbol = isTypeScripts(context, position) ? undefined : symbolUnder(context, position);
  if (!symbol) return [];
  const uses = usePlaces(context, symbol);
  return (includeDeclaration ? once([symbol.name.origin, ...uses]) : uses).map((origin) => locationOf(context, origin));
}

export function highlights(context: Context, { position }: DocumentHighlightParams): DocumentHighlight[] {
  const symbol = symbolUnder(context, position);
  if (!symbol) return [];
  const written = { range: rangeOf(context, symbol.name.origin), kind: DocumentHighlightKind.Write };
  const read = usePlaces(context, symbol).map((origin) => ({
    range: rangeOf(context, origin),
    kind: DocumentHighlightKind.Read,
  }));
  return [written, ...read];
}

/** In a program TypeScript leads from names to their declarations; what stands in texts is ours. */
function isTypeScripts({ analysis: { isProgram, source } }: Context, position: Position): boolean {
  return isProgram === true && !isInText(source.text.slice(source.lineStart(position.line), source.offsetAt(position)));
}

/** Whether a line of code leaves a text open at its end. */
function isInText(code: string): boolean {
  let quote: string | undefined;
  for (let at = 0; at < code.length; at++) {
    const character = code[at]!;
    if (quote === undefined) {
      if (character === '/' && code[at + 1] === '/') return false;
      if (`'"\``.includes(character)) quote = character;
    } else if (character === '\\') at++;
    else if (character === quote) quote = undefined;
  }
  return quote !== undefined;
}

function symbolUnder({ analysis }: Context, position: Position): WorkflowSymbol | undefined {
  return symbolAt(analysis.bound, analysis.source.offsetAt(position))?.symbol;
}

function usePlaces({ analysis }: Context, symbol: WorkflowSymbol): readonly Origin[] {
  return once(usesOf(analysis.bound, symbol).map(({ name }) => name.origin));
}

/** A place that aliases use several times counts once. */
function once(origins: readonly Origin[]): readonly Origin[] {
  const places = new Map(origins.map((origin) => [origin.anchor.offset + origin.from, origin]));
  return [...places].sort(([a], [b]) => a - b).map(([, origin]) => origin);
}

function locationOf(context: Context, origin: Origin): Location {
  return { uri: context.uri, range: rangeOf(context, origin) };
}
