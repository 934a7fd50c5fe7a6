// Graph → Layout: chooses how to place, then turns columns into pixels and routes the edges.
// Deterministic: equal graph, options and seed give equal pictures.
import type { Graph } from '../core/graph/graph.ts';
import type { Direction, LaidOutEdge, LaidOutNode, Layout } from '../core/graph/layout.ts';
import { cardHeight, cardWidth } from './card.ts';
import { placeByGraphviz } from './graphviz.ts';
import { placeLayered } from './layered.ts';
import { columnsOf, type Placement } from './placement.ts';
import { type Box, type Column, routeEdges } from './routes.ts';
import { placeSeeded } from './seeded.ts';
import { type Skeleton, skeletonOf } from './skeleton.ts';

export interface ArrangeOptions {
  readonly direction?: Direction;
  /** The layout that the new one should resemble. */
  readonly seed?: Layout;
  /** Not Graphviz. */
  readonly quick?: boolean;
}

/**
 * Beyond, half of the 500 ms to first paint would go into Graphviz (1,000 steps: 260 ms, ours 45 ms with 15 % more crossings and
 * 10 % shorter edges), in a picture of which no eye follows a single line.
 */
const mostStepsForGraphviz = 700;
const margin = 24;
const gapAcross = { right: 24, down: 36 };
/** Between columns: room for the bends of the edges that turn there. */
const leastGapAlong = { right: 56, down: 48 };
const mostGapAlong = 160;
const gapPerEdge = 1.5;

export async function arrange(graph: Graph, options: ArrangeOptions = {}): Promise<Layout> {
  const { direction = 'right', seed, quick = false } = options;
  const skeleton = skeletonOf(graph);
  const widths = skeleton.titles.map(cardWidth);
  const extents = direction === 'right' ? widths.map(() => cardHeight) : widths;
  const gap = gapAcross[direction];
  const middleOf = (node: LaidOutNode) => (direction === 'right' ? node.y + node.height / 2 : node.x + node.width / 2);

  const place = async (): Promise<Placement> => {
    const seeded = seed && placeSeeded(skeleton, seed, middleOf, extents, gap);
    if (seeded) return seeded;
    if (quick || skeleton.names.length > mostStepsForGraphviz) return placeLayered(skeleton, extents, gap);
    return placeByGraphviz(skeleton, extents, gap);
  };
  return draw(skeleton, await place(), widths, direction);
}

function draw(skeleton: Skeleton, placement: Placement, widths: readonly number[], direction: Direction): Layout {
  const { boxes, columns } = boxesOf(skeleton, placement, widths, direction);
  const paths = routeEdges(skeleton, boxes, columns);
  let least = boxes.length > 0 ? Infinity : 0;
  for (const box of boxes) least = Math.min(least, box.across);
  for (const path of paths) for (const [, across] of path) least = Math.min(least, across);
  const shift = margin - least;
  const toPoint = ([along, across]: readonly [number, number]): readonly [number, number] => {
    const [a, b] = [round(along + margin), round(across + shift)];
    return direction === 'right' ? [a, b] : [b, a];
  };

  const nodes: LaidOutNode[] = new Array(boxes.length);
  for (const column of columnsOf(placement)) {
    for (const [order, node] of column.nodes.entries()) {
      const box = boxes[node]!;
      const [x, y] = toPoint([box.along, box.across]);
      const [width, height] = direction === 'right' ? [box.length, box.extent] : [box.extent, box.length];
      nodes[node] = { name: skeleton.names[node]!, x, y, width, height, rank: column.rank, order };
    }
  }
  const edges: LaidOutEdge[] = skeleton.edges.map((edge, index) => ({
    from: skeleton.names[edge.from]!,
    to: skeleton.names[edge.to]!,
    kinds: edge.kinds,
    points: paths[index]!.map(toPoint),
  }));
  let [width, height] = [2 * margin, 2 * margin];
  const include = (x: number, y: number) => {
    width = Math.max(width, x + margin);
    height = Math.max(height, y + margin);
  };
  for (const node of nodes) include(node.x + node.width, node.y + node.height);
  for (const edge of edges) for (const [x, y] of edge.points) include(x, y);
  return { width: round(width), height: round(height), nodes, edges };
}

function boxesOf(
  skeleton: Skeleton,
  placement: Placement,
  widths: readonly number[],
  direction: Direction,
): { boxes: Box[]; columns: Column[] } {
  const boxes: Box[] = new Array(skeleton.names.length);
  const columns: Column[] = [];
  const groups = columnsOf(placement);
  const columnOf = new Map<number, number>();
  for (const [index, { nodes }] of groups.entries()) for (const node of nodes) columnOf.set(node, index);
  const turns = groups.map(({ nodes }) => nodes.reduce((sum, node) => sum + skeleton.before[node]!.length, 0));
  let along = 0;
  for (const [index, { nodes }] of groups.entries()) {
    if (index > 0) along += Math.min(mostGapAlong, leastGapAlong[direction] + Math.floor((turns[index]! * gapPerEdge) / 8) * 8);
    // Cards of one column are equally wide, as in a table; rows keep the widths of their titles.
    const length = direction === 'right' ? nodes.reduce((most, node) => Math.max(most, widths[node]!), 0) : cardHeight;
    const inColumn = nodes.map((node) => {
      const extent = direction === 'right' ? cardHeight : widths[node]!;
      const box = { column: index, along, across: placement.middles[node]! - extent / 2, length, extent };
      boxes[node] = box;
      return box;
    });
    columns.push({ start: along, end: along + length, boxes: inColumn });
    along += length;
  }
  return { boxes, columns };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
