// Our own cold layout, for graphs that Graphviz is too slow for: longest-path columns, order by barycentres over nodes and
// the bends of long edges, places by repeated averaging. Linear in edges times columns crossed, but for the sorting.
import { type Placement, spread } from './placement.ts';
import { longestPathRanks } from './ranks.ts';
import type { Skeleton } from './skeleton.ts';

const orderingSweeps = 10;
const placingSweeps = 6;
/** Beyond this many, long edges are ordered as if they were short: the picture is dense anyway. */
const mostBends = 60_000;
const bendExtent = 8;

interface Vertices {
  /** By vertex; nodes first, then bends. */
  readonly ranks: readonly number[];
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
  readonly columns: number[][];
}

export function placeLayered(skeleton: Skeleton, extents: readonly number[], gap: number): Placement {
  const vertices = withBends(skeleton);
  orderColumns(vertices);
  const middles = placeColumns(vertices, (vertex) => extents[vertex] ?? bendExtent, gap, skeleton.names.length);
  return { ranks: vertices.ranks.slice(0, skeleton.names.length), middles: middles.slice(0, skeleton.names.length) };
}

function withBends(skeleton: Skeleton): Vertices {
  const ranks = longestPathRanks(skeleton);
  const before: number[][] = ranks.map(() => []);
  const after: number[][] = ranks.map(() => []);
  let bends = 0;
  for (const [from, nodes] of skeleton.after.entries()) for (const to of nodes) bends += ranks[to]! - ranks[from]! - 1;
  const bend = bends <= mostBends;
  for (const [from, nodes] of skeleton.after.entries()) {
    for (const to of nodes) {
      let last = from;
      for (let rank = ranks[from]! + 1; bend && rank < ranks[to]!; rank++) {
        const vertex = ranks.push(rank) - 1;
        before.push([last]);
        after.push([]);
        after[last]!.push(vertex);
        last = vertex;
      }
      after[last]!.push(to);
      before[to]!.push(last);
    }
  }
  const columns: number[][] = Array.from({ length: ranks.reduce((most, rank) => Math.max(most, rank), -1) + 1 }, () => []);
  for (const vertex of firstVisit(ranks.length, skeleton.sorted, after)) columns[ranks[vertex]!]!.push(vertex);
  return { ranks, before, after, columns };
}

/** Depth first, so that what belongs together starts together. */
function firstVisit(count: number, sorted: readonly number[], after: readonly (readonly number[])[]): number[] {
  const seen = new Uint8Array(count);
  const visited: number[] = [];
  for (const root of sorted) {
    const stack = [root];
    for (let vertex = stack.pop(); vertex !== undefined; vertex = stack.pop()) {
      if (seen[vertex]) continue;
      seen[vertex] = 1;
      visited.push(vertex);
      stack.push(...after[vertex]!.toReversed());
    }
  }
  return visited;
}

/** Places are shares of a column (0 to 1), so that neighbours in columns of different length compare. */
function orderColumns({ before, after, columns, ranks }: Vertices): void {
  const places = new Float64Array(ranks.length);
  const settle = (column: readonly number[]) => {
    for (const [index, vertex] of column.entries()) places[vertex] = (index + 0.5) / column.length;
  };
  columns.forEach(settle);
  for (let sweep = 0; sweep < orderingSweeps; sweep++) {
    const forward = sweep % 2 === 0;
    const neighbours = forward ? before : after;
    for (const column of forward ? columns : columns.toReversed()) {
      const wanted = new Map(column.map((vertex) => [vertex, mean(neighbours[vertex]!, places) ?? places[vertex]!]));
      column.sort((a, b) => wanted.get(a)! - wanted.get(b)! || places[a]! - places[b]! || a - b);
      settle(column);
    }
  }
}

function placeColumns(vertices: Vertices, extentOf: (vertex: number) => number, gap: number, nodes: number): number[] {
  const { before, after, columns, ranks } = vertices;
  const middles = new Array<number>(ranks.length).fill(0);
  const place = (column: readonly number[], desired: (vertex: number) => number) => {
    const items = column.map((vertex) => ({
      desired: desired(vertex),
      extent: extentOf(vertex),
      // Bends pull hardest: a straight long edge is worth more than a centred card.
      weight: vertex < nodes ? 1 : 4,
    }));
    for (const [index, middle] of spread(items, gap).entries()) middles[column[index]!] = middle;
  };
  for (const column of columns) place(column, () => 0);
  for (let sweep = 0; sweep < placingSweeps; sweep++) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? columns : columns.toReversed()) {
      place(column, (vertex) => {
        const near = mean((forward ? before : after)[vertex]!, middles);
        const far = mean((forward ? after : before)[vertex]!, middles);
        return near ?? far ?? middles[vertex]!;
      });
    }
  }
  for (const column of columns)
    place(column, (vertex) => mean([...before[vertex]!, ...after[vertex]!], middles) ?? middles[vertex]!);
  return middles;
}

function mean(vertices: readonly number[], values: ArrayLike<number>): number | undefined {
  if (vertices.length === 0) return undefined;
  let sum = 0;
  for (const vertex of vertices) sum += values[vertex]!;
  return sum / vertices.length;
}
