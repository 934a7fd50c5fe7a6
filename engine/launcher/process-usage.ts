// What processes of this machine use, for all trees at once, in one pass over /proc. Other systems are not asked: `ps` there costs more
// than a sample is worth.
import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as rest } from 'node:timers/promises';

export interface TreeUsage {
  /** Processor time in milliseconds by process that is alive: `pid start`. */
  readonly times: ReadonlyMap<string, number>;
  readonly pids: readonly number[];
  /** Resident bytes, summed. */
  readonly memory: number;
}

interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly milliseconds: number;
  readonly start: string;
}

export const canReadUsage = process.platform === 'linux';

/** Processes that are read between two turns of the event loop: some two milliseconds. */
const atOnce = 100;
/** USER_HZ: 100 on every machine that Node runs on. */
const tickMs = 10;

/**
 * By leader: everything in its session or group, or below it. The leaders themselves (launchers) count too.
 * A leader that is gone, with all that was below it, has no entry.
 */
export async function readUsage(leaders: Iterable<number>): Promise<ReadonlyMap<number, TreeUsage>> {
  const entries = await readEntries();
  const byPid = new Map(entries.map((entry) => [entry.pid, entry]));
  const wanted = new Set(leaders);
  const members = new Map<number, Entry[]>();
  for (const entry of entries) {
    const leader = leaderOf(entry, wanted, byPid);
    if (leader === undefined) continue;
    const list = members.get(leader);
    if (list) list.push(entry);
    else members.set(leader, [entry]);
  }
  return new Map(
    [...members].map(([leader, list]) => [
      leader,
      {
        times: new Map(list.map((entry) => [`${entry.pid} ${entry.start}`, entry.milliseconds])),
        pids: list.map(({ pid }) => pid),
        memory: list.reduce((sum, { pid }) => sum + residentBytes(pid), 0),
      },
    ]),
  );
}

async function readEntries(): Promise<Entry[]> {
  const entries: Entry[] = [];
  let read = 0;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    read += 1;
    if (read % atOnce === 0) await rest();
    const entry = readEntry(pid);
    if (entry) entries.push(entry);
  }
  return entries;
}

function readEntry(pid: number): Entry | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // After the name, which stands in parentheses and may hold anything: field 3 of proc(5) and on.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    return {
      pid,
      parent: Number(fields[1]),
      group: Number(fields[2]),
      session: Number(fields[3]),
      milliseconds: (Number(fields[11]) + Number(fields[12])) * tickMs,
      start: fields[19]!,
    };
  } catch {
    return undefined; // Gone while we looked.
  }
}

function leaderOf(entry: Entry, wanted: ReadonlySet<number>, byPid: ReadonlyMap<number, Entry>): number | undefined {
  const passed = new Set<number>();
  for (let at: Entry | undefined = entry; at && !passed.has(at.pid); at = byPid.get(at.parent)) {
    if (wanted.has(at.session)) return at.session;
    if (wanted.has(at.group)) return at.group;
    passed.add(at.pid);
  }
  return undefined;
}

/** In kilobytes there, whatever the machine's size of a page is. */
function residentBytes(pid: number): number {
  try {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return line ? Number(line[1]) * 1024 : 0;
  } catch {
    return 0;
  }
}
