// An open program: read again after its text or a file that it imports has changed. While it is read, and while it is broken, what was
// known before stays, with its places moved along with the text.
import type { Analysis } from '../core/analysis.ts';
import { SourceText } from '../core/text/source.ts';
import type { ProgramReader, ProgramReading, ProgramText } from './program-reader.ts';

/** A pause in typing, after which the program is run: far below what a person waits for, and far above the time between two keys. */
const quietMs = 60;
/** A reading that goes on for longer than this, while there is a newer text, is given up: it may never end. */
const patienceMs = 300;
/** What asks about the newest text waits so long for its reading, and then gets what was known before. */
const answerMs = 1_500;

type Timer = ReturnType<typeof setTimeout>;

interface Running {
  readonly end: AbortController;
  readonly since: number;
  /** There once something else is to be read. */
  limit?: Timer;
}

export class ProgramDocument {
  private readonly reader: ProgramReader;
  private readonly changed: () => void;
  private readonly isTrusted: () => boolean;
  private program: ProgramText;
  private known: Analysis;
  /** The latest one that made a workflow, and the latest of all. */
  private whole: ProgramReading | undefined;
  private latest: ProgramReading | undefined;
  private running: Running | undefined;
  private pause: Timer | undefined;
  /** Something changed since the latest reading began. */
  private isStale = true;
  private watched: { dispose(): void } | undefined;
  private isClosed = false;
  private readonly waiting = new Set<() => void>();

  /** `changed`: there is another analysis. */
  constructor(reader: ProgramReader, program: ProgramText, isTrusted: () => boolean, changed: () => void) {
    [this.reader, this.program, this.isTrusted, this.changed] = [reader, program, isTrusted, changed];
    this.known = reader.check(program).analysis;
    this.wait(0);
  }

  /** What the program wrote when it was last run. */
  get log(): readonly string[] {
    return this.latest?.log ?? [];
  }

  get analysis(): Analysis {
    return this.known;
  }

  /** Resolves when what is known is of the newest text, or when that takes too long; undefined where it is so already. */
  settled(): Promise<void> | undefined {
    if (this.isSettled) return undefined;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(limit);
        this.waiting.delete(done);
        resolve();
      };
      const limit = setTimeout(done, answerMs);
      this.waiting.add(done);
    });
  }

  update(text: string): void {
    this.program = { ...this.program, text };
    this.move();
    this.wait(quietMs);
  }

  /** As it is, but what it depends on may have changed. */
  again(): void {
    this.wait(0);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.pause);
    this.running?.end.abort();
    this.watched?.dispose();
    this.answerWaiting();
  }

  private get isSettled(): boolean {
    return this.isClosed || (!this.isStale && !this.running);
  }

  private answerWaiting(): void {
    for (const done of this.waiting) done();
  }

  private move(): void {
    const { text } = this.program;
    for (const reading of new Set([this.whole, this.latest])) reading?.follow(text);
    this.known = { ...this.known, source: new SourceText(text) };
  }

  private wait(ms: number): void {
    this.isStale = true;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.pause = undefined;
      const { running } = this;
      if (!running) void this.read();
      else running.limit ??= setTimeout(() => running.end.abort(), Math.max(0, running.since + patienceMs - performance.now()));
    }, ms);
  }

  private async read(): Promise<void> {
    const { program } = this;
    this.isStale = false;
    if (!this.isTrusted()) {
      this.take(this.reader.check(program), program);
      return this.answerWaiting();
    }
    const running: Running = { end: new AbortController(), since: performance.now() };
    this.running = running;
    const reading = await this.reader.read(program, this.whole?.analysis, running.end.signal);
    clearTimeout(running.limit);
    this.running = undefined;
    if (this.isClosed) return;
    if (reading) this.take(reading, program);
    if (this.isSettled) this.answerWaiting();
    else if (this.pause === undefined) void this.read();
  }

  private take(reading: ProgramReading, program: ProgramText): void {
    this.latest = reading;
    if (reading.isWhole) this.whole = reading;
    this.known = reading.analysis;
    this.watched?.dispose();
    this.watched = this.reader.watch(reading.dependencies, () => this.again());
    // What was found in a text that went on meanwhile is told with the next reading.
    if (this.program === program) this.changed();
    else this.move();
  }
}
