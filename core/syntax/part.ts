// Parts: top-level members and their entries. A part is what an edit can leave untouched: its objects are then taken over
// from the previous parse and only its anchor moves (invariant I3).
// A part may be taken over when every character that its reading looked at is the same, it stands in the same context,
// and the names that it uses mean the same nodes. Then a full parse would give an equal result.
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Anchor } from '../text/origin.ts';
import type { Cursor } from './cursor.ts';
import type { MapEntry, SyntaxNode } from './tree.ts';

export interface NameUse {
  readonly name: string;
  readonly node: SyntaxNode | undefined;
  readonly defines: boolean;
}

type Result = MapEntry | SyntaxNode | undefined;

export interface Part {
  readonly anchor: Anchor;
  readonly level: number;
  /** What of the surroundings the reading depends on: kind of the collection and indentation. */
  readonly context: string;
  /** The collection that the part is in now. */
  run: Run;
  /** Relative to the anchor: where reading goes on, and how far it looked. */
  readonly end: number;
  readonly reach: number;
  readonly result: Result;
  readonly findings: readonly Diagnostic[];
  readonly parts: readonly Part[];
  readonly log: readonly NameUse[];
}

/** One reading of a collection. */
export interface Run {
  /** Findings there were when it began. */
  readonly found: number;
  /** Nothing came up between its entries: where each begins follows from the text alone. */
  isQuiet: boolean;
  /** Of a map without repeated names and merges, by name; handed on to the next reading, which has it in `before` meanwhile. */
  names: Map<string, MapEntry> | undefined;
  entries: readonly MapEntry[];
  before: Run | undefined;
}

export function beginRun(cursor: Cursor): Run {
  return { found: cursor.findings.length, isQuiet: false, names: undefined, entries: [], before: undefined };
}

export function endRun(cursor: Cursor, run: Run): void {
  // After the first tab the others are not told, so that where one is told depends on what is before.
  run.isQuiet = cursor.findings.length === run.found && !cursor.tabsReported;
}

/**
 * Reads an entry of a collection, or takes over what was read before: then also all that follow it unchanged in the same collection.
 * Moves the cursor behind what it read.
 */
export function readPart<T extends Result>(
  cursor: Cursor,
  run: Run,
  context: string,
  read: () => T,
  add: (result: T) => void,
): void {
  if (cursor.level > 1) return add(read());
  const { reuse } = cursor;
  let known = reuse?.find(cursor.pos, cursor.level, context);
  if (!known || !cursor.replay(known.log)) return add(readAnew(cursor, run, context, read));
  const before = known.run;
  run.before = before;
  for (let next: Part | undefined = known; next; known = next, next = follower(cursor, known, before)) {
    const start = reuse!.take(next);
    cursor.look(start + next.reach);
    cursor.pos = start + next.end;
    cursor.parts.push(next);
    next.run = run;
    add(next.result as T);
  }
}

/** The part behind a known one, where the text between them and all that the reading depends on is the same as before. */
function follower(cursor: Cursor, known: Part, run: Run): Part | undefined {
  const next = run.isQuiet ? cursor.reuse!.after(known) : undefined;
  if (!next || next.run !== run || cursor.reuse!.startOf(next) + next.end > cursor.limit) return undefined;
  return cursor.replay(next.log) ? next : undefined;
}

function readAnew<T extends Result>(cursor: Cursor, run: Run, context: string, read: () => T): T {
  const { anchor, findings, parts, log, farthest, level, tabsReported } = cursor;
  const start = cursor.pos;
  const own: Anchor = { offset: start };
  cursor.anchor = own;
  cursor.findings = [];
  cursor.parts = [];
  cursor.log = [];
  cursor.farthest = start;
  cursor.tabsReported = false;
  cursor.level = level + 1;
  const result = read();
  cursor.ahead();
  const part: Part = {
    anchor: own,
    level,
    context,
    run,
    end: cursor.pos - start,
    reach: cursor.farthest - start,
    result,
    findings: cursor.findings,
    parts: cursor.parts,
    log: cursor.log,
  };
  for (const use of cursor.log) log.push(use);
  parts.push(part);
  Object.assign(cursor, { anchor, findings, parts, log, level, tabsReported, farthest: Math.max(farthest, cursor.farthest) });
  return result;
}

