// Order, cycles and reach of graphs, as properties over random ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Digraph } from '../../core/refs/digraph.ts';

const graph = fc
  .integer({ min: 1, max: 9 })
  .chain((count) => fc.tuple(fc.constant(count), fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 16 })));

/** Transitive closure, the slow and obvious way. */
function closure(count: number, edges: readonly (readonly [number, number])[]): boolean[][] {
  const reach = Array.from({ length: count }, () => Array<boolean>(count).fill(false));
  for (const [from, to] of edges) reach[from]![to] = true;
  for (let k = 0; k < count; k++)
    for (let i = 0; i < count; i++) for (let j = 0; j < count; j++) if (reach[i]![k] && reach[k]![j]) reach[i]![j] = true;
  return reach;
}

test('reachability agrees with the transitive closure, with cycles and without', () => {
  fc.assert(
    fc.property(graph, fc.boolean(), ([count, all], acyclic) => {
      const edges = acyclic ? all.filter(([from, to]) => from < to) : all;
      const reach = closure(count, edges);
      const reachability = new Digraph(count, edges).reachability();
      for (let a = 0; a < count; a++)
        for (let b = 0; b < count; b++) assert.equal(reachability.reaches(a, b), reach[a]![b], `${a} to ${b}`);
    }),
    { numRuns: 500 },
  );
});

test('the order puts dependencies first, and what is missing lies on or behind a cycle', () => {
  fc.assert(
    fc.property(graph, ([count, edges]) => {
      const { sorted, cycles } = new Digraph(count, edges).order();
      const reach = closure(count, edges);
      const rank = new Map(sorted.map((node, index) => [node, index]));
      for (const [from, to] of edges) if (rank.has(to)) assert.ok(rank.get(from)! < rank.get(to)!);
      for (let node = 0; node < count; node++) {
        const stuck = reach.some((row, other) => row[other] && (other === node || row[node]));
        assert.equal(rank.has(node), !stuck);
      }
      for (const cycle of cycles) {
        cycle.forEach((node, index) => {
          const next = cycle[(index + 1) % cycle.length];
          assert.ok(edges.some(([from, to]) => from === node && to === next));
        });
      }
      const knots = new Set(
        reach.flatMap((row, node) =>
          row[node] ? [reach.findIndex((_, other) => other === node || (row[other] && reach[other]![node]))] : [],
        ),
      );
      assert.deepEqual(
        cycles.map((cycle) => cycle[0]),
        [...knots].sort((a, b) => a - b),
      );
    }),
    { numRuns: 500 },
  );
});

test('a long chain with edges back to its start needs no search per question', () => {
  const count = 20_000;
  const edges = Array.from({ length: count - 1 }, (_, index) => [index, index + 1] as const);
  const reachability = new Digraph(count, edges).reachability();
  for (let node = 1; node < count; node++) assert.ok(reachability.reaches(0, node) && !reachability.reaches(node, 0));
});
