// `/weft/v1/step-executions/{id}/log/...`: windows of a step's log by bytes and by lines, with waiting, and search in it.
// No answer ever holds a whole log: what is asked for at once is bounded here.
import type { WeftLogLines, WeftLogMatches } from '../../../core/api/weft.ts';
import type { LogReader, Logs } from '../../streams/log.ts';
import { Problem } from '../problem.ts';
import type { Call, Handlers } from '../server.ts';

const mostLines = 10_000;
const mostBytes = 4 * 1024 * 1024;
const longestWaitMs = 30_000;
const mostMatches = 10_000;

/** Folder of an attempt of a step run, the newest attempt where none is named; undefined where it has not begun. Throws a Problem. */
export type AttemptFolderOf = (stepRun: string, attempt: number | undefined) => string | undefined;

export function logHandlers(logs: Logs, folderOf: AttemptFolderOf): Handlers {
  function open({ path, query }: Call): LogReader | undefined {
    const folder = folderOf(path['step_execution_id']!, optional(query, 'attempt'));
    return folder === undefined ? undefined : logs.open(folder);
  }

  return {
    ReadLogLines: async (call) => {
      const { query, signal } = call;
      const first = whole(query, 'first', 0);
      const count = Math.min(whole(query, 'count', 1_000), mostLines);
      const reader = open(call);
      if (!reader) return { body: { first, lines: [], total: 0, bytes: 0, ended: false } satisfies WeftLogLines };
      const size = await reader.waitFor({ lines: first }, waitOf(query), signal);
      const window = await reader.lines(first, count);
      const body: WeftLogLines = {
        first: window.first,
        lines: window.lines,
        total: size.lines,
        bytes: size.bytes,
        ended: size.ended,
        ...(window.times && { times: window.times }),
      };
      return { body };
    },

    ReadLogBytes: async (call) => {
      const { query, signal } = call;
      const offset = whole(query, 'offset', 0);
      const limit = Math.min(whole(query, 'limit', mostBytes), mostBytes);
      const reader = open(call);
      if (!reader) return { bytes: new Uint8Array() };
      const size = await reader.waitFor({ bytes: offset }, waitOf(query), signal);
      const headers = { 'X-Weft-Log-Bytes': String(size.bytes), 'X-Weft-Log-Ended': String(size.ended) };
      return { bytes: await reader.bytes(offset, limit), headers };
    },

    SearchLog: async (call) => {
      const { query, signal } = call;
      const text = query.get('text') ?? '';
      if (text === '') throw new Problem(400, 'ModelArts.0107', 'text is what to look for, and it is empty');
      const reader = open(call);
      if (!reader) return { body: { lines: [], searched: 0, truncated: false } satisfies WeftLogMatches };
      const flag = (name: string) => query.get(name) === 'true';
      const limit = Math.min(whole(query, 'limit', 1_000), mostMatches);
      const search = { text, regex: flag('regex'), caseSensitive: flag('case_sensitive'), from: whole(query, 'from', 0), limit };
      try {
        return { body: (await reader.search(search, signal)) satisfies WeftLogMatches };
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        throw new Problem(400, 'ModelArts.0107', `"${text}" is no regular expression: ${error.message}`, { cause: error });
      }
    },
  };
}

function waitOf(query: URLSearchParams): number {
  return Math.min(whole(query, 'wait', 0), longestWaitMs);
}

function whole(query: URLSearchParams, name: string, otherwise: number): number {
  return optional(query, name) ?? otherwise;
}

/** A whole number from 0, where the query has it. Throws a Problem for anything else. */
export function optional(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new Problem(400, 'ModelArts.0107', `${name} is a whole number from 0, and not "${text}"`);
  }
  return value;
}
