// Where the arrow keys lead in a graph: along the flow over edges, across it to the neighbour in the same column.
import type { Direction } from '../graph/layout.ts';
import type { NodeView } from './graph-view.ts';

export type Arrow = 'left' | 'right' | 'up' | 'down';

/** Index of the step to select; `from` itself where nothing lies that way; the first step when none was selected. */
export function stepTowards(
  nodes: readonly NodeView[],
  from: number | undefined,
  arrow: Arrow,
  direction: Direction,
): number | undefined {
  const node = from === undefined ? undefined : nodes[from];
  if (from === undefined || !node) return endStep(nodes, 'first');
  const [back, forth] = direction === 'right' ? ['left', 'right'] : ['up', 'down'];
  if (arrow === forth) return nearest(nodes, node, node.after, direction) ?? from;
  if (arrow === back) return nearest(nodes, node, node.before, direction) ?? from;
  const step = arrow === 'up' || arrow === 'left' ? -1 : 1;
  const beside = nodes.findIndex((other) => other.rank === node.rank && other.order === node.order + step);
  return beside < 0 ? from : beside;
}

export function endStep(nodes: readonly NodeView[], end: 'first' | 'last'): number | undefined {
  let found: number | undefined;
  for (const [index, node] of nodes.entries()) {
    const best = found === undefined ? undefined : nodes[found]!;
    const later = best && (node.rank - best.rank || node.order - best.order) > 0;
    if (!best || (end === 'last' ? later : !later)) found = index;
  }
  return found;
}

function nearest(
  nodes: readonly NodeView[],
  node: NodeView,
  candidates: readonly number[],
  direction: Direction,
): number | undefined {
  const middle = (of: NodeView) => (direction === 'right' ? of.y + of.height / 2 : of.x + of.width / 2);
  let best: number | undefined;
  for (const index of candidates) {
    const distance = Math.abs(middle(nodes[index]!) - middle(node));
    if (best === undefined || distance < Math.abs(middle(nodes[best]!) - middle(node))) best = index;
  }
  return best;
}
