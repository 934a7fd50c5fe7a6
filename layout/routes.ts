// Edges as cubic Bézier paths between placed cards: level while they cross a column, an S between columns, never through a
// card. An edge stays at the height of its start or of its end as long as it can, so most edges bend once.
// Works in flow coordinates: `along` the flow and `across` it.
import type { Skeleton } from './skeleton.ts';

export interface Box {
  readonly column: number;
  readonly along: number;
  readonly across: number;
  readonly length: number;
  readonly extent: number;
}

export interface Column {
  readonly start: number;
  readonly end: number;
  /** From the smallest `across` to the largest. */
  readonly boxes: readonly Box[];
}

type Point = readonly [along: number, across: number];

const clearance = 8;
const laneWidth = 5;

/** A path by edge: start, then groups of three points. */
export function routeEdges(skeleton: Skeleton, boxes: readonly Box[], columns: readonly Column[]): Point[][] {
  const lanes = new Lanes(columns);
  return skeleton.edges.map(({ from, to }) => {
    const start = boxes[from]!;
    const end = boxes[to]!;
    if (start.column >= end.column) return backwards(start, end);
    return forwards(start, end, columns, lanesFor(start, end, lanes));
  });
}

function middleOf(box: Box): number {
  return box.across + box.extent / 2;
}

/** The height at which the edge crosses each column between its ends. */
function lanesFor(start: Box, end: Box, lanes: Lanes): number[] {
  const from = middleOf(start);
  const to = middleOf(end);
  const crossed: number[] = [];
  for (let column = start.column + 1; column < end.column; column++) crossed.push(column);
  let level = 0;
  while (level < crossed.length && lanes.isFree(crossed[level]!, from)) level++;
  let rest = crossed.length;
  while (rest > 0 && lanes.isFree(crossed[rest - 1]!, to)) rest--;
  if (rest <= level) {
    // One bend is enough: as late as possible, since starts fan out more often than ends fan in.
    return crossed.map((_, index) => (index < level ? from : to));
  }
  let height = from;
  return crossed.map((column, index) => {
    if (index < level) return from;
    if (index >= rest) return to;
    const left = crossed.length - index + 1;
    height = lanes.nearest(column, height + (to - height) / left, start);
    return height;
  });
}

function forwards(start: Box, end: Box, columns: readonly Column[], heights: readonly number[]): Point[] {
  const path: Point[] = [[start.along + start.length, middleOf(start)]];
  let height = middleOf(start);
  const goTo = (along: number, across: number) => {
    const [x] = path.at(-1)!;
    const half = (along - x) / 2;
    path.push([x + half, height], [along - half, across], [along, across]);
    height = across;
  };
  for (const [index, across] of heights.entries()) {
    const column = columns[start.column + 1 + index]!;
    if (across === height) continue;
    // The bend takes the space before the column; the level part up to here is a Bézier too.
    const [x] = path.at(-1)!;
    const bendFrom = columns[start.column + index]!.end;
    if (bendFrom > x) goTo(bendFrom, height);
    goTo(column.start, across);
  }
  const lastEnd = columns[end.column - 1]!.end;
  if (lastEnd > path.at(-1)![0]) goTo(lastEnd, height);
  goTo(end.along, middleOf(end));
  return path;
}

/** A self loop or an edge that closes a cycle: out of the end, around over the cards, back into the start. */
function backwards(start: Box, end: Box): Point[] {
  const out = start.along + start.length;
  const top = Math.min(start.across, end.across) - 22;
  const bow = 44;
  return [
    [out, middleOf(start)],
    [out + bow, middleOf(start)],
    [out + bow, top],
    [out - 8, top],
    [out - 8 - (out - 16 - end.along) / 3, top],
    [end.along + 8 + (out - 16 - end.along) / 3, top],
    [end.along + 8, top],
    [end.along - bow, top],
    [end.along - bow, middleOf(end)],
    [end.along, middleOf(end)],
  ];
}

/** Which heights of each column no card takes, and how the edges share the spaces between cards. */
class Lanes {
  private readonly columns: readonly Column[];
  /** By column and space: the steps whose edges pass there already. */
  private readonly users = new Map<string, Box[]>();

  constructor(columns: readonly Column[]) {
    this.columns = columns;
  }

  isFree(column: number, across: number): boolean {
    const { boxes } = this.columns[column]!;
    const below = firstBelow(boxes, across);
    const box = boxes[below];
    const above = boxes[below - 1];
    return (!box || across < box.across - clearance) && (!above || across > above.across + above.extent + clearance);
  }

  nearest(column: number, across: number, user: Box): number {
    if (this.isFree(column, across)) return across;
    const { boxes } = this.columns[column]!;
    let space = firstBelow(boxes, across);
    const above = boxes[space - 1];
    // `across` lies in the card above or beside one: take the space on its nearer side.
    if (above && across < above.across + above.extent / 2) space--;
    const upper = boxes[space - 1];
    const lower = boxes[space];
    const top = upper ? upper.across + upper.extent + clearance : -Infinity;
    const bottom = lower ? lower.across - clearance : Infinity;
    const key = `${column}:${space}`;
    const users = this.users.get(key) ?? [];
    this.users.set(key, users);
    if (!users.includes(user)) users.push(user);
    const shift = users.indexOf(user) * laneWidth;
    return across < top || bottom === Infinity ? Math.min(top + shift, bottom) : Math.max(bottom - shift, top);
  }
}

/** Index of the first box whose top is below `across`. */
function firstBelow(boxes: readonly Box[], across: number): number {
  let low = 0;
  let high = boxes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (boxes[middle]!.across < across) low = middle + 1;
    else high = middle;
  }
  return low;
}
