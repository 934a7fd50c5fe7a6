// What is settled once a map has all its entries: merge keys are resolved, repeated keys are reported.
import type { Cursor } from './cursor.ts';
import { badMerge, duplicateKey } from './findings.ts';
import type { MapEntry, MapNode, SyntaxNode } from './tree.ts';

export function finishMap(cursor: Cursor, map: MapNode): MapNode {
  const first = new Map<string, MapEntry>();
  let merges = false;
  for (const entry of map.entries) {
    const name = entry.key.text;
    if (isMerge(entry)) merges = true;
    else if (!first.has(name)) first.set(name, entry);
    else cursor.report(duplicateKey(name, entry.key.origin, first.get(name)!.key.origin));
  }
  return merges ? { ...map, entries: mergeEntries(cursor, map.entries, new Set(first.keys())) } : map;
}

function isMerge(entry: MapEntry): boolean {
  return entry.key.text === '<<' && entry.key.style === 'plain';
}

/** Written keys win over merged ones, earlier maps of a list over later ones. */
function mergeEntries(cursor: Cursor, entries: readonly MapEntry[], taken: Set<string>): readonly MapEntry[] {
  return entries.flatMap((entry) => {
    if (!isMerge(entry)) return [entry];
    const sources = entry.value?.kind === 'seq' ? entry.value.items : [entry.value];
    return sources.flatMap((source) => {
      if (source?.kind !== 'map') {
        if (!isReported(source)) cursor.report(badMerge((source ?? entry.key).origin));
        return [];
      }
      const added = source.entries.filter(({ key }) => !taken.has(key.text));
      for (const { key } of added) taken.add(key.text);
      return added.map((inner) => ({ ...inner, merged: true }));
    });
  });
}

/** An unknown alias stands in the tree as its text and has its finding already. */
function isReported(node: SyntaxNode | undefined): boolean {
  return node?.kind === 'scalar' && node.style === 'plain' && node.text.startsWith('*');
}
