// Our own cold layout, for graphs that Graphviz is too slow for: longest-path columns, order by barycentres over nodes and
// the bends of long edges, places by repeated averaging. Linear in edges times columns crossed, but for the sorting.
import { type Placement, spread } from './placement.ts';
import { longestPathRanks } from './ranks.ts';
import type { Skeleton } from './skeleton.ts';

/** Of ordering; it ends sooner when several in a row have saved nothing. */
const mostSweeps = 32;
const mostIdleSweeps = 6;
const mostSwapPasses = 8;
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

/** Sweeps by barycentres, each followed by swaps of neighbours; the order with the fewest crossings of all stays. */
function orderColumns({ before, after, columns, ranks }: Vertices): void {
  const places = new Float64Array(ranks.length);
  const settle = (column: readonly number[]) => {
    for (const [index, vertex] of column.entries()) places[vertex] = index;
  };
  columns.forEach(settle);
  let best = columns.map((column) => [...column]);
  let fewest = crossingsOf(columns, after, places);
  for (let sweep = 0, idle = 0; sweep < mostSweeps && idle < mostIdleSweeps && fewest > 0; sweep++) {
    const forward = sweep % 2 === 0;
    const neighbours = forward ? before : after;
    for (const column of forward ? columns : columns.toReversed()) {
      const wanted = new Map(column.map((vertex) => [vertex, mean(neighbours[vertex]!, places) ?? places[vertex]!]));
      column.sort((a, b) => wanted.get(a)! - wanted.get(b)! || places[a]! - places[b]! || a - b);
      settle(column);
    }
    for (const column of columns) swapNeighbours(column, before, after, places);
    const crossings = crossingsOf(columns, after, places);
    idle = crossings < fewest ? 0 : idle + 1;
    if (crossings >= fewest) continue;
    fewest = crossings;
    best = columns.map((column) => [...column]);
  }
  for (const [index, column] of best.entries()) columns[index] = column;
}

/** Exchanges two that stand together while that saves crossings. */
function swapNeighbours(column: number[], before: Vertices['before'], after: Vertices['after'], places: Float64Array): void {
  for (let pass = 0, saved = true; saved && pass < mostSwapPasses; pass++) {
    saved = false;
    for (let index = 1; index < column.length; index++) {
      const [upper, lower] = [column[index - 1]!, column[index]!];
      const gain = pairBalance(before[upper]!, before[lower]!, places) + pairBalance(after[upper]!, after[lower]!, places);
      if (gain <= 0) continue;
      [column[index - 1], column[index]] = [lower, upper];
      [places[lower], places[upper]] = [index - 1, index];
      saved = true;
    }
  }
}

/** Crossings of two neighbours' edges as they stand, less those when they change places. */
function pairBalance(upper: readonly number[], lower: readonly number[], places: Float64Array): number {
  let balance = 0;
  for (const a of upper) for (const b of lower) balance += Math.sign(places[a]! - places[b]!);
  return balance;
}

/** Over all columns: for each edge those that were met and end further down, counted in a Fenwick tree. */
function crossingsOf(columns: Vertices['columns'], after: Vertices['after'], places: Float64Array): number {
  let crossings = 0;
  for (const [index, column] of columns.entries()) {
    const size = columns[index + 1]?.length ?? 0;
    const tree = new Int32Array(size + 1);
    let met = 0;
    for (const vertex of column) {
      const ends = after[vertex]!.map((end) => places[end]! + 1);
      for (const end of ends) {
        let notBelow = 0;
        for (let at = end; at > 0; at -= at & -at) notBelow += tree[at]!;
        crossings += met - notBelow;
      }
      for (const end of ends) for (let at = end; at <= size; at += at & -at) tree[at]!++;
      met += ends.length;
    }
  }
  return crossings;
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
