// Links to files of this machine: `boot_file` in its `code_dir`, and other paths that begin with `./` or `../`. Folders are shown by a
// command of the client, where it names one.
import type { DocumentLink } from 'vscode-languageserver';
import type { ScalarShape } from '../../core/schema/descriptor.ts';
import { describeAt } from '../../core/schema/describe.ts';
import type { Path } from '../../core/syntax/locate.ts';
import type { MapNode, ScalarNode, SyntaxNode } from '../../core/syntax/tree.ts';
import { spanOf } from '../../core/text/origin.ts';
import type { Context } from '../feature.ts';
import { baseOf, pathShape, resolvePath } from '../local-path.ts';
import { partsOf, rememberedByPart } from '../parts.ts';

export function links(context: Context): DocumentLink[] {
  const { analysis } = context;
  if (analysis.form !== 'file') return [];
  const found: DocumentLink[] = [];
  for (const part of partsOf(analysis)) {
    for (const path of pathsIn(part)) {
      const target = targetOf(context, path);
      if (target) found.push({ range: analysis.source.rangeOf(textSpan(path.node)), target });
    }
  }
  return found;
}

/** A scalar where a path can stand. */
interface WrittenPath {
  readonly node: ScalarNode;
  readonly shape: ScalarShape;
  /** The map that it is a member of. */
  readonly around: MapNode | undefined;
}

const pathsIn = rememberedByPart(({ path: start, value: whole, tree }) => {
  const found: WrittenPath[] = [];
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
        const shape = !node.origin.pieces && mayBePath(node, path) ? pathShape(describeAt(tree, path)?.shape) : undefined;
        if (shape) found.push({ node, shape, around });
      }
    }
  };
  visit(whole, start, undefined);
  return found;
});

/** A first look that spares most scalars the question to the schema. */
function mayBePath({ text }: ScalarNode, path: Path): boolean {
  return /^\.{1,2}(?:\/|$)/.test(text) || path.at(-1) === 'boot_file';
}

/** Undefined where there is nothing to open. */
function targetOf({ uri, client }: Context, { node: { text }, shape, around }: WrittenPath): string | undefined {
  const base = baseOf(uri, shape, text, around);
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
