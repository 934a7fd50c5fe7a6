// The reading position in one text, and what a parse shares: the anchor of the part being read, its findings, named nodes.
// Knows characters, columns and lines; what they mean is said by block.ts, flow.ts and scalar.ts.
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Anchor, Origin } from '../text/origin.ts';
import { aliasBomb, tabIndentation } from './findings.ts';
import type { NameUse, Part, Reuse } from './part.ts';
import type { SyntaxNode } from './tree.ts';

export type Language = 'yaml' | 'json';

/** Nodes that aliases may add to a tree: more is an attack or an accident, and every walk would pay for it. */
const aliasBudget = 20_000;
/** A tab counts as spaces up to the next multiple of this, which is also what the fix writes. */
const tabWidth = 2;
/** Collections inside of collections. What nests deeper was not written by a person, and every walk of the tree is a call a level. */
const deepest = 100;

/** Thrown where a text nests deeper than that, and caught where reading began. */
export class TooDeep {
  readonly at: number;

  constructor(at: number) {
    this.at = at;
  }
}

export class Cursor {
  readonly text: string;
  readonly language: Language;
  readonly reuse: Reuse | undefined;
  pos: number;
  /** Where the document ends: the text's end, or the marker of the next document. */
  limit: number;
  /** One past the last character that was looked at since the part began. */
  farthest = 0;
  /** 0 in the document, 1 in a top-level member, 2 in an entry of one. */
  level = 0;
  anchor: Anchor;
  findings: Diagnostic[] = [];
  parts: Part[] = [];
  /** Definitions and uses of `&names` since the part began, in order. */
  log: NameUse[] = [];
  named = new Map<string, SyntaxNode>();
  /** Brackets that are open around the position. */
  readonly brackets: string[] = [];
  tabsReported = false;
  private depth = 0;
  private readonly start: number;
  /** The line that was asked about last, and what is known of it. */
  private lineFrom = 0;
  private lineTo = -1;
  private hasTabs: boolean | undefined;
  private lastClose: number | undefined;
  private readonly sizes = new Map<SyntaxNode, number>();
  private aliased = 0;

  constructor(text: string, language: Language, anchor: Anchor, reuse: Reuse | undefined) {
    this.text = text;
    this.language = language;
    this.anchor = anchor;
    this.reuse = reuse;
    this.start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.pos = this.start;
    this.limit = text.length;
  }

  /** Code of the character at `at`; NaN at the document's end. */
  code(at: number): number {
    return at < this.limit ? this.text.charCodeAt(at) : Number.NaN;
  }

  char(at = this.pos): string {
    return at < this.limit ? this.text[at]! : '';
  }

  origin(from: number, to: number): Origin {
    return { anchor: this.anchor, from: from - this.anchor.offset, to: to - this.anchor.offset };
  }

  /** Counts a collection that begins here, until `leave`. */
  enter(): void {
    if (++this.depth > deepest) throw new TooDeep(this.pos);
  }

  leave(): void {
    this.depth--;
  }

  report(finding: Diagnostic): void {
    this.findings.push(finding);
  }

  /** Remembers that the result depends on the text before `end`. */
  look(end: number): void {
    if (end > this.farthest) this.farthest = end;
  }

  lineEnd(at: number): number {
    this.toLine(at);
    return Math.min(this.lineTo, this.limit);
  }

  lineStart(at: number): number {
    this.toLine(at);
    return this.lineFrom;
  }

  column(at: number): number {
    this.toLine(at);
    if (!this.lineHasTabs()) return at - this.lineFrom;
    let column = 0;
    for (let index = this.lineFrom; index < at; index++) {
      column += this.text.charCodeAt(index) === TAB ? tabWidth - (column % tabWidth) : 1;
    }
    return column;
  }

  /** Whether `}}` stands behind `at` on its line. */
  closesOnLine(at: number): boolean {
    this.toLine(at);
    this.lastClose ??= this.lineFrom + this.text.slice(this.lineFrom, this.lineEnd(at)).lastIndexOf('}}');
    return this.lastClose >= at;
  }

  skipSpaces(): void {
    while (isBlank(this.code(this.pos))) this.pos++;
  }

  /** Moves from `at` over what a sticky expression matches. */
  past(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    return pattern.test(this.text) ? Math.min(pattern.lastIndex, this.limit) : at;
  }

