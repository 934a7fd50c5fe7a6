// The breakpoints of `weft debug`, by step or by line, as a person numbers them.
import type { InProcess } from '../../debug/in-process.ts';
import { UsageError } from '../command.ts';

interface Entry {
  readonly number: number;
  /** A line of the file, or a step. */
  readonly at: number | string;
  readonly condition?: string;
}

interface Told {
  readonly verified: boolean;
  readonly line?: number;
  readonly message?: string;
}

export interface BreakpointList {
  /** `STEP`, `LINE`, each perhaps with `if CONDITION`. Answers the line that says what it is now; throws for what is none. */
  add(text: string): Promise<string>;
  /** All without a number. */
  remove(number: number | undefined): Promise<string>;
  /** One line each. */
  lines(): readonly string[];
}

export function createBreakpointList({ request, file }: InProcess): BreakpointList {
  let entries: readonly Entry[] = [];
  let last = 0;

  /** Answers what the session says of each, in order. */
  async function send(wanted: readonly Entry[]): Promise<ReadonlyMap<Entry, Told>> {
    const conditional = ({ condition }: Entry) => (condition === undefined ? {} : { condition });
    const byLine = wanted.filter(({ at }) => typeof at === 'number');
    const byName = wanted.filter(({ at }) => typeof at === 'string');
    const lines = await request<{ breakpoints: readonly Told[] }>('setBreakpoints', {
      source: { path: file() },
      breakpoints: byLine.map((each) => ({ line: each.at, ...conditional(each) })),
    });
    const names = await request<{ breakpoints: readonly Told[] }>('setFunctionBreakpoints', {
      breakpoints: byName.map((each) => ({ name: each.at, ...conditional(each) })),
    });
    return new Map([
      ...byLine.map((each, index) => [each, lines.breakpoints[index]!] as const),
      ...byName.map((each, index) => [each, names.breakpoints[index]!] as const),
    ]);
  }

  const said = ({ number, at, condition }: Entry) =>
    `${number}  ${typeof at === 'number' ? `line ${at}` : at}${condition === undefined ? '' : ` if ${condition}`}`;

  return {
    async add(text) {
      const [, place = '', condition] = /^(.*?)(?:\s+if\s+(.+))?$/s.exec(text.trim())!;
      const at = /^\d+$/.test(place) ? Number(place) : place;
      const entry: Entry = { number: last + 1, at, ...(condition !== undefined && { condition }) };
      const told = (await send([...entries, entry])).get(entry)!;
      if (!told.verified) {
        await send(entries);
        throw new UsageError(told.message ?? `there can be no breakpoint at ${place}`);
      }
      last++;
      entries = [...entries, entry];
      return `${said(entry)}${typeof at === 'number' && told.line !== at ? ` (the step in line ${told.line})` : ''}`;
    },
    async remove(number) {
      const gone = entries.filter((each) => number === undefined || each.number === number);
      if (number !== undefined && gone.length === 0) throw new UsageError(`there is no breakpoint ${number}; "break" lists them`);
      const left = entries.filter((each) => !gone.includes(each));
      await send(left);
      entries = left;
      return gone.length === 1 ? `removed ${said(gone[0]!)}` : `removed ${gone.length} breakpoints`;
    },
    lines: () => entries.map(said),
  };
}
