// Renaming a symbol: the edits at its declaration and at every use, each in the style that stands there.
import type { Name } from '../ir/workflow.ts';
import { spanOf } from '../text/origin.ts';
import type { TextEdit } from '../text/source.ts';
import type { Bound } from './bind.ts';
import { plainName, quote } from './scanner.ts';
import { usesOf, type WorkflowSymbol } from './symbols.ts';

/** `text` is that of the document. A name that is given by an alias or a merge is edited once, where it is written. */
export function renameEdits(bound: Bound, symbol: WorkflowSymbol, to: string, text: string): readonly TextEdit[] {
  const edits = new Map<number, TextEdit>();
  const names: readonly (readonly [Name, boolean])[] = [
    [symbol.name, false],
    ...usesOf(bound, symbol).map((use) => [use.name, use.value !== undefined] as const),
  ];
  for (const [name, inside] of names) {
    const edit = inside ? insideReference(name, to, text) : scalar(name, to, text);
    if (edit) edits.set(edit.span.start, edit);
  }
  return [...edits.values()].sort((a, b) => a.span.start - b.span.start);
}

/** A key or an item of a list: keeps its quotes, and gets some where the new name needs them. */
function scalar(name: Name, to: string, text: string): TextEdit {
  const span = spanOf(name.origin);
  const opening = text[span.start];
  if (opening === '"') return { span, text: JSON.stringify(to) };
  if (
    opening === "'" ||
    !/^[\p{L}\p{N}_][\p{L}\p{N}_ .-]*$/u.test(to) ||
    /^(?:true|false|null|yes|no|on|off|[\d.]+)$/i.test(to)
  ) {
    return { span, text: quote(to) };
  }
  return { span, text: to };
}

/** `.name`, `['name']` or a part of `$ref/...`. Undefined where escapes hide the place: the whole scalar is no name. */
function insideReference(name: Name, to: string, text: string): TextEdit | undefined {
  const span = spanOf(name.origin);
  const written = text.slice(span.start, span.end);
  if (written !== name.text && written.replaceAll("''", "'") !== name.text) return undefined;
  const before = text[span.start - 1];
  if (before === '.') {
    if (plainName.test(to)) return { span, text: to };
    return { span: { start: span.start - 1, end: span.end }, text: `[${quote(to)}]` };
  }
  return { span, text: before === "'" ? to.replaceAll("'", "''") : to };
}
