// Where lines begin in a file that only grows: an exact count, and one mark every 64 KB instead of one per line.
// Ten million lines of sixty bytes need some 150 KB of marks; any line is found by reading 64 KB at most before it.

const markEvery = 64 * 1024;
const lineFeed = 10;

export interface LineStart {
  readonly line: number;
  readonly offset: number;
}

export interface LineIndex {
  /** Line ends seen. */
  readonly lines: number;
  /** Bytes seen. */
  readonly bytes: number;
  /** Where the line after the last line end begins. */
  readonly tail: number;
  /** The next bytes of the file. */
  add(chunk: Uint8Array): void;
  /** The nearest known beginning of a line that is not after `line`. */
  before(line: number): LineStart;
}

export function createLineIndex(): LineIndex {
  const markedLines: number[] = [0];
  const markedOffsets: number[] = [0];
  let lines = 0;
  let bytes = 0;
  let tail = 0;

  return {
    get lines() {
      return lines;
    },
    get bytes() {
      return bytes;
    },
    get tail() {
      return tail;
    },
    add(chunk) {
      let nextMark = markedOffsets.at(-1)! + markEvery;
      for (let at = 0; at < chunk.length; at++) {
        if (chunk[at] !== lineFeed) continue;
        lines++;
        tail = bytes + at + 1;
        if (tail < nextMark) continue;
        markedLines.push(lines);
        markedOffsets.push(tail);
        nextMark = tail + markEvery;
      }
      bytes += chunk.length;
    },
    before(line) {
      let low = 0;
      let high = markedLines.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (markedLines[middle]! <= line) low = middle;
        else high = middle - 1;
      }
      return { line: markedLines[low]!, offset: markedOffsets[low]! };
    },
  };
}
