// Adding an entry to a map or a collection of the text, in the style that stands there: block or flow, map or list form, with what is
// missing of the way to it.
import { workflowShape } from '../../core/generated/shapes.ts';
import { nodeAt, type Path } from '../../core/syntax/locate.ts';
import type { MapEntry, MapNode, SeqNode, SyntaxNode } from '../../core/syntax/tree.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import type { TextEdit } from '../../core/text/source.ts';
import { keyText } from './yaml-text.ts';

/** What stands behind the key. */
export type NewValue =
  /** YAML on one line, and how that is written inside of brackets; empty for an entry without a value. */
  | { readonly kind: 'line'; readonly text: string; readonly inFlow: string }
  /** Members, each below the key or all in braces. */
  | { readonly kind: 'members'; readonly members: readonly (readonly [name: string, value: NewValue])[] };

export interface Document {
  readonly text: string;
  readonly tree: SyntaxNode | undefined;
}

export function line(text: string, inFlow = text): NewValue {
  return { kind: 'line', text, inFlow };
}

export function members(list: readonly (readonly [name: string, value: NewValue])[]): NewValue {
  return { kind: 'members', members: list };
}

export type NewEntry = readonly [key: string, value: NewValue];

export function addEntry(document: Document, path: Path, key: string, value: NewValue): TextEdit | undefined {
  return addEntries(document, path, [[key, value]]);
}

/**
 * Undefined where the place has another form than entries need. `path` leads to the map; what is missing of it is added. To the document
 * itself one entry at a time, since each has its own place.
 */
export function addEntries(document: Document, path: Path, entries: readonly NewEntry[]): TextEdit | undefined {
  const { text, tree } = document;
  if (!tree && path.length === 0) {
    const lines = entries.map(([key, value]) => `${blockEntry(key, value, 0)}\n`).join('');
    return insert(text.length, (text === '' || text.endsWith('\n') ? '' : '\n') + lines, document);
  }
  const node = nodeAt(tree, path);
  if (node?.kind === 'map')
    return node.flow ? intoFlow(document, node, entries.map(flowEntry)) : intoBlock(document, node, path, entries);
  if (node?.kind === 'seq' && path.length === 1) return intoList(document, node, entries);
  if (node || path.length === 0) return undefined;
  const parent = nodeAt(tree, path.slice(0, -1));
  const entry = parent?.kind === 'map' ? parent.entries.findLast((each) => each.key.text === path.at(-1)) : undefined;
  if (parent?.kind === 'map' && entry) return entry.merged ? undefined : belowKey(document, parent, entry, entries);
  const name = path.at(-1);
  return typeof name === 'string' ? addEntries(document, path.slice(0, -1), [[name, members(entries)]]) : undefined;
}

/** `key:` without a value: the entries become its value. */
function belowKey(document: Document, parent: MapNode, entry: MapEntry, entries: readonly NewEntry[]): TextEdit | undefined {
  const { text } = document;
  const colon = text.indexOf(':', spanOf(entry.key.origin).end);
  if (colon < 0 || text.slice(spanOf(entry.key.origin).end, colon).trim() !== '') return undefined;
  if (parent.flow) return insert(colon + 1, ` { ${entries.map(flowEntry).join(', ')} }`, document);
  return insert(lineEnd(text, colon), blockLines(entries, columnOf(text, entry.key.origin) + unit), document);
}

function intoFlow(document: Document, node: MapNode | SeqNode, entries: readonly string[]): TextEdit {
  const { text } = document;
  const { start, end } = spanOf(node.origin);
  const last = node.kind === 'map' ? node.entries.findLast(({ merged }) => !merged)?.origin : node.items.at(-1)?.origin;
  if (!last) {
    const space = node.kind === 'map' ? ' ' : '';
    return { span: { start: start + 1, end: Math.max(start + 1, end - 1) }, text: space + entries.join(', ') + space };
  }
  const at = spanOf(last).end;
  const comma = /^\s*,/.exec(text.slice(at, end))?.[0];
  // Entries that have lines of their own go on so.
  const head = text.slice(lineStart(text, spanOf(last).start), spanOf(last).start);
  const separator = head.trim() === '' && spanOf(last).start - head.length > start ? `\n${head}` : ' ';
  return insert(at + (comma?.length ?? 0), (comma ? '' : ',') + separator + entries.join(`,${separator}`), document);
}

