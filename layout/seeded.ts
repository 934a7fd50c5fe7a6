// A layout after an edit: what was drawn stays where it was, new steps find room between.
// S1. A step that was drawn keeps its column unless an edge would no longer go forward.
// S2. Steps that share a column before and after keep their order.
// S3. Where pushing on what follows would move too many, what must move gets a column of its own in between (2.5), and the rest stays.
import type { Layout } from '../core/graph/layout.ts';
import { columnsOf, type Placement, spread } from './placement.ts';
import type { Skeleton } from './skeleton.ts';

/** Share of the drawn steps that may be pushed to later columns by one edit. */
const mostPushed = 0.03;
/** Below this share of steps that were drawn already, the seed says too little. */
const leastKnown = 0.5;
/** A drawn step against a new one: who makes room. */
const weightOfDrawn = 50;

interface Drawn {
  readonly rank: number;
  readonly middle: number;
}

/** Undefined when the seed does not fit: then lay out afresh. `across` reads a node's middle across the flow. */
export function placeSeeded(
  skeleton: Skeleton,
  seed: Layout,
  middleOf: (node: Layout['nodes'][number]) => number,
  extents: readonly number[],
  gap: number,
): Placement | undefined {
  const seeded = new Map(seed.nodes.map((node) => [node.name, { rank: node.rank, middle: middleOf(node) }]));
  const drawn = skeleton.names.map((name) => seeded.get(name));
  const known = drawn.filter((node) => node !== undefined).length;
  if (known === 0 || known < skeleton.names.length * leastKnown) return undefined;

  const pushed = pushForward(skeleton, newRanks(skeleton, drawn, false), nextWhole);
  const allowed = Math.max(1, Math.floor(known * mostPushed));
  const ranks =
    movedOf(drawn, pushed) <= allowed ? pushed : pushForward(skeleton, newRanks(skeleton, drawn, true), halfWayIn(drawn));
  if (!allForward(skeleton, ranks)) return undefined;
  return { ranks, middles: placeAcross(skeleton, drawn, ranks, extents, gap) };
}

function movedOf(drawn: readonly (Drawn | undefined)[], ranks: readonly number[]): number {
  return drawn.filter((node, index) => node && node.rank !== ranks[index]).length;
}

/** Columns before edges are looked at again: the old ones, and for new steps one after what they take from. */
function newRanks(skeleton: Skeleton, drawn: readonly (Drawn | undefined)[], between: boolean): number[] {
  const first = drawn.reduce((least, node) => Math.min(least, node?.rank ?? least), Infinity);
  // From the back: the earliest drawn step that a new one leads to, and how many new ones lie before it.
  const limit = new Array<number>(drawn.length).fill(Infinity);
  const chain = new Array<number>(drawn.length).fill(0);
  for (const node of skeleton.sorted.toReversed()) {
    if (drawn[node]) continue;
    for (const next of skeleton.after[node]!) {
      limit[node] = Math.min(limit[node]!, drawn[next]?.rank ?? limit[next]!);
      chain[node] = Math.max(chain[node]!, drawn[next] ? 0 : chain[next]! + 1);
    }
  }
  const ranks = drawn.map((node) => node?.rank ?? first);
  for (const node of skeleton.sorted) {
    if (drawn[node]) continue;
    const last = skeleton.before[node]!.reduce((most, other) => Math.max(most, ranks[other]!), -Infinity);
    if (last === -Infinity) {
      // A new start stands just before what it feeds; that may be a column before the first.
      ranks[node] = limit[node] === Infinity ? first : Math.ceil(limit[node]! - 1 - chain[node]!);
      continue;
    }
    const next = Math.floor(last) + 1;
    const fits = next + chain[node]! < limit[node]!;
    const possible = last < limit[node]!;
    ranks[node] = fits || !between || !possible ? next : last + (limit[node]! - last) / (chain[node]! + 2);
  }
  return ranks;
}

/** Keeps S1 while every edge goes forward. `later` gives the column for what must stand behind a column. */
function pushForward(skeleton: Skeleton, ranks: readonly number[], later: (rank: number) => number): number[] {
  const pushed = [...ranks];
  for (const node of skeleton.sorted) {
    for (const next of skeleton.after[node]!) {
      if (pushed[next]! <= pushed[node]!) pushed[next] = later(pushed[node]!);
    }
  }
  return pushed;
}

function nextWhole(rank: number): number {
  return Math.floor(rank) + 1;
}

/** Half-way to the next column that was drawn. */
function halfWayIn(drawn: readonly (Drawn | undefined)[]): (rank: number) => number {
  const columns = [...new Set(drawn.flatMap((node) => node?.rank ?? []))].sort((a, b) => a - b);
  return (rank) => {
    const next = columns.find((column) => column > rank);
    return next === undefined ? nextWhole(rank) : (rank + next) / 2;
  };
}

/** Not so when halves of halves have become too small to tell apart. */
function allForward(skeleton: Skeleton, ranks: readonly number[]): boolean {
  return skeleton.after.every((nodes, node) => nodes.every((next) => ranks[next]! > ranks[node]!));
}

function placeAcross(
  skeleton: Skeleton,
  drawn: readonly (Drawn | undefined)[],
  ranks: readonly number[],
  extents: readonly number[],
  gap: number,
): number[] {
  const stays = drawn.map((node, index) => node?.rank === ranks[index]);
  const middles = drawn.map((node) => node?.middle);
  const lowest = drawn.reduce((most, node) => Math.max(most, node?.middle ?? most), -Infinity);
  for (const node of skeleton.sorted) {
    if (stays[node]) continue;
    const around = [...skeleton.before[node]!, ...skeleton.after[node]!].flatMap((other) => middles[other] ?? []);
    // Without neighbours: below everything, where it is in nobody's way.
    middles[node] = around.length > 0 ? around.reduce((sum, middle) => sum + middle, 0) / around.length : lowest + 1;
  }
  const desired = middles.map((middle) => middle!);
  for (const { nodes } of columnsOf({ ranks, middles: desired })) {
    const items = nodes.map((node) => ({
      desired: desired[node]!,
      extent: extents[node]!,
      weight: stays[node] ? weightOfDrawn : 1,
    }));
    for (const [index, middle] of spread(items, gap).entries()) desired[nodes[index]!] = middle;
  }
  return desired;
}
