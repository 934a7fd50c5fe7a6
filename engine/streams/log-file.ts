// The log of one attempt: the append-only file of the launcher, read in windows while it grows.
// Looks at the file only when somebody asks; waiting costs a watch on the folder and a slow poll, and nothing when nobody waits.
import { type FileHandle, open } from 'node:fs/promises';
import { type AttemptFolder, attemptFolder, readExit } from '../launcher/attempt-folder.ts';
import { watchFolder } from '../launcher/folder-watch.ts';
import { createArrivalTimes } from './arrival-times.ts';
import { displayLine } from './display-line.ts';
import { createLineCutter } from './line-cutter.ts';
import { createLineIndex } from './line-index.ts';
import type { LogReader, LogSize, LogWindow } from './log.ts';
import { searchLines } from './log-search.ts';

const chunkBytes = 256 * 1024;
/** A window ends early rather than hold more text than this; the reader goes on from there. */
const windowBytes = 8 * 1024 * 1024;
const partialBytes = 4 * 1024;
const pollMs = 300;
/** A job that writes without pause gives a notice per write: no more looks than this. */
const restMs = 15;

export interface LogFile extends LogReader {
  /** Milliseconds of `performance.now()` of the last use; Infinity while somebody waits. */
  readonly usedAt: number;
  /** Lets the file go until it is asked for again. */
  rest(): Promise<void>;
  /** Ends every wait too. */
  close(): Promise<void>;
}

export function createLogFile(path: string): LogFile {
  const folder = attemptFolder(path);
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let index = createLineIndex();
  let times = createArrivalTimes();
  let opened: Promise<FileHandle | undefined> | undefined;
  let looking: Promise<LogSize> | undefined;
  let waiting = 0;
  let usedAt = performance.now();
  const closing = new AbortController();

  async function handle(): Promise<FileHandle | undefined> {
    usedAt = performance.now();
    opened ??= openLog(folder);
    const file = await opened;
    if (!file) opened = undefined;
    return file;
  }

  async function release(): Promise<void> {
    const file = await opened;
    opened = undefined;
    await file?.close();
  }

  /** Takes in what was written since the last look. One look at a time; whoever comes meanwhile shares it. */
  function look(): Promise<LogSize> {
    looking ??= takeIn().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function takeIn(): Promise<LogSize> {
    // Asked first: what the command wrote before its end is then surely in the file.
    const ended = readExit(folder) !== undefined;
    const file = await handle();
    if (!file) return { bytes: 0, lines: 0, ended };
    const { size } = await file.stat();
    if (size < index.bytes) {
      index = createLineIndex();
      times = createArrivalTimes();
    }
    while (index.bytes < size) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(chunkBytes, size - index.bytes), index.bytes);
      if (bytesRead === 0) break;
      index.add(buffer.subarray(0, bytesRead));
    }
    times.saw(index.lines, Date.now());
    const unfinished = ended && index.tail < index.bytes ? 1 : 0;
    return { bytes: index.bytes, lines: index.lines + unfinished, ended };
  }

  /** Passes complete lines from `first` on to `take` until it says `false` or the lines that are there are used up. */
  async function each(first: number, size: LogSize, take: (text: string) => boolean, signal?: AbortSignal): Promise<void> {
    const file = await handle();
    if (!file || first >= size.lines) return;
    const start = index.before(first);
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const cutter = createLineCutter();
    let line = start.line;
    let offset = start.offset;
    const takeFrom = (text: string) => line++ < first || take(text);
    while (offset < size.bytes) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(chunk, 0, Math.min(chunkBytes, size.bytes - offset), offset);
      if (bytesRead === 0) break;
      offset += bytesRead;
      if (!cutter.push(chunk.subarray(0, bytesRead), takeFrom)) return;
    }
    const rest = line < size.lines ? cutter.rest() : undefined;
    if (rest !== undefined) takeFrom(rest);
  }

  async function lines(first: number, count: number): Promise<LogWindow> {
    const size = await look();
    const found: string[] = [];
    let room = windowBytes;
    if (count > 0) {
      await each(first, size, (text) => {
        found.push(text);
        room -= text.length;
        return found.length < count && room > 0;
      });
    }
    const arrived = times.of(first, found.length);
    return { first, lines: found, ...(arrived && { times: arrived }) };
  }

  return {
    get usedAt() {
      return waiting > 0 ? Number.POSITIVE_INFINITY : usedAt;
    },
    size: look,
    lines,

    async bytes(offset, limit) {
      const file = await handle();
      if (!file) return new Uint8Array();
      const result = Buffer.alloc(Math.max(0, Math.min(limit, windowBytes, (await file.stat()).size - offset)));
      const { bytesRead } = await file.read(result, 0, result.length, offset);
      return result.subarray(0, bytesRead);
    },

    async partial() {
      const size = await look();
      const file = await handle();
      const length = index.bytes - index.tail;
      if (!file || size.ended || length === 0) return '';
      // The end of it: of a long progress bar only the last state counts.
      const end = Buffer.allocUnsafe(Math.min(length, partialBytes));
      const { bytesRead } = await file.read(end, 0, end.length, index.bytes - end.length);
      return displayLine(end.subarray(0, bytesRead), bytesRead);
    },

    async waitFor(seen, timeoutMs, signal) {
      const isNews = (size: LogSize) =>
        size.ended ||
        size.bytes > (seen.bytes ?? Number.POSITIVE_INFINITY) ||
        size.lines > (seen.lines ?? Number.POSITIVE_INFINITY);
      let size = await look();
      if (isNews(size)) return size;
      const end = AbortSignal.any([signal, closing.signal, AbortSignal.timeout(timeoutMs)]);
      const bell = createBell(folder.path, end);
      waiting++;
      try {
        while (!end.aborted) {
          size = await look();
          if (isNews(size)) break;
          await bell.rung();
        }
        return size;
      } finally {
        waiting--;
        bell.close();
      }
    },

    async search(query, signal) {
      const size = await look();
      return await searchLines(query, (take) => each(query.from, size, take, signal), size.lines);
    },

    rest: release,

    async close() {
      closing.abort();
      await release();
    },
  };
}

async function openLog(folder: AttemptFolder): Promise<FileHandle | undefined> {
  try {
    return await open(folder.log, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

interface Bell {
  /** Resolves after the next notice, at least every `pollMs`, and at once when `end` has aborted; never sooner than `restMs` after the last. */
  rung(): Promise<void>;
  close(): void;
}

function createBell(path: string, end: AbortSignal): Bell {
  let ring: () => void = () => {};
  let pending = false;
  const notice = () => {
    pending = true;
    ring();
  };
  const watch = watchFolder(path, pollMs, notice);
  end.addEventListener('abort', notice, { once: true });
  return {
    async rung() {
      if (!pending) await new Promise<void>((resolve) => (ring = resolve));
      else if (!end.aborted) await new Promise((resolve) => setTimeout(resolve, restMs));
      pending = false;
    },
    close() {
      watch.close();
      end.removeEventListener('abort', notice);
    },
  };
}
