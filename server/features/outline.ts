// The outline: collections, their entries, and the inputs and outputs of steps.
import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import type { Declaration, Scene, Step } from '../../core/ir/workflow.ts';
import { textAt } from '../../core/ir/workflow.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import type { Span } from '../../core/text/source.ts';
import { type Context, rangeOf } from '../feature.ts';

export function outline(context: Context): DocumentSymbol[] | SymbolInformation[] {
  const symbols = context.analysis.isProgram ? kinds(context) : collections(context);
  return context.client.hierarchicalSymbols ? symbols : flat(context.uri, symbols);
}

/** In a program they stand wherever they are made: in order of the text below the workflow. */
function kinds(context: Context): DocumentSymbol[] {
  const { name, origin } = context.analysis.workflow;
  const entries = entriesOf(context).sort((a, b) => a.at.start - b.at.start);
  if (!name || entries.length === 0) return [];
  const children = entries.map(({ symbol }) => symbol);
  const workflow = symbolOf(context, name.text, SymbolKind.Module, origin, name.origin, undefined);
  // A parent covers its children.
  return [{ ...workflow, range: rangeOf(context, wholeText(context)), children }];
}

function wholeText({ analysis }: Context): Origin {
  return { anchor: { offset: 0 }, from: 0, to: analysis.source.text.length };
}

function entriesOf(context: Context): Placed[] {
  const { workflow } = context.analysis;
  return [
    ...[...workflow.storages, ...workflow.parameters, ...workflow.data]
      .filter(({ inline }) => !inline)
      .map((node) => declarationSymbol(context, node)),
    ...workflow.steps.map((node) => stepSymbol(context, node)),
    ...[...workflow.scenes, ...workflow.subGraphs].map((node) => sceneSymbol(context, node)),
  ];
}

/** Entries stand below the top-level member that they are written in. */
function collections(context: Context): DocumentSymbol[] {
  const { parsed } = context.analysis;
  const entries = entriesOf(context);
  if (parsed.tree?.kind !== 'map') return [];
  return parsed.tree.entries.flatMap((entry) => {
    const span = spanOf(entry.origin);
    const children = entries.filter(({ at }) => span.start <= at.start && at.end <= span.end).map(({ symbol }) => symbol);
    if (children.length === 0 || entry.merged) return [];
    return [symbolOf(context, entry.key.text, SymbolKind.Namespace, entry.origin, entry.key.origin, undefined, children)];
  });
}

interface Placed {
  readonly symbol: DocumentSymbol;
  readonly at: Span;
}

const declarationKinds = { storage: SymbolKind.Package, parameter: SymbolKind.Variable, data: SymbolKind.Object } as const;

function declarationSymbol(context: Context, { kind, name, origin, fields }: Declaration): Placed {
  const detail = kind === 'storage' ? textAt(fields, 'default') : textAt(fields, 'type');
  return placed(symbolOf(context, name.text, declarationKinds[kind], origin, name.origin, detail), name.origin);
}

function stepSymbol(context: Context, step: Step): Placed {
  const slots = [
    ...step.inputs.map((input) => symbolOf(context, input.name.text, SymbolKind.Field, input.origin, input.name.origin)),
    ...step.outputs.map((output) => symbolOf(context, output.name.text, SymbolKind.Property, output.origin, output.name.origin)),
  ];
  const { name, origin, typeName } = step;
  return placed(symbolOf(context, name.text, SymbolKind.Function, origin, name.origin, typeName?.text, slots), name.origin);
}

function sceneSymbol(context: Context, { name, origin, steps }: Scene): Placed {
  const detail = steps.map(({ text }) => text).join(', ');
  return placed(symbolOf(context, name.text, SymbolKind.Event, origin, name.origin, detail), name.origin);
}

function placed(symbol: DocumentSymbol, origin: Origin): Placed {
  return { symbol, at: spanOf(origin) };
}

function symbolOf(
  context: Context,
  name: string,
  kind: SymbolKind,
  origin: Origin,
  nameOrigin: Origin,
  detail?: string,
  children: DocumentSymbol[] = [],
): DocumentSymbol {
  const whole = spanOf(origin);
  const part = spanOf(nameOrigin);
  const selectionRange = rangeOf(context, nameOrigin);
  // With aliases and merges a name may stand elsewhere than what it names.
  const contains = whole.start <= part.start && part.end <= whole.end;
  return {
    // An empty name is refused by the client.
    name: name.trim() === '' ? '""' : name,
    kind,
    range: contains ? rangeOf(context, origin) : selectionRange,
    selectionRange,
    ...(detail && { detail }),
    ...(children.length > 0 && { children }),
  };
}

function flat(uri: string, symbols: readonly DocumentSymbol[], containerName?: string): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children = [] }) => [
    { name, kind, location: { uri, range }, ...(containerName && { containerName }) },
    ...flat(uri, children, name),
  ]);
}
