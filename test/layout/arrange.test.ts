// Layouts as pictures: nothing overlaps, edges lead from card to card and never through one, edits move little.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { generatedGraph, randomFrom } from '../support/generated/graph.ts';
import type { Graph, GraphEdge } from '../../core/graph/graph.ts';
import type { Direction, LaidOutNode, Layout } from '../../core/graph/layout.ts';
import { arrange } from '../../layout/arrange.ts';

const directions: readonly Direction[] = ['right', 'down'];

function graphOf(names: string, ...edges: string[]): Graph {
  return {
    nodes: names.split(' ').map((name) => ({ name, type: 'job', title: name })),
    edges: edges.map((edge) => {
      const [from = '', to = ''] = edge.split('>');
      return { from, to, kind: 'depends' };
    }),
  };
}

function nodeOf(layout: Layout, name: string): LaidOutNode {
  const node = layout.nodes.find((candidate) => candidate.name === name);
  assert.ok(node, `${name} is not in the layout`);
  return node;
}

function assertSound(layout: Layout): void {
  for (const node of layout.nodes) {
    assert.ok(node.x >= 0 && node.y >= 0 && node.x + node.width <= layout.width && node.y + node.height <= layout.height);
  }
  const sorted = [...layout.nodes].sort((a, b) => a.x - b.x);
  for (const [index, a] of sorted.entries()) {
    for (let next = index + 1; next < sorted.length && sorted[next]!.x < a.x + a.width; next++) {
      const b = sorted[next]!;
      assert.ok(b.y >= a.y + a.height || a.y >= b.y + b.height, `${a.name} and ${b.name} overlap`);
    }
  }
  for (const edge of layout.edges) assert.equal(edge.points.length % 3, 1, 'not a Bézier path');
}

/** Points along a path of cubic Béziers. */
function* sampled(points: Layout['edges'][number]['points']): Generator<readonly [number, number]> {
  for (let at = 0; at + 3 < points.length; at += 3) {
    const [a, b, c, d] = [points[at]!, points[at + 1]!, points[at + 2]!, points[at + 3]!];
    for (let t = 0; t <= 1; t += 0.1) {
      const mix = (axis: 0 | 1) =>
        (1 - t) ** 3 * a[axis] + 3 * (1 - t) ** 2 * t * b[axis] + 3 * (1 - t) * t * t * c[axis] + t ** 3 * d[axis];
      yield [mix(0), mix(1)];
    }
  }
}

test('a chain runs straight, in the chosen direction', async () => {
  const graph = graphOf('a b c', 'a>b', 'b>c');
  const right = await arrange(graph, { direction: 'right' });
  assert.deepEqual(new Set(right.nodes.map((node) => node.y)).size, 1);
  assert.ok(nodeOf(right, 'a').x < nodeOf(right, 'b').x && nodeOf(right, 'b').x < nodeOf(right, 'c').x);
  const down = await arrange(graph, { direction: 'down' });
  assert.deepEqual(new Set(down.nodes.map((node) => node.x)).size, 1);
  assert.ok(nodeOf(down, 'a').y < nodeOf(down, 'b').y && nodeOf(down, 'b').y < nodeOf(down, 'c').y);
});

test('an empty graph has an empty picture', async () => {
  const layout = await arrange({ nodes: [], edges: [] });
  assert.deepEqual(layout.nodes, []);
  assert.ok(layout.width > 0 && layout.width < 100);
});

test('cycles, self loops, repeated names and edges to nothing are drawn as far as they can be', async () => {
  const graph = graphOf('a b c a d', 'a>b', 'b>c', 'c>a', 'd>d', 'a>nothing', 'nothing>b');
  for (const direction of directions) {
    const layout = await arrange(graph, { direction });
    assertSound(layout);
    assert.deepEqual(
      layout.nodes.map((node) => node.name),
      ['a', 'b', 'c', 'd'],
    );
    assert.deepEqual(
      layout.edges.map((edge) => `${edge.from}>${edge.to}`),
      ['a>b', 'b>c', 'c>a', 'd>d'],
    );
  }
});

test('edges between the same steps are one line with all their kinds', async () => {
  const edges: GraphEdge[] = [
    { from: 'a', to: 'b', kind: 'depends' },
    { from: 'a', to: 'b', kind: 'data' },
    { from: 'a', to: 'b', kind: 'data' },
  ];
  const layout = await arrange({ ...graphOf('a b'), edges });
  assert.deepEqual(
    layout.edges.map((edge) => edge.kinds),
    [['depends', 'data']],
  );
});

test('a Chinese title gets more room than as many Latin letters', async () => {
  const layout = await arrange({
    nodes: [
      { name: 'a', type: 'job', title: 'abcdefghijkl' },
      { name: 'b', type: 'job', title: '数据集版本发布与模型训练' },
    ],
    edges: [{ from: 'a', to: 'b', kind: 'data' }],
  });
  assert.ok(nodeOf(layout, 'b').width > nodeOf(layout, 'a').width);
});

