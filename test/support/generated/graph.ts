// Graphs of any size with the shape of real pipelines: about √n columns, 1.5 to 2 edges a step, some long.
// Deterministic by seed. Used by benchmarks and tests.
import type { Graph, GraphEdge, GraphNode } from '../../../core/graph/graph.ts';
import { stepTypes } from '../../../core/steps/step-types.ts';

const words = ['load', 'label', 'split', 'augment', 'train', 'evaluate', 'tune', 'export', 'register', 'deploy', 'verify'];
const chinese = ['数据标注', '数据集版本发布', '模型训练', '模型评估', '模型注册', '服务部署'];

export function generatedGraph(count: number, seed = 1): Graph {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const width = Math.max(1, Math.ceil(Math.sqrt(count)));
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  for (let index = 0; index < count; index++) {
    const name = `${pick(words)}_${index}`;
    nodes.push({ name, type: pick(stepTypes), title: random() < 0.2 ? `${pick(chinese)} ${index}` : name });
    const column = Math.floor(index / width);
    if (column === 0) continue;
    const taken = new Set<string>();
    for (let edge = 0; edge < 1 + random() * 2; edge++) {
      const back = Math.max(0, column - 1 - Math.floor(random() ** 3 * 4));
      const from = nodes[back * width + Math.floor(random() * width)]!.name;
      if (taken.has(from)) continue;
      taken.add(from);
      edges.push({ from, to: name, kind: random() < 0.7 ? 'data' : 'depends' });
    }
  }
  return { nodes, edges };
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
