// The part of a log that a panel holds: blocks of lines, the least recently seen dropped, and what to ask for next.
// Pure bookkeeping: sends nothing. A growing log makes its last block incomplete, so it is asked for again from where it ends.

export const blockLines = 500;
const mostBlocks = 80;

interface Block {
  lines: string[];
  times: number[];
}

export interface Wanted {
  readonly first: number;
  readonly count: number;
}

export class LogCache {
  /** In order of use, the newest last. */
  private readonly blocks = new Map<number, Block>();

  lineAt(line: number): string | undefined {
    return this.blocks.get(Math.floor(line / blockLines))?.lines[line % blockLines];
  }

  timeAt(line: number): number | undefined {
    return this.blocks.get(Math.floor(line / blockLines))?.times[line % blockLines];
  }

  /** An answer may be shorter than what was asked for, and may begin anywhere. */
  add(first: number, lines: readonly string[], times: readonly number[] = []): void {
    for (const [index, line] of lines.entries()) {
      const number = Math.floor((first + index) / blockLines);
      const block = this.blocks.get(number) ?? { lines: [], times: [] };
      this.touch(number, block);
      const at = (first + index) % blockLines;
      // Only what joins on: a hole would read as empty lines.
      if (at > block.lines.length) continue;
      block.lines[at] = line;
      if (times[index] !== undefined) block.times[at] = times[index];
    }
  }

  /** What is missing of the lines from `first` to before `end` of `total`, block by block; marks these blocks as seen. */
  missing(first: number, end: number, total: number): Wanted[] {
    const wanted: Wanted[] = [];
    for (let number = Math.floor(first / blockLines); number * blockLines < Math.min(end, total); number++) {
      const block = this.blocks.get(number);
      if (block) this.touch(number, block);
      const start = number * blockLines;
      const have = block?.lines.length ?? 0;
      const full = Math.min(total - start, blockLines);
      if (have < full && start + have < Math.min(end, total)) wanted.push({ first: start + have, count: full - have });
    }
    return wanted;
  }

  clear(): void {
    this.blocks.clear();
  }

  private touch(number: number, block: Block): void {
    this.blocks.delete(number);
    this.blocks.set(number, block);
    if (this.blocks.size <= mostBlocks) return;
    const [oldest] = this.blocks.keys();
    if (oldest !== undefined) this.blocks.delete(oldest);
  }
}