test('generated graphs: no cards overlap, no edge leads through a card, twice the same gives the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 120 }),
      fc.nat(),
      fc.constantFrom(...directions),
      fc.boolean(),
      async (count, seed, direction, quick) => {
        const graph = generatedGraph(count, seed);
        const layout = await arrange(graph, { direction, quick });
        assertSound(layout);
        assert.deepEqual(await arrange(graph, { direction, quick }), layout);
        const ranks = new Map(layout.nodes.map((node) => [node.name, node.rank]));
        for (const edge of layout.edges) {
          assert.ok(ranks.get(edge.from)! < ranks.get(edge.to)!, `${edge.from} to ${edge.to} does not go forward`);
          for (const [x, y] of sampled(edge.points)) {
            for (const node of layout.nodes) {
              if (node.name === edge.from || node.name === edge.to) continue;
              const inside = x > node.x && x < node.x + node.width && y > node.y && y < node.y + node.height;
              assert.ok(!inside, `${edge.from} to ${edge.to} leads through ${node.name}`);
            }
          }
        }
      },
    ),
    { numRuns: 25 },
  );
});

test('after one step is added to a graph of 300, at least 95 % of the others keep column and order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom(...directions), async (seed, direction) => {
      const graph = generatedGraph(300, seed);
      const before = await arrange(graph, { direction });
      const edited = withNewStep(graph, seed);
      const after = await arrange(edited, { direction, seed: before });
      assertSound(after);
      const kept = before.nodes.filter((node) => nodeOf(after, node.name).rank === node.rank);
      assert.ok(kept.length >= 285, `${kept.length} of 300 kept their column`);
      const swapped = kept.filter((node) => {
        const now = nodeOf(after, node.name);
        return kept.some((other) => {
          const otherNow = nodeOf(after, other.name);
          return other.rank === node.rank && other.order < node.order !== otherNow.order < now.order && other !== node;
        });
      });
      assert.deepEqual(swapped, []);
    }),
    { numRuns: 15, examples: [[882554817, 'right']] },
  );
});

/** A step with up to three inputs, and up to three readers that come later. */
function withNewStep(graph: Graph, seed: number): Graph {
  const random = randomFrom(seed + 1);
  const place = Math.floor(random() * graph.nodes.length);
  const edges: GraphEdge[] = [];
  for (let count = Math.floor(random() * 4); count > 0 && place > 0; count--) {
    edges.push({ from: graph.nodes[Math.floor(random() * place)]!.name, to: 'added', kind: 'data' });
  }
  for (let count = Math.floor(random() * 4); count > 0; count--) {
    const to = graph.nodes[place + Math.floor(random() * (graph.nodes.length - place))]!.name;
    edges.push({ from: 'added', to, kind: 'data' });
  }
  return { nodes: [...graph.nodes, { name: 'added', type: 'job', title: 'added' }], edges: [...graph.edges, ...edges] };
}

test('a step put into a chain gets a column between, and the chain keeps its own', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `s${index}`);
  const chain = names.slice(1).map((name, index) => `${names[index]}>${name}`);
  const before = await arrange(graphOf(names.join(' '), ...chain));
  const after = await arrange(graphOf(`${names.join(' ')} new`, ...chain, 's10>new', 'new>s11'), { seed: before });
  for (const node of before.nodes) assert.equal(nodeOf(after, node.name).rank, node.rank);
  assert.equal(nodeOf(after, 'new').rank, 10.5);
  assert.ok(nodeOf(after, 's10').x < nodeOf(after, 'new').x && nodeOf(after, 'new').x < nodeOf(after, 's11').x);
});

test('a step that is removed leaves the others where they are', async () => {
  const graph = generatedGraph(60, 7);
  const before = await arrange(graph);
  const gone = graph.nodes[20]!.name;
  const after = await arrange(
    {
      nodes: graph.nodes.filter((node) => node.name !== gone),
      edges: graph.edges.filter((edge) => edge.from !== gone && edge.to !== gone),
    },
    { seed: before },
  );
  assertSound(after);
  for (const node of after.nodes) assert.equal(node.rank, nodeOf(before, node.name).rank);
});

test('a seed of another picture is not used', async () => {
  const seed = await arrange(graphOf('x y z', 'x>y', 'y>z'));
  const graph = graphOf('a b', 'a>b');
  assert.deepEqual(await arrange(graph, { seed }), await arrange(graph));
});

test('step after step put into the same gap, every edge still goes forward', async () => {
  let edges = ['a>b', 'b>c', 'c>d', 'x>y', 'y>z'];
  let names = 'a b c d x y z';
  let seed = await arrange(graphOf(names, ...edges));
  for (let round = 0, before = 'b'; round < 80; round++) {
    const added = `n${round}`;
    edges = [...edges.filter((edge) => edge !== `a>${before}`), `a>${added}`, `${added}>${before}`];
    names = `${names} ${added}`;
    before = added;
    seed = await arrange(graphOf(names, ...edges), { seed });
    for (const edge of seed.edges) assert.ok(nodeOf(seed, edge.from).x < nodeOf(seed, edge.to).x, `${edge.from} to ${edge.to}`);
  }
});
