// A value of the text as one to be written elsewhere.
import { spanOf } from '../../core/text/origin.ts';
import type { SyntaxNode } from '../../core/syntax/tree.ts';
import { flowText, line, members, type NewValue } from './add-entry.ts';
import { asWritten, referenceText } from './yaml-text.ts';

/** Undefined where an alias or merge gives a part of it. Comments are not taken along. */
export function newValueOf(node: SyntaxNode, text: string): NewValue | undefined {
  if (node.kind === 'scalar') {
    if (!node.text.includes('${{')) return line(asWritten(node, text));
    return line(referenceText(node.text, false), referenceText(node.text, true));
  }
  if (node.kind === 'seq') {
    const items = node.items.map((item) => item && inside(node, item) && newValueOf(item, text));
    return items.every((item) => !!item) ? line(`[${items.map(flowText).join(', ')}]`) : undefined;
  }
  const entries = node.entries.map(({ key, value, merged }) => {
    const written = merged || (value && !inside(node, value)) ? undefined : value ? newValueOf(value, text) : line('');
    return [key.text, written] as const;
  });
  return entries.every((entry): entry is readonly [string, NewValue] => entry[1] !== undefined) ? members(entries) : undefined;
}

function inside(outer: SyntaxNode, inner: SyntaxNode): boolean {
  const [a, b] = [spanOf(outer.origin), spanOf(inner.origin)];
  return a.start <= b.start && b.end <= a.end;
}
