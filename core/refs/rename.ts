// Renaming a symbol: the edits at its declaration and at every use, each in the style that stands there.
import type { Condition, Name, Reference, Value } from '../ir/workflow.ts';
import { parse } from '../syntax/parse.ts';
import { doubleQuote } from '../syntax/quote.ts';
import { type Origin, spanOf } from '../text/origin.ts';
import { applyEdits, type Span, type TextEdit } from '../text/source.ts';
import type { Bound, Use } from './bind.ts';
import { parseCondition } from './expression.ts';
import { parseReference, parseWireReference } from './reference.ts';
import { plainName, quote } from './scanner.ts';
import { usesOf, type WorkflowSymbol } from './symbols.ts';

/** `text` is that of the document. A name that is given by an alias or a merge is edited once, where it is written. */
export function renameEdits(bound: Bound, symbol: WorkflowSymbol, to: string, text: string): readonly TextEdit[] {
  const edits = new Map<number, TextEdit>();
  const add = (edit: TextEdit) => edits.set(edit.span.start, edit);
  add(scalar(symbol.name, to, text));
  for (const use of usesOf(bound, symbol)) {
    if (!use.value) add(scalar(use.name, to, text));
    else if (isHidden(use)) for (const edit of inHidden(use, symbol, to, text)) add(edit);
    else add(inReference(spanOf(use.name.origin), to, text, text[spanOf(use.value.origin).start]));
  }
  return [...edits.values()].sort((a, b) => a.span.start - b.span.start);
}

/** A key or an item of a list: keeps its quotes, and gets some where the new name needs them. */
function scalar(name: Name, to: string, text: string): TextEdit {
  const span = spanOf(name.origin);
  const opening = text[span.start];
  if (opening === '"') return { span, text: doubleQuote(to) };
  if (
    opening === "'" ||
    !/^[\p{L}\p{N}_][\p{L}\p{N}_ .-]*$/u.test(to) ||
    /^(?:true|false|null|yes|no|on|off|[\d.]+)$/i.test(to) ||
    to.endsWith(' ')
  ) {
    return { span, text: quote(to) };
  }
  return { span, text: to };
}

/** `.name`, `['name']` or a part of `$ref/...`, in a scalar that begins with the sign `outer`. */
function inReference(span: Span, to: string, text: string, outer: string | undefined): TextEdit {
  const before = text[span.start - 1];
  if (before === '.') {
    if (plainName.test(to)) return { span, text: to };
    return { span: { start: span.start - 1, end: span.end }, text: escaped(`[${quote(to)}]`, outer) };
  }
  return { span, text: escaped(before === "'" ? to.replaceAll("'", "''") : to, outer) };
}

function escaped(piece: string, outer: string | undefined): string {
  if (outer === "'") return piece.replaceAll("'", "''");
  return outer === '"' ? doubleQuote(piece).slice(1, -1) : piece;
}

/** Escapes or line breaks of the scalar hide where in it the name stands: then the place of the name is the whole scalar. */
function isHidden({ name, value }: Use): boolean {
  const [inner, outer] = [spanOf(name.origin), spanOf(value!.origin)];
  return inner.start === outer.start && inner.end === outer.end;
}

/** The scalar is read once more: as it is written where it has no escapes, else its text, which is then written anew in its quotes. */
function inHidden(use: Use, symbol: WorkflowSymbol, to: string, text: string): readonly TextEdit[] {
  const span = spanOf(use.value!.origin);
  const written = text.slice(span.start, span.end);
  if (!/^["']/.test(written)) {
    // Of a block its first line says how to read it, and is no part of the text.
    const content = written.replace(/^[|>].*/, (head) => ' '.repeat(head.length));
    return namesIn(content, use, symbol).map((name) => inReference(moved(spanOf(name.origin), span.start), to, text, undefined));
  }
  const node = parse(written).tree;
  if (node?.kind !== 'scalar') return [];
  const edits = namesIn(node.text, use, symbol).map((name) => inReference(spanOf(name.origin), to, node.text, undefined));
  const after = applyEdits(node.text, edits);
  return [{ span, text: written.startsWith("'") ? `'${after.replaceAll("'", "''")}'` : doubleQuote(after) }];
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** The names of a scalar that mean the symbol. */
function namesIn(content: string, { place }: Use, symbol: WorkflowSymbol): readonly Name[] {
  const origin: Origin = { anchor: { offset: 0 }, from: 0, to: content.length };
  if (place.kind === 'condition' || place.kind === 'skip') {
    return parseCondition(content, origin).conditions.flatMap((condition) => namesOf(condition, symbol));
  }
  const reading = parseWireReference(content, origin) ?? parseReference(content, origin);
  return reading?.kind === 'reference' ? nameOf(reading.reference, symbol) : [];
}

function namesOf(operand: Condition | Value | undefined, symbol: WorkflowSymbol): readonly Name[] {
  switch (operand?.kind) {
    case 'condition':
      return [...namesOf(operand.left, symbol), ...namesOf(operand.right, symbol)];
    case 'list':
      return operand.items.flatMap((item) => namesOf(item, symbol));
    case 'reference':
      return nameOf(operand.reference, symbol);
    default:
      return [];
  }
}

const roots = { parameters: 'parameter', storages: 'storage', data: 'data' } as const;

function nameOf(reference: Reference, { kind, name, step }: WorkflowSymbol): readonly Name[] {
  if (reference.root !== 'steps')
    return roots[reference.root] === kind && reference.name.text === name.text ? [reference.name] : [];
  if (kind === 'step') return reference.step.text === name.text ? [reference.step] : [];
  return kind === 'output' && reference.step.text === step?.name.text && reference.output.text === name.text
    ? [reference.output]
    : [];
}
