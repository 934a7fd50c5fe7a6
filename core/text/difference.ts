// What two versions of a list have between their equal ends. Items are compared by identity, so that what an edit did not touch,
// which keeps its objects, costs a comparison and no more.

export interface Difference {
  /** Items before this index are the same. */
  readonly from: number;
  /** Where the equal end begins, in the list before and in the list after. */
  readonly before: number;
  readonly after: number;
}

export function differenceOf(before: readonly unknown[], after: readonly unknown[]): Difference {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let end = 0;
  while (end < most - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from, before: before.length - end, after: after.length - end };
}

/** A list that goes with the one before, made to go with the one after: `added` stands for what is new there. */
export function spliced<T>(list: readonly T[], { from, before }: Difference, added: readonly T[]): readonly T[] {
  if (from === before && added.length === 0) return list;
  if (from === 0 && before === list.length) return added;
  return list.slice(0, from).concat(added, list.slice(before));
}
