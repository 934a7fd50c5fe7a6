// What every way of layout answers, and the one-dimensional placing that they share.

/** Where the nodes are, by node: the column, and the middle of the card across the flow. */
export interface Placement {
  readonly ranks: readonly number[];
  readonly middles: readonly number[];
}

export interface Item {
  /** Where it would like its middle. */
  readonly desired: number;
  /** Extent across the flow. */
  readonly extent: number;
  /** How much it minds being moved. */
  readonly weight: number;
}

/**
 * Middles for items in a given order, `gap` apart at least, with the least weighted sum of squared moves.
 * That is isotonic regression of the desired places after the room of the items before is taken off: pool adjacent violators.
 */
export function spread(items: readonly Item[], gap: number): number[] {
  const offsets: number[] = [];
  const blocks: { sum: number; weight: number; count: number }[] = [];
  let offset = 0;
  for (const [index, item] of items.entries()) {
    if (index > 0) offset += (items[index - 1]!.extent + item.extent) / 2 + gap;
    offsets.push(offset);
    let block = { sum: (item.desired - offset) * item.weight, weight: item.weight, count: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.weight > block.sum / block.weight; last = blocks.at(-1)) {
      blocks.pop();
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, count: last.count + block.count };
    }
    blocks.push(block);
  }
  const middles: number[] = [];
  for (const block of blocks) {
    for (let index = 0; index < block.count; index++) middles.push(block.sum / block.weight + offsets[middles.length]!);
  }
  return middles;
}

/** The nodes of each column, in the order of the columns; within one in the order given by `middles`. */
export function columnsOf(placement: Placement): { readonly rank: number; readonly nodes: readonly number[] }[] {
  const columns = new Map<number, number[]>();
  for (const [node, rank] of placement.ranks.entries()) {
    const column = columns.get(rank);
    if (column) column.push(node);
    else columns.set(rank, [node]);
  }
  return [...columns]
    .map(([rank, nodes]) => ({
      rank,
      nodes: nodes.sort((a, b) => placement.middles[a]! - placement.middles[b]! || a - b),
    }))
    .sort((a, b) => a.rank - b.rank);
}
