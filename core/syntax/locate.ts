// Where an offset of a text lies in its tree: which key or value stands there, and, for completion, what is being typed there,
// however unfinished it is.
import { type Origin, spanOf } from '../text/origin.ts';
import type { Span } from '../text/source.ts';
import { type ParsedText, parse } from './parse.ts';
import type { Part } from './part.ts';
import type { MapEntry, MapNode, ScalarNode, SyntaxNode } from './tree.ts';

/** Keys and item numbers from the root. */
export type Path = readonly (string | number)[];

export interface PlaceAt {
  readonly kind: 'key' | 'value';
  /** Ends with the key, or leads to the value. */
  readonly path: Path;
  /** The key, or the innermost value at the offset. */
  readonly node: SyntaxNode;
  /** The entry of a key, and of a value that stands in one. */
  readonly entry: MapEntry | undefined;
}

/** The innermost key or value that covers the offset, its two ends included; undefined in comments and empty places. */
export function placeAt(tree: SyntaxNode | undefined, offset: number): PlaceAt | undefined {
  if (!tree || !covers(tree.origin, offset)) return undefined;
  const path: (string | number)[] = [];
  let node = tree;
  let entry: MapEntry | undefined;
  for (;;) {
    if (node.kind === 'scalar') return { kind: 'value', path, node, entry };
    if (node.kind === 'map') {
      const inside: MapEntry | undefined = node.entries.find((each) => !each.merged && covers(each.origin, offset));
      if (!inside) return { kind: 'value', path, node, entry };
      path.push(inside.key.text);
      entry = inside;
      if (covers(inside.key.origin, offset)) return { kind: 'key', path, node: inside.key, entry };
      // An alias has its value elsewhere.
      if (!inside.value || !covers(inside.value.origin, offset)) return undefined;
      node = inside.value;
    } else {
      const index: number = node.items.findIndex((item) => item && covers(item.origin, offset));
      if (index < 0) return { kind: 'value', path, node, entry };
      path.push(index);
      node = node.items[index]!;
    }
  }
}

/** In the tree of a program, whose entries do not stand inside of each other: the narrowest key or scalar that covers the offset. */
export function placeAmong(tree: SyntaxNode | undefined, offset: number): PlaceAt | undefined {
  let found: PlaceAt | undefined;
  let width = Infinity;
  const offer = (place: PlaceAt) => {
    const { from, to } = place.node.origin;
    // What a call implies stands at the name of its function; what the author wrote goes before it.
    if (!covers(place.node.origin, offset) || to - from >= width) return;
    found = place;
    width = to - from;
  };
  const visit = (node: SyntaxNode | undefined, path: Path, entry: MapEntry | undefined): void => {
    if (!node) return;
    if (node.kind === 'scalar') offer({ kind: 'value', path, node, entry });
    else if (node.kind === 'seq') for (const [index, item] of node.items.entries()) visit(item, [...path, index], entry);
    else
      for (const each of node.entries) {
        const inside = [...path, each.key.text];
        offer({ kind: 'key', path: inside, node: each.key, entry: each });
        visit(each.value, inside, each);
      }
  };
  visit(tree, [], undefined);
  return found;
}

export function nodeAt(tree: SyntaxNode | undefined, path: Path): SyntaxNode | undefined {
  let node = tree;
  for (const key of path) {
    if (typeof key === 'number') node = node?.kind === 'seq' ? node.items[key] : undefined;
    else node = node?.kind === 'map' ? node.entries.findLast((entry) => entry.key.text === key)?.value : undefined;
  }
  return node;
}

function covers(origin: Origin, offset: number): boolean {
  const start = origin.anchor.offset + origin.from;
  return start <= offset && offset <= origin.anchor.offset + origin.to;
}

// ---- what is being typed

/** A place where a word can be written, with the word that is there. */
export interface Spot {
  /** `key`: of a map's entry. `value`: of an entry, an item of a list, or the whole document. */
  readonly kind: 'key' | 'value';
  /** Of the map that the key belongs to, or of the value itself. Numbers count from where `tree` begins. */
  readonly path: Path;
  /** The tree around, without the word that is being typed: for `describeAt`. It may hold no more than the entry at the cursor. */
  readonly tree: SyntaxNode | undefined;
  /** Keys of the map that the key belongs to, without the one that is being typed. */
  readonly present: ReadonlySet<string>;
  /** Texts of the other scalars, where the spot is an item of a list. */
  readonly siblings: readonly string[];
  /** Name of the entry of a top-level collection that the spot is in, in either form of the collection. */
  readonly entryName: string | undefined;
  readonly style: ScalarNode['style'];
  /** The word or text at the offset, without its quotes. */
  readonly span: Span;
  /** With its quotes. */
  readonly outer: Span;
  readonly text: string;
  /** Offset in `text`. -1 where escapes or line folds hide it. */
  readonly at: number;
  /** Inside of `{ }` or `[ ]`. */
  readonly inFlow: boolean;
  /** Block context: the spot is the first thing on its line, so that a value may as well become a map. */
  readonly ownLine: boolean;
  /** The line begins with a dash before the spot: what goes on below is indented by two more than the line. */
  readonly afterDash: boolean;
  /** A key that has its colon already. */
  readonly hasColon: boolean;
}

/** A letter that no text has, put in at the offset to see how the reader takes a word there. */
const mark = '\ua66e';