function intoBlock(document: Document, node: MapNode, path: Path, entries: readonly NewEntry[]): TextEdit | undefined {
  const { text } = document;
  const written = node.entries.filter(({ merged }) => !merged);
  const first = written[0];
  if (!first) return undefined;
  const indent = columnOf(text, first.key.origin);
  const before = path.length === 0 ? earlier(written, entries[0]![0]) : written.at(-1);
  const lines = blockLines(entries, indent);
  if (!before) return insert(lineStart(text, spanOf(first.origin).start), `${lines.slice(1)}\n`, document);
  const at = lineEnd(text, lastSign(text, before.origin));
  // Sections that are set apart by an empty line stay so.
  const apart = path.length === 0 && /^\r?\n[ \t]*\r?\n/.test(text.slice(at)) ? '\n' : '';
  return insert(at, apart + lines, document);
}

/** Items of the list form of a collection: the key is the `name`. */
function intoList(document: Document, node: SeqNode, entries: readonly NewEntry[]): TextEdit | undefined {
  const { text } = document;
  const items = entries.map(([key, value]): readonly NewEntry[] => [
    ['name', line(keyText(key))],
    ...(value.kind === 'members' ? value.members : []),
  ]);
  if (node.flow)
    return intoFlow(
      document,
      node,
      items.map((item) => flowText(members(item))),
    );
  const last = node.items.at(-1);
  if (!last) return undefined;
  const start = spanOf(last.origin).start;
  const dash = /^([ \t]*)-[ \t]+$/.exec(text.slice(lineStart(text, start), start))?.[1];
  if (dash === undefined) return undefined;
  const lines = items.map((item) => `\n${dash}- ${blockLines(item, dash.length + unit).trimStart()}`);
  return insert(lineEnd(text, lastSign(text, last.origin)), lines.join(''), document);
}

/** The last of the entries that stand before a section in the order of the schema. */
function earlier(entries: readonly MapEntry[], key: string): MapEntry | undefined {
  const order = (name: string) => {
    const index = workflowShape.members.findIndex((member) => member.name === name);
    return index < 0 ? Infinity : index;
  };
  return (
    entries.findLast((entry) => order(entry.key.text) < order(key)) ?? (order(key) === Infinity ? entries.at(-1) : undefined)
  );
}

// ---- texts

const unit = 2;

/** Each on lines of its own, a line break before each. */
function blockLines(entries: readonly NewEntry[], indent: number): string {
  return entries.map(([key, value]) => `\n${' '.repeat(indent)}${blockEntry(key, value, indent)}`).join('');
}

function blockEntry(key: string, value: NewValue, indent: number): string {
  if (value.kind === 'line') return `${keyText(key)}:${value.text === '' ? '' : ` ${value.text}`}`;
  // What fits on a line is written on one, as a person would.
  const oneLine = flowEntry([key, value]);
  const isShort = value.members.length === 0 || (indent > 0 && oneLine.length + indent <= 100 && !oneLine.includes('${{'));
  return isShort ? oneLine : `${keyText(key)}:${blockLines(value.members, indent + unit)}`;
}

function flowEntry([key, value]: NewEntry): string {
  const text = flowText(value);
  return `${keyText(key)}:${text === '' ? '' : ` ${text}`}`;
}

export function flowText(value: NewValue): string {
  if (value.kind === 'line') return value.inFlow;
  return value.members.length === 0 ? '{}' : `{ ${value.members.map(flowEntry).join(', ')} }`;
}

function insert(at: number, inserted: string, { text }: Document): TextEdit {
  return { span: { start: at, end: at }, text: text.includes('\r\n') ? inserted.replaceAll('\n', '\r\n') : inserted };
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Before the line break. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** Of an entry: a block text ends with its line breaks, which are not looked at. */
function lastSign(text: string, origin: Origin): number {
  const { start, end } = spanOf(origin);
  let at = end;
  while (at > start && /\s/.test(text[at - 1]!)) at--;
  return at;
}

function columnOf(text: string, origin: Origin): number {
  const { start } = spanOf(origin);
  return start - lineStart(text, start);
}
