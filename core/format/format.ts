// Formatting: indentation by one unit a level, one space where spaces stand between signs, no spaces at the ends of lines, at most one empty
// line. Nothing but white space changes; comments stay where they are. What would read differently afterwards is left as it is.
import { type ParsedText, parse } from '../syntax/parse.ts';
import type { MapEntry, MapNode, ScalarNode, SeqNode, SyntaxNode } from '../syntax/tree.ts';
import { type Origin, spanOf } from '../text/origin.ts';
import { applyEdits, type Span, type TextEdit } from '../text/source.ts';
import { Lines } from './lines.ts';

export interface FormatOptions {
  /** Spaces a level. */
  readonly unit: number;
  /** Only what lies in it. */
  readonly within?: Span;
}

/** Empty where the text is formatted already, or cannot be read. */
export function formatText(parsed: ParsedText, { unit, within }: FormatOptions): readonly TextEdit[] {
  const { text, tree, findings, language } = parsed;
  if (!tree || findings.length > 0 || language !== 'yaml') return [];
  const all = new Formatting(text, unit).edits(tree);
  if (!within) return meansTheSame(parsed, all) ? all : [];
  const inside = all.filter(({ span }) => within.start <= span.start && span.end <= within.end);
  if (meansTheSame(parsed, inside)) return inside;
  // A part of a block cannot be indented without the rest of it.
  const spaces = inside.filter(({ span }) => span.start > 0 && text[span.start - 1] !== '\n');
  return meansTheSame(parsed, spaces) ? spaces : [];
}

function meansTheSame({ text, tree }: ParsedText, edits: readonly TextEdit[]): boolean {
  if (edits.length === 0) return true;
  const after = parse(applyEdits(text, edits));
  return after.findings.length === 0 && isSame(tree, after.tree);
}

class Formatting {
  private readonly text: string;
  private readonly unit: number;
  private readonly lines: Lines;
  private readonly gaps = new Map<number, TextEdit>();

  constructor(text: string, unit: number) {
    this.text = text;
    this.unit = unit;
    this.lines = new Lines(text);
  }

  edits(tree: SyntaxNode): readonly TextEdit[] {
    this.visit(tree, { old: -1, indent: -this.unit });
    this.lines.fill();
    const edits = [...this.gaps.values(), ...this.lineEdits()];
    return edits.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }

  // ---- structure

  /** `parent`: column of the key or dash that the node belongs to, before and after. */
  private visit(node: SyntaxNode, parent: Parent): void {
    const indent = parent.indent + this.unit;
    if (node.kind === 'scalar') return this.visitScalar(node, parent);
    if (node.flow) return this.visitFlow(node, parent);
    if (node.kind === 'map') this.visitMap(node, indent);
    else this.visitSeq(node, indent);
  }

  private visitMap(map: MapNode, indent: number): void {
    for (const entry of map.entries) {
      if (entry.merged) continue;
      const { start } = spanOf(entry.origin);
      this.lines.want(start, indent);
      this.colonOf(entry);
      const { value } = entry;
      if (value && contains(entry.origin, value.origin)) this.visit(value, { old: this.lines.column(start), indent });
    }
  }

  private visitSeq(seq: SeqNode, indent: number): void {
    let from = spanOf(seq.origin).start;
    for (const item of [...seq.items, undefined]) {
      const isOwn = item !== undefined && contains(seq.origin, item.origin) && spanOf(item.origin).start >= from;
      const until = isOwn ? spanOf(item.origin).start : spanOf(seq.origin).end;
      let dash = from;
      for (const at of dashes(this.text, from, until)) {
        dash = at;
        this.lines.want(at, indent);
        this.spaceAfter(at + 1);
      }
      if (!isOwn) continue;
      const parent = { old: this.lines.column(dash), indent };
      // What stands behind a dash is two columns further, whatever the unit is.
      if (item.kind !== 'scalar' && !item.flow) this.visit(item, { old: parent.old, indent: indent + 2 - this.unit });
      else this.visit(item, parent);
      from = spanOf(item.origin).end;
    }
  }