/** Undefined where nothing can be written: in comments and block texts of unknown shape. */
export function spotAt(parsed: ParsedText, offset: number): Spot | undefined {
  const around = surroundings(parsed, offset);
  const at = offset - around.shift;
  const marked = parse(around.text.slice(0, at) + mark + around.text.slice(at), parsed.language);
  const found = find(marked.tree, at);
  if (!found) return undefined;
  const { node, path, kind } = found;
  const span = spanOf(node.origin);
  const quoted = node.style === 'single' || node.style === 'double';
  const closed = quoted && span.end - span.start > 1 && marked.text[span.end - 1] === marked.text[span.start];
  const inner = { start: span.start + (quoted ? 1 : 0), end: span.end - (closed ? 1 : 0) };
  const text = node.text.replace(mark, '');
  const direct = inner.end - inner.start === node.text.length;
  // Back to offsets of the document: the mark is gone, the slice is at its place.
  const back = (to: number) => to + around.shift - (to > at ? mark.length : 0);
  const line = marked.text.slice(marked.text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  return {
    kind,
    path,
    tree: marked.tree,
    present: presentKeys(parsed, found, offset),
    siblings: siblingsOf(marked.tree, found),
    entryName: entryName(marked.tree, path),
    style: node.style,
    span: { start: back(inner.start), end: back(inner.end) },
    outer: { start: back(span.start), end: back(span.end) },
    text,
    at: direct ? at - inner.start : -1,
    inFlow: found.inFlow,
    ownLine: !found.inFlow && line.trim() === '',
    afterDash: !found.inFlow && /^\s*-\s/.test(line),
    hasColon: /^\s*:(?:\s|$)/.test(marked.text.slice(span.end, span.end + 100)),
  };
}

interface Surroundings {
  readonly text: string;
  /** Add to an offset of `text` to have that of the document. */
  readonly shift: number;
}

/** The entry of a collection that the offset is in, with the key of the collection above it: what an edit would read again. */
function surroundings({ text, parts, language }: ParsedText, offset: number): Surroundings {
  const whole = { text, shift: 0 };
  if (language === 'json') return whole;
  const index = lastBefore(parts, offset);
  const member = parts[index];
  if (!member) return parts.length > 0 ? { text: text.slice(0, lineStart(text, parts[0]!.anchor.offset)), shift: 0 } : whole;
  const next = parts[index + 1];
  const from = lineStart(text, member.anchor.offset);
  const to = next ? lineStart(text, next.anchor.offset) : text.length;
  const result = member.result && 'key' in member.result ? member.result : undefined;
  if (!result || from > member.anchor.offset || offset > to) return whole;
  if (member.parts.length === 0) return member.log.length > 0 ? whole : { text: text.slice(from, to), shift: from };
  const inner = lastBefore(member.parts, offset);
  const head = text.slice(from, spanOf(result.key.origin).end);
  const first = lineStart(text, member.parts[0]!.anchor.offset);
  // A collection that begins on the line of its key is in flow style; one with names of other parts needs them.
  if (first <= from || member.parts.some((part) => part.log.length > 0)) {
    return member.log.length > 0 ? whole : { text: text.slice(from, to), shift: from };
  }
  if (inner < 0) return { text: text.slice(from, first), shift: from };
  const start = lineStart(text, member.parts[inner]!.anchor.offset);
  const following = member.parts[inner + 1];
  const end = following ? lineStart(text, following.anchor.offset) : to;
  const header = `${head}:\n`;
  return { text: header + text.slice(start, end), shift: start - header.length };
}

/** Index of the last part that begins at or before the line position of the offset; -1 where there is none. */
function lastBefore(parts: readonly Part[], offset: number): number {
  let low = -1;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (parts[middle]!.anchor.offset <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

interface Found {
  readonly node: ScalarNode;
  readonly kind: 'key' | 'value';
  readonly path: Path;
  readonly map: MapNode | undefined;
  readonly inFlow: boolean;
}

function find(tree: SyntaxNode | undefined, at: number): Found | undefined {
  const place = placeAt(tree, at);
  if (place?.node.kind !== 'scalar' || !place.node.text.includes(mark)) return undefined;
  const key = place.kind === 'key';
  const path = key ? place.path.slice(0, -1) : place.path;
  const clean = path.map((each) => (typeof each === 'string' ? each.replace(mark, '') : each));
  let inFlow = false;
  for (let length = 0; length < place.path.length; length++) {
    const node = nodeAt(tree, place.path.slice(0, length));
    if (node && node.kind !== 'scalar' && node.flow) inFlow = true;
  }
  const map = key ? nodeAt(tree, path) : undefined;
  return { node: place.node, kind: place.kind, path: clean, map: map?.kind === 'map' ? map : undefined, inFlow };
}

function presentKeys(parsed: ParsedText, { map, node, path, kind }: Found, offset: number): ReadonlySet<string> {
  const root = parsed.tree?.kind === 'map' ? parsed.tree : undefined;
  return new Set([...keysOf(map, node), ...(path.length === 0 && kind === 'key' ? keysOf(root, undefined, offset) : [])]);
}

function siblingsOf(tree: SyntaxNode | undefined, { path, node, kind }: Found): readonly string[] {
  const list = kind === 'value' && typeof path.at(-1) === 'number' ? nodeAt(tree, path.slice(0, -1)) : undefined;
  if (list?.kind !== 'seq') return [];
  return list.items.flatMap((item) => (item?.kind === 'scalar' && item !== node ? [item.text] : []));
}

function entryName(tree: SyntaxNode | undefined, path: Path): string | undefined {
  if (typeof path[1] !== 'number') return path[1];
  const name = nodeAt(tree, [path[0]!, path[1], 'name']);
  return name?.kind === 'scalar' ? name.text : undefined;
}

function keysOf(map: MapNode | undefined, without: ScalarNode | undefined, offset = -1): readonly string[] {
  return (map?.entries ?? [])
    .filter(({ key }) => key !== without && (offset < 0 || !covers(key.origin, offset)))
    .map(({ key }) => key.text);
}
