// Order, cycles and neighbourhoods of a workflow's graph, by step name.
import { Digraph } from '../refs/digraph.ts';
import type { EdgeKind, Graph } from './graph.ts';

export interface GraphOrder {
  /** Dependencies first, ties in the order of the nodes; steps on or behind a cycle are missing. */
  readonly sorted: readonly string[];
  /** One concrete cycle per knot; each step is a dependency of the next, the last of the first. */
  readonly cycles: readonly (readonly string[])[];
}

const order: readonly EdgeKind[] = ['depends'];

/** By `depends` edges alone, as the service runs it. */
export function orderOf(graph: Graph): GraphOrder {
  const { digraph, names } = numbered(graph, order, false);
  const { sorted, cycles } = digraph.order();
  return { sorted: sorted.map((node) => names[node]!), cycles: cycles.map((cycle) => cycle.map((node) => names[node]!)) };
}

/** Every step that the given ones wait for, directly or not, in the order of the nodes. */
export function upstreamOf(graph: Graph, steps: Iterable<string>): readonly string[] {
  return reach(graph, steps, true);
}

/** Every step that waits for the given ones, directly or not, in the order of the nodes. */
export function downstreamOf(graph: Graph, steps: Iterable<string>): readonly string[] {
  return reach(graph, steps, false);
}

function reach(graph: Graph, steps: Iterable<string>, reverse: boolean): readonly string[] {
  const { digraph, names, number } = numbered(graph, order, reverse);
  const from = [...steps].flatMap((name) => number.get(name) ?? []);
  const found = digraph.reachableFrom(from);
  return names.filter((_, index) => found.has(index));
}

function numbered(graph: Graph, kinds: readonly EdgeKind[], reverse: boolean) {
  const names = graph.nodes.map((node) => node.name);
  const number = new Map(names.map((name, index) => [name, index]));
  const edges = graph.edges.flatMap(({ from, to, kind }) => {
    const [a, b] = [number.get(from), number.get(to)];
    if (!kinds.includes(kind) || a === undefined || b === undefined) return [];
    return [reverse ? ([b, a] as const) : ([a, b] as const)];
  });
  return { digraph: new Digraph(names.length, edges), names, number };
}
