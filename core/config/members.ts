// Reads members of a map in a settings file: lenient, since what has the wrong form is reported by the walk of the schema.
import { type MapEntry, plainValue, type ScalarNode, type SyntaxNode } from '../syntax/tree.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The value of the last member of that name. */
export function member(node: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.findLast((entry) => entry.key.text === name)?.value;
}

/** Members of a collection that is keyed by names of the author's; a repeated name counts once, as last written. */
export function entriesOf(node: SyntaxNode | undefined): readonly MapEntry[] {
  if (node?.kind !== 'map') return [];
  return node.entries.filter(
    (entry, index) => !node.entries.some((later, at) => at > index && later.key.text === entry.key.text),
  );
}

export function itemsOf(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  return node?.kind === 'seq' ? node.items.filter((item) => item !== undefined) : [];
}

/** The source text of a scalar, so that `007` and `1.10` stay what they are; undefined for an empty one. */
export function textOf(node: SyntaxNode | undefined): string | undefined {
  return node?.kind === 'scalar' && !isNull(node) ? node.text : undefined;
}

export function numberOf(node: SyntaxNode | undefined): number | undefined {
  const value = node?.kind === 'scalar' ? plainValue(node) : undefined;
  return typeof value === 'number' ? value : undefined;
}

/** As JSON data, scalars by the core schema of YAML. */
export function jsonOf(node: SyntaxNode | undefined): Json {
  switch (node?.kind) {
    case undefined:
      return null;
    case 'scalar':
      return plainValue(node);
    case 'seq':
      return node.items.map(jsonOf);
    case 'map':
      return Object.fromEntries(node.entries.map((entry) => [entry.key.text, jsonOf(entry.value)]));
  }
}

function isNull(node: ScalarNode): boolean {
  return node.style === 'plain' && plainValue(node) === null;
}
