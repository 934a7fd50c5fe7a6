// How a thing of a run is written: `parameters.epochs`, `steps['my step'].outputs.metrics.accuracy`, and further into a value
// `parameters.shape.sizes[2]`, which the language of conditions does not know.
import { plainName } from '../core/refs/scanner.ts';

export function pathOf(root: string, ...names: readonly (string | number)[]): string {
  return root + names.map(segment).join('');
}

function segment(name: string | number): string {
  if (typeof name === 'number') return `[${name}]`;
  return plainName.test(name) ? `.${name}` : `['${name.replaceAll("'", "''")}']`;
}

const parts = /^([\p{L}\p{M}\p{N}_-]+)|\.([\p{L}\p{M}\p{N}_-]+)|\['((?:[^']|'')*)'\]|\["([^"]*)"\]|\[(\d+)\]/uy;

/** The names of a path, the root first; undefined where the text is no path. Braces around it may stand. */
export function parsePath(text: string): readonly string[] | undefined {
  const bare = text.replace(/^\s*\$\{\{(.*)\}\}\s*$/su, '$1').trim();
  const names: string[] = [];
  for (let at = 0; at < bare.length; at = parts.lastIndex) {
    parts.lastIndex = at;
    const match = parts.exec(bare);
    if (!match) return undefined;
    const [, root, plain, quoted, double, index] = match;
    if (root === undefined && at === 0) return undefined;
    names.push(root ?? plain ?? quoted?.replaceAll("''", "'") ?? double ?? index!);
  }
  return names.length > 0 ? names : undefined;
}
