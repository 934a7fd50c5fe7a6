// Columns for a cold graph: the longest way from a start, then starts are pulled towards what they feed.
import type { Skeleton } from './skeleton.ts';

export function longestPathRanks(skeleton: Skeleton): number[] {
  const ranks = new Array<number>(skeleton.names.length).fill(0);
  for (const node of skeleton.sorted) {
    for (const next of skeleton.after[node]!) ranks[next] = Math.max(ranks[next]!, ranks[node]! + 1);
  }
  // Backwards, so that a chain of single feeders moves as one.
  for (const node of skeleton.sorted.toReversed()) {
    const next = skeleton.after[node]!;
    if (next.length > skeleton.before[node]!.length) {
      ranks[node] = Math.min(...next.map((other) => ranks[other]!)) - 1;
    }
  }
  return ranks;
}