  /** Lines of a flow collection keep their layout and move along with the line it begins on. */
  private visitFlow(node: MapNode | SeqNode, parent: Parent): void {
    const { start, end } = spanOf(node.origin);
    this.lines.want(start, parent.indent + this.unit);
    const first = this.lines.at(start);
    const shift = (first.wanted ?? first.indent) - first.indent;
    for (const line of this.lines.after(start, end)) {
      if (line.isBlank) continue;
      line.wanted = Math.max(parent.indent + 1, line.indent + shift, 0);
    }
    this.spacesIn(node);
  }

  private visitScalar(node: ScalarNode, parent: Parent): void {
    const { start, end } = spanOf(node.origin);
    const indent = parent.indent + this.unit;
    this.lines.want(start, Math.max(indent, 0));
    const rest = this.lines.after(start, end);
    if (rest.length === 0) return;
    for (const line of rest) line.isText = true;
    if (node.style !== 'literal' && node.style !== 'folded') {
      for (const line of rest) line.wanted = line.isBlank ? 0 : Math.max(indent, 0);
      return;
    }
    const header = this.text.slice(start, this.lines.at(start).end);
    const content = rest.find(({ isBlank }) => !isBlank)?.indent;
    if (content === undefined) return;
    const isWritten = /^[|>][-+]?[1-9]/.test(header);
    const shift = isWritten ? parent.indent - Math.max(parent.old, 0) : Math.max(indent, 0) - content;
    const lowest = isWritten ? 0 : content;
    for (const line of rest) line.wanted = line.isBlank && line.indent <= lowest ? 0 : Math.max(0, line.indent + shift);
    if (!header.includes('+')) return;
    // Empty lines at the end are a part of the text.
    const { all } = this.lines;
    for (let next = this.lines.numberAt(end) + 1; all[next]?.isBlank; next++) all[next]!.isText = true;
  }

  // ---- spaces between signs

  /** `key : value` and `key:   value` become `key: value`; a comment behind the colon stays where it is. */
  private colonOf({ key, origin, value }: MapEntry): void {
    const { end } = spanOf(key.origin);
    const colon = end + /^[ \t]*/.exec(this.text.slice(end, spanOf(origin).end + 1))![0].length;
    if (this.text[colon] !== ':' || /^[*?]/.test(this.text[spanOf(origin).start]!)) return;
    this.gap(end, colon, '');
    if (value || !/^[ \t]*(?:\r?\n|$)/.test(this.text.slice(colon + 1, colon + 200))) this.spaceAfter(colon + 1);
  }

  private spaceAfter(at: number): void {
    const space = /^[ \t]*/.exec(this.text.slice(at, this.lines.at(at).end))![0];
    const next = this.text[at + space.length];
    if (at + space.length < this.lines.at(at).end && next !== '#') this.gap(at, at + space.length, ' ');
  }

  private spacesIn(node: SyntaxNode): void {
    if (node.kind === 'scalar' || !node.flow) return;
    const { start, end } = spanOf(node.origin);
    const isBraced = this.text[start] === '{';
    const hasBrackets = isBraced || this.text[start] === '[';
    const edge = isBraced ? ' ' : '';
    let last = hasBrackets ? start + 1 : start;
    let isFirst = true;
    const parts = node.kind === 'map' ? node.entries.filter(({ merged }) => !merged) : node.items;
    for (const part of parts) {
      if (!part || !contains(node.origin, part.origin)) return;
      const at = spanOf(part.origin).start;
      if (isFirst && hasBrackets) this.blank(last, at, edge);
      else if (!isFirst) this.comma(last, at);
      if ('key' in part) this.pair(part);
      else this.spacesIn(part);
      last = spanOf(part.origin).end;
      isFirst = false;
    }
    if (hasBrackets) this.blank(last, end - 1, isFirst ? '' : edge);
  }

