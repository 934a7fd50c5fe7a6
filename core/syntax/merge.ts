// What is settled once a map has all its entries: merge keys are resolved, repeated keys are reported.
import { differenceOf } from '../text/difference.ts';
import type { Cursor } from './cursor.ts';
import { badMerge, duplicateKey } from './findings.ts';
import type { Run } from './part.ts';
import type { MapEntry, MapNode, SyntaxNode } from './tree.ts';

export function finishMap(cursor: Cursor, map: MapNode, run: Run): MapNode {
  const { entries } = map;
  const { before } = run;
  run.before = undefined;
  // An edit may have made two collections of one: the names go on with the first.
  const names = before?.names;
  if (before) before.names = undefined;
  if (names && goOn(names, before.entries, entries)) {
    run.entries = entries;
    run.names = names;
    return map;
  }
  const first = new Map<string, MapEntry>();
  let merges = false;
  for (const entry of entries) {
    const name = entry.key.text;
    if (isMerge(entry)) merges = true;
    else if (!first.has(name)) first.set(name, entry);
    else cursor.report(duplicateKey(name, entry.key.origin, first.get(name)!.key.origin));
  }
  if (merges) return { ...map, entries: mergeEntries(cursor, entries, new Set(first.keys())) };
  if (cursor.level < 2 && first.size === entries.length) {
    run.entries = entries;
    run.names = first;
  }
  return map;
}

/** Brings the names of a collection to those of its next version; false where that has repeated names or merges. */
function goOn(names: Map<string, MapEntry>, before: readonly MapEntry[], after: readonly MapEntry[]): boolean {
  const difference = differenceOf(before, after);
  for (let index = difference.from; index < difference.before; index++) names.delete(before[index]!.key.text);
  for (let index = difference.from; index < difference.after; index++) {
    const entry = after[index]!;
    if (isMerge(entry) || names.has(entry.key.text)) return false;
    names.set(entry.key.text, entry);
  }
  return true;
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
