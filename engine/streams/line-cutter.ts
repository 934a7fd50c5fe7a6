// Bytes in whatever chunks -> lines, keeping no more of a long line than is shown.
import { displayLine, longestLine } from './display-line.ts';

const lineFeed = 10;

export interface LineCutter {
  /** Calls `take` with every line that ends in the chunk, until it says `false`: then the rest is not looked at. */
  push(chunk: Uint8Array, take: (text: string) => boolean): boolean;
  /** What follows the last line end, or undefined where nothing does. */
  rest(): string | undefined;
}

export function createLineCutter(): LineCutter {
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  let length = 0;

  function keep(part: Uint8Array): void {
    length += part.length;
    const room = longestLine - keptBytes;
    if (room <= 0 || part.length === 0) return;
    // A copy: the chunk's memory is reused for the next read.
    kept.push(part.slice(0, room));
    keptBytes += Math.min(room, part.length);
  }

  function whole(): string {
    const bytes = kept.length === 1 ? kept[0]! : Buffer.concat(kept);
    const text = displayLine(bytes, length);
    kept = [];
    keptBytes = 0;
    length = 0;
    return text;
  }

  return {
    push(chunk, take) {
      let start = 0;
      for (;;) {
        const end = chunk.indexOf(lineFeed, start);
        if (end < 0) break;
        let text: string;
        if (length === 0) {
          text = displayLine(chunk.subarray(start, Math.min(end, start + longestLine)), end - start);
        } else {
          keep(chunk.subarray(start, end));
          text = whole();
        }
        start = end + 1;
        if (!take(text)) return false;
      }
      keep(chunk.subarray(start));
      return true;
    },
    rest() {
      return length === 0 ? undefined : whole();
    },
  };
}
