// A graph as numbers, made safe for layout: each name once, parallel edges joined, edges to nothing dropped, cycles turned
// around at one edge. Text with errors gives such graphs all the time.
import type { Graph } from '../core/graph/graph.ts';

export interface Skeleton {
  readonly names: readonly string[];
  readonly titles: readonly string[];
  /** All edges to draw, as the author has them: self loops and edges that close a cycle too. */
  readonly edges: readonly SkeletonEdge[];
  /** Acyclic: predecessors and successors by node. */
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
  /** Every node after its predecessors; otherwise in the graph's order. */
  readonly sorted: readonly number[];
}

export interface SkeletonEdge {
  readonly from: number;
  readonly to: number;
  readonly kinds: readonly string[];
}

export function skeletonOf(graph: Graph): Skeleton {
  const indexes = new Map<string, number>();
  const titles: string[] = [];
  for (const node of graph.nodes) {
    if (indexes.has(node.name)) continue;
    indexes.set(node.name, indexes.size);
    titles.push(node.title || node.name);
  }
  const edges = joinParallel(graph, indexes);
  const cyclic = edgesThatCloseCycles(indexes.size, edges);
  const before: number[][] = Array.from(indexes, () => []);
  const after: number[][] = Array.from(indexes, () => []);
  for (const edge of edges) {
    if (edge.from === edge.to) continue;
    const turned = cyclic.has(edge);
    const from = turned ? edge.to : edge.from;
    const to = turned ? edge.from : edge.to;
    if (after[from]!.includes(to)) continue;
    after[from]!.push(to);
    before[to]!.push(from);
  }
  return { names: [...indexes.keys()], titles, edges, before, after, sorted: topological(before, after) };
}

function joinParallel(graph: Graph, indexes: ReadonlyMap<string, number>): SkeletonEdge[] {
  const joined = new Map<string, { from: number; to: number; kinds: string[] }>();
  for (const edge of graph.edges) {
    const from = indexes.get(edge.from);
    const to = indexes.get(edge.to);
    if (from === undefined || to === undefined) continue;
    const key = `${from},${to}`;
    const known = joined.get(key);
    if (!known) joined.set(key, { from, to, kinds: [edge.kind] });
    else if (!known.kinds.includes(edge.kind)) known.kinds.push(edge.kind);
  }
  return [...joined.values()];
}

/** The back edges of a depth-first walk in the order of the text. Iterative: a chain may have 10,000 steps. */
function edgesThatCloseCycles(count: number, edges: readonly SkeletonEdge[]): Set<SkeletonEdge> {
  const leaving: SkeletonEdge[][] = Array.from({ length: count }, () => []);
  for (const edge of edges) leaving[edge.from]!.push(edge);
  const closing = new Set<SkeletonEdge>();
  const state = new Uint8Array(count); // 1: on the path, 2: done
  for (let root = 0; root < count; root++) {
    if (state[root]) continue;
    const path: { node: number; next: number }[] = [{ node: root, next: 0 }];
    state[root] = 1;
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const edge = leaving[top.node]![top.next++];
      if (!edge) {
        state[top.node] = 2;
        path.pop();
      } else if (state[edge.to] === 1) {
        closing.add(edge);
      } else if (!state[edge.to]) {
        state[edge.to] = 1;
        path.push({ node: edge.to, next: 0 });
      }
    }
  }
  return closing;
}

function topological(before: readonly (readonly number[])[], after: readonly (readonly number[])[]): number[] {
  const missing = before.map((nodes) => nodes.length);
  const sorted = missing.flatMap((count, node) => (count === 0 ? [node] : []));
  for (let at = 0; at < sorted.length; at++) {
    for (const next of after[sorted[at]!]!) {
      if (--missing[next]! === 0) sorted.push(next);
    }
  }
  return sorted;
}
