// The graph of a workflow: nodes in order, one edge per pair and kind.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildGraph } from '../../core/graph/build.ts';
import type { Graph } from '../../core/graph/graph.ts';
import { downstreamOf, orderOf, upstreamOf } from '../../core/graph/order.ts';
import { bindText } from '../rules/analyze.ts';

function graphOf(text: string): Graph {
  const { workflow, bound } = bindText(text);
  return buildGraph(workflow, bound);
}

/** Edges as `from kind to`, branch edges with their branch. */
function edges(text: string): string[] {
  return graphOf(text).edges.map(({ from, to, kind, branch }) => `${from} ${branch ?? kind} ${to}`);
}

const job = (name: string, rest: string) => `  ${name}:\n    type: job\n    outputs: { out: { obs_path: /b/${name}/ } }\n${rest}`;
const reads = (...steps: string[]) =>
  `    inputs: { ${steps.map((step) => `${step}: "\${{ steps.${step}.outputs.out }}"`).join(', ')} }\n`;

test('a node has the title of its step, else its name, and the type as it is written', () => {
  const { nodes } = graphOf('steps:\n  a: { type: job, title: 训练 }\n  b: { type: notebook }\n');
  assert.deepEqual(nodes, [
    { name: 'a', type: 'job', title: '训练' },
    { name: 'b', type: 'notebook', title: 'b' },
  ]);
});

test('what a step reads is a dependency where no list is written', () => {
  assert.deepEqual(edges(`steps:\n${job('a', '')}${job('b', reads('a'))}`), ['a depends b', 'a data b']);
});

test('derived dependencies leave out what another of them waits for', () => {
  const text = `steps:\n${job('a', '')}${job('b', reads('a'))}${job('c', reads('a', 'b'))}`;
  assert.deepEqual(edges(text), ['a depends b', 'a data b', 'b depends c', 'a data c', 'b data c']);
});

test('a written list is exact, also when it is empty', () => {
  const text = `steps:\n${job('a', '')}${job('b', `    depend_steps: [a]\n`)}${job('c', `    depend_steps: []\n${reads('a')}`)}`;
  assert.deepEqual(edges(text), ['a depends b', 'a data c']);
});

test('a condition is depended on by the steps that it names, and has a branch edge to each', () => {
  const text = `parameters: { x: { type: bool } }
steps:
  check: { type: condition, conditions: parameters.x == true, if_then_steps: [a], else_then_steps: [b] }
${job('a', '')}${job('b', `    depend_steps: [check]\n`)}`;
  assert.deepEqual(edges(text), ['check depends a', 'check then a', 'check depends b', 'check else b']);
});

test('metrics, skip conditions, candidates and variables are data edges, one for each pair', () => {
  const text = `steps:
${job('a', '')}${job('b', '')}  s: { type: service, outputs: [out] }
  c:
    type: condition
    conditions: [steps.a.outputs.out.accuracy > 1, steps.a.outputs.out.loss < 1]
  d:
    type: model
    depend_steps: []
    inputs: { m: { select: ["\${{ steps.a.outputs.out }}", "\${{ steps.b.outputs.out }}"] } }
    policy: { skip_conditions: steps.b.outputs.out.x > 1 }
  e:
    type: service
    depend_steps: []
    outputs: { out: { envs: { URL: "\${{ steps.s.outputs.out.access_address }}" } } }
`;
  assert.deepEqual(edges(text), ['a depends c', 'a data c', 'a data d', 'b data d', 's data e']);
});

test('unknown names have no edges, and a repeated name is one node', () => {
  const text = 'steps:\n  - { name: a, type: job, depend_steps: [nothing] }\n  - { name: a, type: model }\n';
  assert.deepEqual(graphOf(text), { nodes: [{ name: 'a', type: 'job', title: 'a' }], edges: [] });
});

test('the order puts dependencies first, and neighbours are found in both directions', () => {
  const graph = graphOf(`steps:\n${job('c', reads('b'))}${job('b', reads('a'))}${job('a', '')}${job('d', '')}`);
  assert.deepEqual(orderOf(graph), { sorted: ['a', 'd', 'b', 'c'], cycles: [] });
  assert.deepEqual(upstreamOf(graph, ['c']), ['b', 'a']);
  assert.deepEqual(downstreamOf(graph, ['a']), ['c', 'b']);
});

test('a cycle is told with its members in order', () => {
  const graph = graphOf(`steps:\n${job('a', reads('c'))}${job('b', reads('a'))}${job('c', reads('b'))}${job('d', reads('c'))}`);
  assert.deepEqual(orderOf(graph), { sorted: [], cycles: [['a', 'b', 'c']] });
});

test('whatever steps read, derived dependencies reach all of it and nothing is there twice', () => {
  const shape = fc.array(fc.array(fc.nat(9), { maxLength: 4 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(shape, (all) => {
      const text = `steps:\n${all.map((from, index) => job(`s${index}`, reads(...new Set(from.filter((each) => each < index).map((each) => `s${each}`))))).join('')}`;
      const graph = graphOf(text);
      for (const { from, to } of graph.edges.filter((edge) => edge.kind === 'data'))
        assert.ok(upstreamOf(graph, [to]).includes(from));
      for (const node of graph.nodes) {
        const on = graph.edges.filter(({ to, kind }) => to === node.name && kind === 'depends').map(({ from }) => from);
        for (const one of on) for (const other of on) assert.ok(!upstreamOf(graph, [one]).includes(other));
      }
    }),
  );
});
