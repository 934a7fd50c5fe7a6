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

/** One version of a document with its line index. */
export class SourceText {
  readonly text: string;
  private lines: Uint32Array | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get lineCount(): number {
    return this.lineStarts().length;
  }

  /** Offset at which `line` starts; the text's length when there is no such line. */
  lineStart(line: number): number {
    return this.lineStarts()[line] ?? this.text.length;
  }

  /** Offsets beyond the text are clamped. */
  positionAt(offset: number): Position {
    const starts = this.lineStarts();
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - starts[low]! };
  }

  /** Positions beyond a line's end are clamped to it. */
  offsetAt(position: Position): number {
    const starts = this.lineStarts();
    if (position.line >= starts.length) return this.text.length;
    const next = starts[position.line + 1] ?? this.text.length;
    return Math.min(starts[position.line]! + Math.max(0, position.character), next);
  }

  rangeOf(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }

  private lineStarts(): Uint32Array {
    if (this.lines) return this.lines;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.lines = Uint32Array.from(starts);
    return this.lines;
  }
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
