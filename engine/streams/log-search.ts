// Finding lines of a log: streamed, bounded in matches and in time, and safe from patterns that never end.
import { createContext, Script } from 'node:vm';
import type { LogMatches, LogQuery } from './log.ts';

/** One call looks this long at most; the answer says where the next one goes on. */
const sliceMs = 2_000;
const linesPerCheck = 2_000;
/** A pattern with nested repetitions can take for ever on one line; the thread must not hang on it. */
const patternMs = 1_000;

/** `read` passes lines from `query.from` on until its callback says `false`; `total` is how many lines there are. */
export async function searchLines(
  query: LogQuery,
  read: (take: (text: string) => boolean) => Promise<void>,
  total: number,
): Promise<LogMatches> {
  const matching = query.regex ? patternMatcher(query) : textMatcher(query);
  const found: number[] = [];
  const end = performance.now() + sliceMs;
  let searched = query.from;
  let truncated = false;
  let batch: string[] = [];

  function check(): boolean {
    for (const index of matching(batch)) {
      if (found.length === query.limit) {
        truncated = true;
        searched = found.length === 0 ? query.from : found.at(-1)! + 1;
        return false;
      }
      found.push(searched + index);
    }
    searched += batch.length;
    batch = [];
    return true;
  }

  await read((text) => {
    batch.push(text);
    if (batch.length < linesPerCheck) return true;
    if (!check()) return false;
    truncated = performance.now() > end && searched < total;
    return !truncated;
  });
  if (!truncated) check();
  return { lines: found, searched, truncated };
}

type Matcher = (lines: readonly string[]) => readonly number[];

function textMatcher(query: LogQuery): Matcher {
  const wanted = query.caseSensitive ? query.text : query.text.toLowerCase();
  const holds = query.caseSensitive
    ? (line: string) => line.includes(wanted)
    : (line: string) => line.toLowerCase().includes(wanted);
  return (lines) => lines.flatMap((line, index) => (holds(line) ? [index] : []));
}

/** Runs in a context of its own because only there a time limit holds; the context has nothing but pattern and lines. */
function patternMatcher(query: LogQuery): Matcher {
  const pattern = new RegExp(query.text, query.caseSensitive ? '' : 'i');
  const context = createContext({ pattern, lines: [] as readonly string[] });
  const script = new Script('lines.flatMap((line, index) => (pattern.test(line) ? [index] : []))');
  return (lines) => {
    context.lines = lines;
    try {
      return script.runInContext(context, { timeout: patternMs }) as number[];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw new SyntaxError(`the pattern ${query.text} takes too long; avoid repetitions inside repetitions`);
    }
  };
}
