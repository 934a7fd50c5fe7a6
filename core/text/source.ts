// Text, offsets and positions. Offsets and columns count UTF-16 code units, as LSP and JavaScript do.
// Knows nothing of YAML, workflows or editors.

/** A half-open range of offsets, `start <= end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** 0-based line and UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A replacement of `span` by `text`. Edits of one list do not overlap and refer to the text before all of them. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** One version of a document with its line index. Lines end as LSP has it: with `\n`, `\r\n`, or `\r` alone. */
export class SourceText {
  readonly text: string;
  /** Where lines start, as many as `count` says; there may be room behind them. */
  private starts: Uint32Array | undefined;
  private count = 0;

  constructor(text: string) {
    this.text = text;
  }

  get lineCount(): number {
    this.lineStarts();
    return this.count;
  }

  /** Offset at which `line` starts; the text's length when there is no such line. */
  lineStart(line: number): number {
    const starts = this.lineStarts();
    return line < this.count ? starts[line]! : this.text.length;
  }

  /** Offsets beyond the text are clamped; one inside of a line end is the end of the line. */
  positionAt(offset: number): Position {
    const starts = this.lineStarts();
    const at = Math.max(0, Math.min(offset, this.text.length));
    const line = lineOf(starts, this.count, at);
    return { line, character: this.beforeBreak(at, starts[line]!) - starts[line]! };
  }

  /** Positions beyond a line's end are clamped to it. */
  offsetAt({ line, character }: Position): number {
    const starts = this.lineStarts();
    if (line < 0) return 0;
    if (line >= this.count) return this.text.length;
    const start = starts[line]!;
    const next = this.lineStart(line + 1);
    return this.beforeBreak(Math.min(start + Math.max(0, character), next), start);
  }

  rangeOf(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }

  /** The next version. It takes over the line index of this one, which makes its own again should somebody ask it. */
  edited({ span: { start, end }, text }: TextEdit): SourceText {
    const next = new SourceText(this.text.slice(0, start) + text + this.text.slice(end));
    const { starts, count } = this;
    if (!starts) return next;
    // Whole lines are read again; one more where the edit may have joined a `\r` with a `\n`.
    let first = lineOf(starts, count, start);
    if (first > 0 && starts[first] === start) first--;
    const behind = lineOf(starts, count, end) + 1;
    const shift = text.length - (end - start);
    const from = starts[first]!;
    const to = behind < count ? starts[behind]! + shift : undefined;
    const between = startsIn(next.text.slice(from, to), from);
    if (to !== undefined) between.pop();
    next.count = first + 1 + between.length + count - behind;
    next.starts = next.count <= starts.length ? starts : withRoom(starts, next.count);
    next.starts.copyWithin(next.count - count + behind, behind, count);
    next.starts.set(between, first + 1);
    for (let line = first + 1 + between.length; line < next.count; line++) next.starts[line]! += shift;
    this.starts = undefined;
    return next;
  }

  private lineStarts(): Uint32Array {
    if (this.starts) return this.starts;
    const behind = startsIn(this.text);
    this.count = 1 + behind.length;
    this.starts = new Uint32Array(this.count);
    this.starts.set(behind, 1);
    return this.starts;
  }

  private beforeBreak(offset: number, lineStart: number): number {
    let at = offset;
    while (at > lineStart && isBreak(this.text.charCodeAt(at - 1))) at--;
    return at;
  }
}

/** Where lines start behind line ends of a text that begins at `offset`. */
function startsIn(text: string, offset = 0): number[] {
  const starts: number[] = [];
  let feed = text.indexOf('\n');
  let carriage = text.indexOf('\r');
  while (feed >= 0 || carriage >= 0) {
    const isPair = carriage >= 0 && feed === carriage + 1;
    const at = carriage < 0 || (feed >= 0 && feed < carriage) || isPair ? feed + 1 : carriage + 1;
    starts.push(offset + at);
    if (feed >= 0 && feed < at) feed = text.indexOf('\n', at);
    if (carriage >= 0 && carriage < at) carriage = text.indexOf('\r', at);
  }
  return starts;
}

/** The line that an offset is in. */
function lineOf(starts: Uint32Array, count: number, offset: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function withRoom(starts: Uint32Array, count: number): Uint32Array {
  const larger = new Uint32Array(count + (count >> 3) + 64);
  larger.set(starts);
  return larger;
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

/** The text after `edits`, which are in any order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = '';
  let from = 0;
  for (const edit of sorted) {
    result += text.slice(from, edit.span.start) + edit.text;
    from = edit.span.end;
  }
  return result + text.slice(from);
}
