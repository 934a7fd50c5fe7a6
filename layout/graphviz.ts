// Cold graphs: Graphviz' dot decides columns and order (network simplex, crossing reduction), which nobody does better.
// Edges are routed by routes.ts for all ways of layout, so that an edit does not redraw what it does not touch.
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import type { Placement } from './placement.ts';
import type { Skeleton } from './skeleton.ts';

const pixelsPerInch = 72;
let loading: ReturnType<typeof Graphviz.load> | undefined;

/** `extents` are the cards' sizes across the flow. */
export async function placeByGraphviz(skeleton: Skeleton, extents: readonly number[], gap: number): Promise<Placement> {
  loading ??= Graphviz.load();
  const graphviz = await loading;
  return readPlain(graphviz.layout(toDot(skeleton, extents, gap), 'plain', 'dot'), skeleton.names.length);
}

/** Always top down: the other direction is the same picture with its axes swapped. */
function toDot(skeleton: Skeleton, extents: readonly number[], gap: number): string {
  // Fewer iterations for large graphs: a second of network simplex straightens edges that nobody sees at that size.
  const effort = skeleton.names.length > 600 ? ' nslimit=1 mclimit=0.5' : '';
  const lines = [
    `digraph { graph [splines=none ranksep=1 nodesep=${inches(gap)}${effort}]`,
    'node [shape=box fixedsize=true height=1 label=""]',
  ];
  for (const node of skeleton.names.keys()) lines.push(`${node} [width=${inches(extents[node]!)}]`);
  for (const [from, nodes] of skeleton.after.entries()) for (const to of nodes) lines.push(`${from} -> ${to}`);
  lines.push('}');
  return lines.join('\n');
}

/** Lines `node NAME X Y ...`, in inches, Y upwards. */
function readPlain(plain: string, count: number): Placement {
  const middles = new Array<number>(count).fill(0);
  const heights = new Array<number>(count).fill(0);
  for (const line of plain.split('\n')) {
    if (!line.startsWith('node ')) continue;
    const [, name, x, y] = line.split(' ');
    middles[Number(name)] = Number(x) * pixelsPerInch;
    heights[Number(name)] = -Number(y);
  }
  const levels = [...new Set(heights)].sort((a, b) => a - b);
  const rankOf = new Map(levels.map((level, rank) => [level, rank]));
  return { ranks: heights.map((height) => rankOf.get(height)!), middles };
}

function inches(pixels: number): string {
  return (pixels / pixelsPerInch).toFixed(4);
}
