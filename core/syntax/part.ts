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
  /** Relative to the anchor: where reading goes on, and how far it looked. */
  readonly end: number;
  readonly reach: number;
  readonly result: Result;
  readonly findings: readonly Diagnostic[];
  readonly parts: readonly Part[];
  readonly log: readonly NameUse[];
}

/** Reads an entry of a collection, or takes over what was read before. */
export function readPart<T extends Result>(cursor: Cursor, context: string, read: () => T): T {
  if (cursor.level > 1) return read();
  const known = cursor.reuse?.find(cursor.pos, cursor.level, context);
  if (known && cursor.replay(known.log)) {
    moveBy(known, cursor.pos - known.anchor.offset);
    cursor.look(cursor.pos + known.reach);
    cursor.pos += known.end;
    cursor.parts.push(known);
    return known.result as T;
  }
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
  private readonly starts: number[] = [];
  private readonly parts: Part[] = [];
  private readonly sameBefore: number;
  private readonly sameAfter: number;
  private readonly shift: number;

  constructor(oldText: string, newText: string, parts: readonly Part[]) {
    const before = commonPrefix(oldText, newText);
    const shift = newText.length - oldText.length;
    const after = commonSuffix(oldText, newText, Math.min(oldText.length, newText.length) - before);
    // A reach of one past the end says that the end itself was seen: it counts as unchanged only from the end's side.
    this.sameBefore = before;
    this.sameAfter = oldText.length - after;
    this.shift = shift;
    this.collect(parts);
  }

  /** The part that stood at the place which is now `at`. */
  find(at: number, level: number, context: string): Part | undefined {
    // What is before the edit stands where it stood; what is after it has moved. A part counts for one of the two only, or text that
    // the edit repeats would be taken for the part twice.
    const before = at < this.sameBefore;
    const old = before ? at : at - this.shift;
    for (let index = this.indexOf(old); this.starts[index] === old; index++) {
      const part = this.parts[index]!;
      if (part.level !== level || part.context !== context) continue;
      if (before ? old + part.reach <= this.sameBefore : old >= this.sameAfter) return part;
    }
    return undefined;
  }

  private collect(parts: readonly Part[]): void {
    for (const part of parts) {
      this.starts.push(part.anchor.offset);
      this.parts.push(part);
      this.collect(part.parts);
    }
  }

  /** First index whose start is not before `old`. */
  private indexOf(old: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! < old) low = middle + 1;
      else high = middle;
    }
    return low;
  }
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
  if (distance === 0) return;
  part.anchor.offset += distance;
  for (const inner of part.parts) moveBy(inner, distance);
}