  private pair({ key, value, origin }: MapEntry): void {
    if (!value || !contains(origin, value.origin)) return;
    const from = spanOf(key.origin).end;
    const to = spanOf(value.origin).start;
    if (/^[ \t]*:[ \t]*$/.test(this.text.slice(from, to)) && this.text[spanOf(key.origin).start] !== '*')
      this.gap(from, to, ': ');
    this.spacesIn(value);
  }

  private comma(from: number, to: number): void {
    if (/^[ \t]*,[ \t]*$/.test(this.text.slice(from, to))) this.gap(from, to, ', ');
  }

  private blank(from: number, to: number, wanted: string): void {
    if (/^[ \t]*$/.test(this.text.slice(from, to))) this.gap(from, to, wanted);
  }

  private gap(start: number, end: number, text: string): void {
    if (this.text.slice(start, end) !== text) this.gaps.set(start, { span: { start, end }, text });
  }

  // ---- lines

  private *lineEdits(): Generator<TextEdit> {
    const { all } = this.lines;
    const last = all.findLastIndex(({ isBlank, isText }) => !isBlank || isText);
    let empty = true;
    for (const [number, line] of all.entries()) {
      const isEmpty = line.isBlank && !line.isText;
      if (isEmpty && (empty || number > last)) {
        if (number < all.length - 1) yield { span: { start: line.start, end: all[number + 1]!.start }, text: '' };
        else if (line.end > line.start) yield { span: { start: line.start, end: line.end }, text: '' };
        continue;
      }
      empty = isEmpty;
      const { start, indent, wanted = indent } = line;
      if (line.isBlank) {
        const length = line.isText ? wanted : 0;
        if (line.end - start !== length) yield { span: { start, end: line.end }, text: ' '.repeat(length) };
        continue;
      }
      if (wanted !== indent) yield { span: { start, end: start + indent }, text: ' '.repeat(wanted) };
      const trimmed = start + this.text.slice(start, line.end).trimEnd().length;
      if (!line.isText && trimmed < line.end && !this.gaps.has(trimmed))
        yield { span: { start: trimmed, end: line.end }, text: '' };
    }
    const { end } = all[last]!;
    if (last === all.length - 1) yield { span: { start: end, end }, text: this.text.includes('\r\n') ? '\r\n' : '\n' };
  }
}

interface Parent {
  readonly old: number;
  readonly indent: number;
}

/** Of the items that begin between two offsets where nothing else stands: comments are passed over. */
function* dashes(text: string, from: number, to: number): Generator<number> {
  for (let at = from; at < to; at++) {
    const sign = text[at]!;
    if (sign === '#' && (at === 0 || /\s/.test(text[at - 1]!))) {
      const feed = text.indexOf('\n', at);
      if (feed < 0) return;
      at = feed;
    } else if (sign === '-') yield at;
    // Anchors and tags stand behind the dash.
    else if (!/\s/.test(sign)) return;
  }
}

function contains(outer: Origin, inner: Origin): boolean {
  const [a, b] = [spanOf(outer), spanOf(inner)];
  return a.start <= b.start && b.end <= a.end;
}

/** The same values in the same forms, wherever they stand. */
function isSame(a: SyntaxNode | undefined, b: SyntaxNode | undefined): boolean {
  if (!a || !b) return a === b;
  if (a.kind === 'scalar') return b.kind === 'scalar' && a.text === b.text && a.style === b.style;
  if (a.kind === 'seq')
    return (
      b.kind === 'seq' &&
      a.flow === b.flow &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => isSame(item, b.items[index]))
    );
  if (b.kind !== 'map' || a.flow !== b.flow || a.entries.length !== b.entries.length) return false;
  return a.entries.every(({ key, value, merged }, index) => {
    const other = b.entries[index]!;
    return isSame(key, other.key) && isSame(value, other.value) && merged === other.merged;
  });
}
