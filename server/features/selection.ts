// Growing a selection: the name in a reference, the expression, the text, with its quotes, the entry, the map around, the document.
import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import { symbolAt } from '../../core/refs/symbols.ts';
import { nodeAt, placeAt } from '../../core/syntax/locate.ts';
import type { SyntaxNode } from '../../core/syntax/tree.ts';
import { spanOf } from '../../core/text/origin.ts';
import type { Span } from '../../core/text/source.ts';
import type { Context } from '../feature.ts';

export function selection(context: Context, { positions }: SelectionRangeParams): SelectionRange[] {
  const { source } = context.analysis;
  return positions.map((position) => {
    const offset = source.offsetAt(position);
    const spans = [...spansAt(context, offset)].sort((a, b) => a.start - b.start || b.end - a.end);
    let range: SelectionRange | undefined;
    let outer: Span = { start: 0, end: source.text.length };
    for (const span of [outer, ...spans]) {
      if (span.start < outer.start || span.end > outer.end || (range && span.start === outer.start && span.end === outer.end))
        continue;
      range = { range: source.rangeOf(span), ...(range && { parent: range }) };
      outer = span;
    }
    return range!;
  });
}

function* spansAt({ analysis: { parsed, bound, source } }: Context, offset: number): Generator<Span> {
  const name = symbolAt(bound, offset);
  if (name) yield spanOf(name.origin);
  const place = placeAt(parsed.tree, offset);
  if (!place) return;
  const whole = spanOf(place.node.origin);
  if (place.node.kind === 'scalar') yield* scalarSpans(source.text, whole, offset);
  for (let length = 0; length <= place.path.length; length++) {
    const node = nodeAt(parsed.tree, place.path.slice(0, length));
    if (node) yield spanOf(node.origin);
    const key = place.path[length];
    const entry = entryOf(node, key);
    if (entry) yield spanOf(entry.origin);
  }
  yield whole;
}

function entryOf(node: SyntaxNode | undefined, key: string | number | undefined) {
  return node?.kind === 'map' ? node.entries.findLast((entry) => !entry.merged && entry.key.text === key) : undefined;
}

/** Without the quotes, and the braces around the offset. */
function* scalarSpans(text: string, { start, end }: Span, offset: number): Generator<Span> {
  const written = text.slice(start, end);
  if (/^(["']).*\1$/s.test(written) && written.length > 1) yield { start: start + 1, end: end - 1 };
  for (const { index, 0: expression } of written.matchAll(/\$\{\{.*?\}\}/g)) {
    const span = { start: start + index, end: start + index + expression.length };
    if (span.start <= offset && offset <= span.end) yield span;
  }
}