  /** Whether only spaces and a comment follow on the line. */
  atLineEnd(): boolean {
    let at = this.pos;
    while (isBlank(this.code(at))) at++;
    const code = this.code(at);
    return Number.isNaN(code) || isBreak(code) || (code === HASH && (at > this.pos || this.startsToken(at)));
  }

  /** Position of the next character that is no space, line break or comment; the document's end where there is none. */
  ahead(from = this.pos): number {
    let at = this.past(WHITE, from);
    while (this.code(at) === HASH && this.startsToken(at)) at = this.past(WHITE, this.lineEnd(at));
    this.look(Math.min(at + 4, this.limit === this.text.length ? this.limit + 1 : this.limit + 4));
    return at;
  }

  /** Moves to the next content in block context and answers its column, -1 at the end of the document. */
  toContent(): number {
    this.pos = this.ahead();
    if (this.pos >= this.limit) return -1;
    this.toLine(this.pos);
    if (!this.tabsReported && this.lineHasTabs()) {
      const indentation = this.text.slice(this.lineFrom, this.pos);
      if (/^[ \t]*\t[ \t]*$/.test(indentation)) {
        this.tabsReported = true;
        this.report(tabIndentation(this, this.lineFrom));
      }
    }
    return this.column(this.pos);
  }

  /** Whether the character at `at` is followed by white space or the end. */
  isSign(at: number): boolean {
    const next = this.code(at + 1);
    return Number.isNaN(next) || isBlank(next) || isBreak(next);
  }

  isDash(at = this.pos): boolean {
    return this.code(at) === DASH && this.isSign(at);
  }

  define(name: string, node: SyntaxNode): void {
    this.named.set(name, node);
    this.log.push({ name, node, defines: true });
  }

  /** The node of that name; undefined where there is none, or where using it again would blow up the tree. */
  use(name: string, origin: Origin): SyntaxNode | undefined {
    const node = this.named.get(name);
    this.log.push({ name, node, defines: false });
    if (!node) return undefined;
    const affordable = this.spend(node);
    if (!affordable) this.report(aliasBomb(name, origin));
    return affordable ? node : undefined;
  }

  /** Takes over what a reused part said about names, if it would say the same here. */
  replay(log: readonly NameUse[]): boolean {
    if (log.length === 0) return true;
    const before = new Map(this.named);
    for (const { name, node, defines } of log) {
      if (defines && node) this.named.set(name, node);
      else if (this.named.get(name) !== node || (node && !this.spend(node))) {
        this.named = before;
        return false;
      }
    }
    this.log.push(...log);
    return true;
  }

  private toLine(at: number): void {
    if (this.lineFrom <= at && at <= this.lineTo) return;
    let from = at;
    while (from > this.start && !isBreak(this.text.charCodeAt(from - 1))) from--;
    LINE.lastIndex = at;
    LINE.test(this.text);
    this.lineFrom = from;
    this.lineTo = LINE.lastIndex;
    this.hasTabs = undefined;
    this.lastClose = undefined;
  }

  private lineHasTabs(): boolean {
    this.hasTabs ??= this.text.slice(this.lineFrom, this.lineTo).includes('\t');
    return this.hasTabs;
  }

  private spend(node: SyntaxNode): boolean {
    const size = this.sizeOf(node);
    if (this.aliased + size > aliasBudget) return false;
    this.aliased += size;
    return true;
  }

  private sizeOf(node: SyntaxNode | undefined): number {
    if (!node || node.kind === 'scalar') return 1;
    let size = this.sizes.get(node);
    if (size !== undefined) return size;
    size = 1;
    for (const child of node.kind === 'map' ? node.entries : node.items) {
      size += this.sizeOf(child && 'key' in child ? child.value : child);
    }
    this.sizes.set(node, size);
    return size;
  }

  private startsToken(at: number): boolean {
    return at === this.start || isBlank(this.text.charCodeAt(at - 1)) || isBreak(this.text.charCodeAt(at - 1));
  }
}

const LINE = /[^\n\r]*/y;
const WHITE = /[ \t\n\r]*/y;
const TAB = 9;
const HASH = 35;
const DASH = 45;

export function isBlank(code: number): boolean {
  return code === 32 || code === TAB;
}

export function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}
