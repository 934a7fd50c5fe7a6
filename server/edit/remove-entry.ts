// Taking an entry out of the text, with its lines, and its section where nothing is left of it.
import { nodeAt, placeAt } from '../../core/syntax/locate.ts';
import type { MapNode, SeqNode } from '../../core/syntax/tree.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import type { Span, TextEdit } from '../../core/text/source.ts';
import type { Document } from './add-entry.ts';

/** `key`: of an entry of a map, or the `name` of an item of a list. Undefined where that is not what stands there. */
export function removeEntry({ text, tree }: Document, key: Origin): TextEdit | undefined {
  const place = placeAt(tree, spanOf(key).start);
  const index = place?.path.findLast((each) => typeof each === 'number');
  const path =
    place?.kind === 'key'
      ? place.path
      : index === undefined
        ? undefined
        : place!.path.slice(0, place!.path.lastIndexOf(index) + 1);
  if (!path || path.length === 0) return undefined;
  const around = nodeAt(tree, path.slice(0, -1));
  if (around?.kind !== 'map' && around?.kind !== 'seq') return undefined;
  const parts = partsOf(around);
  const at = parts.findIndex((part) => part.start <= spanOf(key).start && spanOf(key).end <= part.end);
  if (at < 0) return undefined;
  // The last entry takes its section along.
  if (parts.length === 1 && path.length > 1) {
    const section = nodeAt(tree, path.slice(0, -2));
    const entry = section?.kind === 'map' ? section.entries.findLast((each) => each.key.text === path.at(-2)) : undefined;
    return entry ? removeEntry({ text, tree }, entry.key.origin) : undefined;
  }
  return around.flow ? fromFlow(text, around, parts, at) : { span: wholeLines(text, parts[at]!), text: '' };
}

function partsOf(node: MapNode | SeqNode): readonly Span[] {
  const origins =
    node.kind === 'map' ? node.entries.filter(({ merged }) => !merged) : node.items.filter((item) => item !== undefined);
  return origins.map(({ origin }) => spanOf(origin));
}

function fromFlow(text: string, node: MapNode | SeqNode, parts: readonly Span[], at: number): TextEdit {
  const next = parts[at + 1];
  if (next) return { span: { start: parts[at]!.start, end: next.start }, text: '' };
  const before = parts[at - 1];
  if (before) return { span: { start: before.end, end: parts[at]!.end }, text: '' };
  const { start, end } = spanOf(node.origin);
  return { span: { start: start + 1, end: Math.max(start + 1, end - 1) }, text: '' };
}

/** From the line of the entry, with the comments directly above it that are indented like it, to the line of its last sign. */
function wholeLines(text: string, { start, end }: Span): Span {
  let from = text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(from))![0];
  for (let line = from; line > 0 && indent !== ''; ) {
    line = text.lastIndexOf('\n', line - 2) + 1;
    if (!text.startsWith(`${indent}#`, line)) break;
    from = line;
  }
  let last = end;
  while (last > start && /\s/.test(text[last - 1]!)) last--;
  const to = text.indexOf('\n', last);
  return { start: from, end: to < 0 ? text.length : to + 1 };
}
