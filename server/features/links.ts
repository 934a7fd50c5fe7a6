// Links to files of this machine: `boot_file` in its `code_dir`, and other paths that begin with `./` or `../`. Folders are shown by a
// command of the client, where it names one.
import type { DocumentLink } from 'vscode-languageserver';
import { describeAt } from '../../core/schema/describe.ts';
import type { Path } from '../../core/syntax/locate.ts';
import type { MapNode, ScalarNode, SyntaxNode } from '../../core/syntax/tree.ts';
import { spanOf } from '../../core/text/origin.ts';
import type { Context } from '../feature.ts';
import { baseOf, pathShape, resolvePath } from '../local-path.ts';

export function links(context: Context): DocumentLink[] {
  const { analysis } = context;
  if (analysis.form !== 'file') return [];
  const found: DocumentLink[] = [];
  const visit = (node: SyntaxNode | undefined, path: Path, around: MapNode | undefined): void => {
    switch (node?.kind) {
      case 'map':
        for (const { key, value, merged } of node.entries) if (!merged) visit(value, [...path, key.text], node);
        return;
      case 'seq':
        for (const [index, item] of node.items.entries()) visit(item, [...path, index], around);
        return;
      case 'scalar': {
        // What a program puts together stands nowhere as it is.
        const target = !node.origin.pieces && mayBeFile(node, path) ? targetOf(context, node, path, around) : undefined;
        if (target) found.push({ range: analysis.source.rangeOf(textSpan(node)), target });
      }
    }
  };
  visit(analysis.parsed.tree, [], undefined);
  return found;
}

/** A first look that spares most scalars the question to the schema. */
function mayBeFile({ text }: ScalarNode, path: Path): boolean {
  return /^\.{1,2}(?:\/|$)/.test(text) || path.at(-1) === 'boot_file';
}

/** Undefined where there is nothing to open. */
function targetOf(
  { uri, analysis, client }: Context,
  { text }: ScalarNode,
  path: Path,
  around: MapNode | undefined,
): string | undefined {
  const shape = pathShape(describeAt(analysis.parsed.tree, path)?.shape);
  const base = shape && baseOf(uri, shape, text, around);
  if (!base) return undefined;
  const target = resolvePath(text, base);
  if (shape.path !== 'folder' && !text.endsWith('/')) return target;
  // Most editors cannot open a folder.
  const { revealFolder } = client.commands;
  return revealFolder && `command:${revealFolder}?${encodeURIComponent(JSON.stringify([target]))}`;
}

function textSpan({ origin, style }: ScalarNode) {
  const { start, end } = spanOf(origin);
  const quotes = style === 'single' || style === 'double' ? 1 : 0;
  return { start: start + quotes, end: end - quotes };
}
