// Paths of this machine in a workflow: relative to the file, or inside of another member such as `code_dir`.
import type { ScalarShape, Shape } from '../core/schema/descriptor.ts';
import { memberOf } from '../core/schema/shape.ts';
import type { SyntaxNode } from '../core/syntax/tree.ts';

/** The shape of a path that can be written here; undefined where none can. */
export function pathShape(shape: Shape | undefined): ScalarShape | undefined {
  switch (shape?.kind) {
    case 'list':
      return pathShape(shape.item);
    case 'object':
      return shape.short ? pathShape(memberOf(shape, shape.short)!.shape) : undefined;
    case 'scalar':
      return shape.path ? shape : undefined;
    default:
      return undefined;
  }
}

/**
 * The URI that the path is relative to; undefined where it is no local one. `around` is the map that it is a member of.
 * A `code_dir` may be written without its final slash.
 */
export function baseOf(
  document: string,
  { inside }: ScalarShape,
  text: string,
  around: SyntaxNode | undefined,
): string | undefined {
  if (!/^[\w+.-]+:\/\//.test(document) || text.includes('${{')) return undefined;
  if (/^\.{1,2}(?:\/|$)/.test(text)) return document;
  if (!inside || around?.kind !== 'map' || /^(?:\/|\w+:)/.test(text)) return undefined;
  const folder = around.entries.findLast(({ key }) => key.text === inside)?.value;
  if (folder?.kind !== 'scalar' || !/^\.{1,2}(?:\/|$)/.test(folder.text)) return undefined;
  return resolvePath(folder.text.endsWith('/') ? folder.text : `${folder.text}/`, document);
}

export function resolvePath(path: string, base: string): string {
  return new URL(path.split('/').map(encodeURIComponent).join('/'), base).href;
}
