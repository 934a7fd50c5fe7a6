// The lines of a text while it is formatted: how each is indented, how it will be, and which may not be touched beyond that.

export interface Line {
  /** Offsets; the end is before the line break. */
  readonly start: number;
  readonly end: number;
  /** Spaces it begins with. */
  readonly indent: number;
  readonly isBlank: boolean;
  readonly isComment: boolean;
  /** Spaces it will begin with; undefined while nothing is known. */
  wanted: number | undefined;
  /** A part of a text of several lines: its end, and whether it is empty, have a meaning. */
  isText: boolean;
}

export class Lines {
  readonly all: readonly Line[];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    const all: Line[] = [];
    for (let start = 0; start <= text.length; ) {
      const feed = text.indexOf('\n', start);
      const next = feed < 0 ? text.length + 1 : feed + 1;
      const end = feed < 0 ? text.length : text[feed - 1] === '\r' ? feed - 1 : feed;
      let indent = 0;
      while (start + indent < end && text[start + indent] === ' ') indent++;
      const isBlank = text.slice(start + indent, end).trim() === '';
      all.push({ start, end, indent, isBlank, isComment: text[start + indent] === '#', wanted: undefined, isText: false });
      start = next;
    }
    this.all = all;
  }

  /** Number of the line that the offset is in. */
  numberAt(offset: number): number {
    let low = 0;
    let high = this.all.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.all[middle]!.start <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  at(offset: number): Line {
    return this.all[this.numberAt(offset)]!;
  }

  column(offset: number): number {
    return offset - this.at(offset).start;
  }

  /** Whether nothing but spaces stands before the offset on its line. */
  isFirst(offset: number): boolean {
    const line = this.at(offset);
    return offset - line.start === line.indent;
  }

  /** Sets what the line of the offset begins with, where it begins with what stands there. */
  want(offset: number, indent: number): void {
    const line = this.at(offset);
    if (this.isFirst(offset) && line.wanted === undefined) line.wanted = indent;
  }

  /** The lines behind the one of `from` up to that of `to`. */
  after(from: number, to: number): readonly Line[] {
    return this.all.slice(this.numberAt(from) + 1, this.numberAt(to) + 1);
  }

  /** Comments go with what stands below them at their column, else with what stands above; other lines with their likes. */
  fill(): void {
    const { all } = this;
    for (const [number, line] of all.entries()) {
      if (line.wanted !== undefined || line.isText) continue;
      if (line.isBlank) line.wanted = 0;
      else if (line.isComment) line.wanted = this.comment(number);
      else line.wanted = /^(?:---|\.\.\.|%)/.test(this.text.slice(line.start, line.start + 3)) ? line.indent : this.like(number);
    }
  }

  private comment(number: number): number {
    const { indent } = this.all[number]!;
    const below = this.near(number, 1);
    if (below?.indent === indent) return below.wanted ?? indent;
    const above = this.near(number, -1, indent);
    if (above?.indent === indent) return above.wanted ?? indent;
    return below?.wanted ?? above?.wanted ?? indent;
  }

  private like(number: number): number {
    const { indent } = this.all[number]!;
    const above = this.near(number, -1, indent);
    const below = this.near(number, 1, indent);
    for (const other of [above, below]) if (other?.indent === indent && other.wanted !== undefined) return other.wanted;
    return above ? (above.wanted ?? above.indent) + indent - above.indent : indent;
  }

  /** The next line that way that is no comment, and indented by no more than `most`. */
  private near(number: number, way: 1 | -1, most = Infinity): Line | undefined {
    for (let at = number + way; at >= 0 && at < this.all.length; at += way) {
      const line = this.all[at]!;
      if (isStructure(line) && line.indent <= most) return line;
    }
    return undefined;
  }
}

function isStructure({ isBlank, isComment, isText }: Line): boolean {
  return !isBlank && !isComment && !isText;
}
