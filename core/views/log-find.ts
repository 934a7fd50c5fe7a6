// Finding in a log: the pattern of a query as host and panel both understand it, its places in a line, and walking the lines found.

export interface LogQuery {
  readonly text: string;
  readonly regex: boolean;
  readonly caseSensitive: boolean;
}

/** Undefined for an empty text; `invalid` with the reason where it is no regular expression. */
export type LogPattern =
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  | { readonly kind: 'invalid'; readonly why: string };

export function patternOf(query: LogQuery): LogPattern | undefined {
  if (query.text === '') return undefined;
  const source = query.regex ? query.text : query.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  try {
    return { kind: 'pattern', pattern: new RegExp(source, query.caseSensitive ? 'g' : 'gi') };
  } catch (error) {
    return { kind: 'invalid', why: error instanceof Error ? error.message : String(error) };
  }
}

const mostPlaces = 500;
const longestLine = 20_000;

/** Where the pattern holds in a line, from and to; empty matches are none. */
export function placesIn(pattern: RegExp, line: string): (readonly [number, number])[] {
  const places: (readonly [number, number])[] = [];
  for (const match of line.slice(0, longestLine).matchAll(pattern)) {
    if (match[0].length > 0) places.push([match.index, match.index + match[0].length]);
    if (places.length === mostPlaces) break;
  }
  return places;
}

/** Index in ascending `lines` of the first that is not before `line`; their number when all are. */
export function indexFrom(lines: readonly number[], line: number): number {
  let [from, to] = [0, lines.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (lines[middle]! < line) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The next match after `line`, or before it, around the ends; from nowhere the one nearest to `seen`, rather after than before it. */
export function nextMatch(lines: readonly number[], line: number | undefined, by: 1 | -1, seen: number): number | undefined {
  if (lines.length === 0) return undefined;
  if (line === undefined) return Math.min(indexFrom(lines, seen), lines.length - 1);
  const at = by > 0 ? indexFrom(lines, line + 1) : indexFrom(lines, line) - 1;
  return (at + lines.length) % lines.length;
}

/** Ticks beside the scroll bar: which of `parts` equal parts of the log hold a match. */
export function partsWithMatch(lines: readonly number[], total: number, parts: number): number[] {
  const found: number[] = [];
  if (total <= 0) return found;
  // From part to part, not from line to line: there may be millions of matches.
  for (let part = 0; part < parts; part++) {
    const [from, to] = [Math.ceil((part * total) / parts), Math.ceil(((part + 1) * total) / parts)];
    const at = indexFrom(lines, from);
    if (at < lines.length && lines[at]! < to) found.push(part);
  }
  return found;
}
