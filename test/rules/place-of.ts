// The range that a path points to: from the key to the end of the value; of an item of a list, the item.
import type { SyntaxNode } from '../../core/syntax/tree.ts';
import { spanOf } from '../../core/text/origin.ts';
import type { Span } from '../../core/text/source.ts';

/** Of the deepest part of the path that the tree has. */
export function placeOf(root: SyntaxNode, path: readonly (string | number)[]): Span {
  let span = spanOf(root.origin);
  let node: SyntaxNode | undefined = root;
  for (const part of path) {
    if (node?.kind === 'map') {
      const entry: (typeof node.entries)[number] | undefined = node.entries.find(({ key }) => key.text === String(part));
      if (!entry) return span;
      span = spanOf(entry.origin);
      node = entry.value;
    } else if (node?.kind === 'seq') {
      node = node.items[Number(part)];
      if (node) span = spanOf(node.origin);
    }
  }
  return span;
}