/** Finds parts of the previous parse whose text stands unchanged in the new text. */
export class Reuse {
  /** Text before this offset is the same; of the old text also from `sameAfter` on, which has moved by `shift`. */
  readonly sameBefore: number;
  readonly sameAfter: number;
  readonly shift: number;
  /** The parts of each level, in the order of the text. Their anchors are those of the old text until `move`. */
  private readonly levels: readonly (readonly Part[])[];
  private readonly moved: Part[] = [];
  /** Where the part that was found last stands in its level. */
  private index = 0;

  constructor(oldText: string, newText: string, parts: readonly Part[]) {
    this.sameBefore = commonPrefix(oldText, newText);
    this.shift = newText.length - oldText.length;
    const after = commonSuffix(oldText, newText, Math.min(oldText.length, newText.length) - this.sameBefore);
    // A reach of one past the end says that the end itself was seen: it counts as unchanged only from the end's side.
    this.sameAfter = oldText.length - after;
    this.levels = [parts, parts.flatMap((part) => part.parts)];
  }

  /** The part that stood at the place which is now `at`. */
  find(at: number, level: number, context: string): Part | undefined {
    // What is before the edit stands where it stood; what is after it has moved. A part counts for one of the two only, or text that
    // the edit repeats would be taken for the part twice.
    const old = at < this.sameBefore ? at : at - this.shift;
    if (at >= this.sameBefore && old < this.sameAfter) return undefined;
    const parts = this.levels[level]!;
    for (let index = indexOf(parts, old); parts[index]?.anchor.offset === old; index++) {
      const part = parts[index]!;
      if (part.context !== context || !this.isSame(part)) continue;
      this.index = index;
      return part;
    }
    return undefined;
  }

  /** The part behind the one that was found or asked for last, if its text is unchanged too. */
  after(part: Part): Part | undefined {
    const next = this.levels[part.level]![this.index + 1];
    if (!next || next.context !== part.context || !this.isSame(next)) return undefined;
    // Before the edit and behind it are two: in between there is new text.
    if (part.anchor.offset < this.sameBefore !== next.anchor.offset < this.sameBefore) return undefined;
    this.index++;
    return next;
  }

  /** Where a part that is taken over begins now. */
  startOf({ anchor: { offset } }: Part): number {
    return offset < this.sameBefore ? offset : offset + this.shift;
  }

  /** Takes a part over; answers where it begins now. */
  take(part: Part): number {
    const start = this.startOf(part);
    if (start !== part.anchor.offset) this.moved.push(part);
    return start;
  }

  /** Moves the anchors of what was taken over: the previous parse is not valid after that. */
  move(): void {
    for (const part of this.moved) moveBy(part, this.shift);
  }

  private isSame({ anchor: { offset }, reach }: Part): boolean {
    return offset < this.sameBefore ? offset + reach <= this.sameBefore : offset >= this.sameAfter;
  }
}

/** First index whose part does not begin before `old`. */
function indexOf(parts: readonly Part[], old: number): number {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (parts[middle]!.anchor.offset < old) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Texts are compared in pieces, which the engine does at the speed of memory, and in smaller ones near the difference. */
const pieces = [8192, 512, 32, 1];

function commonPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  for (const size of pieces) {
    while (length + size <= limit && a.slice(length, length + size) === b.slice(length, length + size)) length += size;
  }
  return length;
}

function commonSuffix(a: string, b: string, limit: number): number {
  let length = 0;
  for (const size of pieces) {
    while (length + size <= limit && tail(a, length, size) === tail(b, length, size)) length += size;
  }
  return length;
}

function tail(text: string, from: number, size: number): string {
  return text.slice(text.length - from - size, text.length - from);
}

function moveBy(part: Part, distance: number): void {
  part.anchor.offset += distance;
  for (const inner of part.parts) moveBy(inner, distance);
}
