// One search of a log as it goes on: what was asked, which lines were found so far, which of them is the current one.
import { indexFrom, type LogPattern, type LogQuery, nextMatch, patternOf } from '../../core/views/log-find.ts';
import type { FindState } from './find-bar.ts';

export interface Finding {
  readonly lines: readonly number[];
  /** The line of the current match. */
  readonly current: number | undefined;
  readonly state: FindState;
  /** For marking within a line; undefined when nothing is searched for. */
  readonly pattern: RegExp | undefined;
  /** Asks anew: another query, another log, or, with `again`, a log that has grown; then what was found stays until the answer. */
  ask(query: LogQuery | undefined, lines: number, again?: boolean): void;
  /** False when it is no answer to the last question. */
  take(request: number, lines: readonly number[], done: boolean): boolean;
  /** Steps to the next match; the line to show. */
  step(by: 1 | -1, seen: number): number | undefined;
  /** What the log had when it was searched; undefined while that goes on, or nothing is searched for. */
  readonly searchedLines: number | undefined;
  /** No answer comes any more. */
  giveUp(): void;
}

let requests = 0;

export function createFinding(send: (request: number, query: LogQuery) => void): Finding {
  let request = 0;
  let pattern: RegExp | undefined;
  let lines: number[] = [];
  let current: number | undefined;
  let done = true;
  let fresh = true;
  let total: number | undefined;

  return {
    get lines() {
      return lines;
    },
    get current() {
      return current;
    },
    get state() {
      const index = current === undefined ? -1 : indexFrom(lines, current);
      return { at: index >= 0 && lines[index] === current ? index : undefined, matches: lines.length, done };
    },
    get pattern() {
      return pattern;
    },
    get searchedLines() {
      return done ? total : undefined;
    },
    ask(query, logLines, again = false) {
      const searched = pattern !== undefined;
      const asked: LogPattern | undefined = query && patternOf(query);
      pattern = asked?.kind === 'pattern' ? asked.pattern : undefined;
      request = ++requests;
      total = pattern && logLines;
      done = pattern === undefined;
      fresh = true;
      if (!again) {
        lines = [];
        current = undefined;
      }
      // Nothing ends a search that was not begun.
      if (pattern || searched) send(request, pattern && query ? query : { text: '', regex: false, caseSensitive: false });
    },
    take(answered, found, isDone) {
      if (answered !== request || done) return false;
      if (fresh) lines = [];
      fresh = false;
      for (const line of found) lines.push(line);
      done = isDone;
      return true;
    },
    step(by, seen) {
      const index = nextMatch(lines, current, by, seen);
      current = index === undefined ? undefined : lines[index];
      return current;
    },
    giveUp() {
      done = true;
    },
  };
}
