// The log of one step as far as the panel has it: how long it is, the lines that were asked for, and which to ask for next.
import { type AnsiStyle, parseAnsi, plainStyle } from '../../core/views/ansi.ts';
import { LogCache } from '../../core/views/log-cache.ts';

export interface StepLog {
  readonly step: string;
  /** Each attempt has a log of its own. */
  readonly attempt: number;
  /** Undefined until the host has told: connecting. */
  readonly lines: number | undefined;
  readonly ended: boolean;
  resize(lines: number, ended: boolean): void;
  lineAt(line: number): string | undefined;
  timeAt(line: number): number | undefined;
  /** The terminal style that goes on from the lines before. */
  styleBefore(line: number): AnsiStyle;
  /** Asks for what is missing of these lines, once. */
  want(first: number, end: number): void;
  /** An answer; false when it is to no question of this log. */
  take(request: number, first: number, lines: readonly string[], times: readonly number[] | undefined): boolean;
  /** Questions are not answered any more: they may be asked again. */
  giveUp(): void;
}

/** Questions at a time: who drags the scroll bar through a log does not ask for all of it. */
const mostAsked = 4;
/** How far back a style is looked for. */
const stylesBack = 200;

let requests = 0;

export function createStepLog(
  step: string,
  attempt: number,
  ask: (request: number, first: number, count: number) => void,
): StepLog {
  const cache = new LogCache();
  const asked = new Map<number, number>();
  /** Style at the end of a line. */
  const styles = new Map<number, AnsiStyle>();
  /** An answer without lines: nothing more is there until the log grows. */
  let emptyFrom = Infinity;
  let lines: number | undefined;
  let ended = false;

  return {
    step,
    attempt,
    get lines() {
      return lines;
    },
    get ended() {
      return ended;
    },
    resize(nextLines, nextEnded) {
      // A log that got shorter is another one: a new attempt of which the run's events are still to come.
      if (lines !== undefined && nextLines < lines) {
        cache.clear();
        styles.clear();
        asked.clear();
      }
      if (nextLines !== lines) emptyFrom = Infinity;
      [lines, ended] = [nextLines, nextEnded];
    },
    lineAt: (line) => cache.lineAt(line),
    timeAt: (line) => cache.timeAt(line),
    styleBefore(line) {
      let from = line;
      while (from > 0 && line - from < stylesBack && !styles.has(from - 1) && cache.lineAt(from - 1) !== undefined) from--;
      let style = styles.get(from - 1) ?? plainStyle;
      for (; from < line; from++) {
        const text = cache.lineAt(from)!;
        if (text.includes('\u001b')) ({ style } = parseAnsi(text, style));
        styles.set(from, style);
      }
      if (styles.size > 50_000) styles.clear();
      return style;
    },
    want(first, end) {
      if (lines === undefined) return;
      for (const wanted of cache.missing(Math.max(0, first), end, lines)) {
        if (asked.size >= mostAsked) return;
        if (wanted.first >= emptyFrom || [...asked.values()].includes(wanted.first)) continue;
        asked.set(++requests, wanted.first);
        ask(requests, wanted.first, wanted.count);
      }
    },
    take(request, first, texts, times) {
      const question = asked.get(request);
      if (question === undefined) return false;
      asked.delete(request);
      if (texts.length === 0) emptyFrom = Math.min(emptyFrom, question);
      cache.add(first, texts, times);
      return true;
    },
    giveUp() {
      asked.clear();
    },
  };
}
