// What the machine says about processes: who is alive, since when, in which group, with which key in its environment.
// Linux reads /proc; elsewhere `ps` answers, without the environment of others.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { keyVariable } from './environment.ts';

/** A process, told apart from a later one with the same number by its start time (opaque text). */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

const linux = process.platform === 'linux';

/** Reads a line of /proc/<pid>/stat, or the same shape as the launcher writes it elsewhere: `pid () start time`. */
export function parseIdentity(line: string): ProcessIdentity | undefined {
  const pid = Number.parseInt(line, 10);
  // The command name stands in parentheses and may hold anything, parentheses too.
  const rest = line.slice(line.lastIndexOf(')') + 1).trim();
  if (!Number.isInteger(pid) || rest === '') return undefined;
  const fields = rest.split(' ');
  // Field 22 of stat is the start time in clock ticks since boot; field 3 is the first after the name.
  return { pid, startTime: fields.length > 20 ? fields[19]! : rest };
}

export function isAlive(identity: ProcessIdentity): boolean {
  const stat = readStat(identity.pid);
  return stat !== undefined && stat.startTime === identity.startTime && stat.state !== 'Z';
}

/** Processes of a step: those in its group, and on Linux those that carry its key, wherever they went. */
export function processesOf(group: number | undefined, key: string): readonly number[] {
  return linux ? fromProc(group, key) : fromPs(group);
}

function fromProc(group: number | undefined, key: string): readonly number[] {
  const found: number[] = [];
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const stat = readStat(pid);
    if (!stat || stat.state === 'Z') continue;
    if ((group !== undefined && stat.group === group) || carries(pid, key)) found.push(pid);
  }
  return found;
}

function fromPs(group: number | undefined): readonly number[] {
  if (group === undefined) return [];
  return execFileSync('ps', ['-axo', 'pid=,pgid=,stat='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => Number(fields[1]) === group && !fields[2]!.startsWith('Z'))
    .map((fields) => Number(fields[0]));
}

interface Stat {
  readonly state: string;
  readonly group: number;
  readonly startTime: string;
}

function readStat(pid: number): Stat | undefined {
  try {
    if (linux) {
      const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
      return { state: fields[0]!, group: Number(fields[2]), startTime: fields[19]! };
    }
    const line = execFileSync('ps', ['-o', 'stat=,pgid=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
    const [state = '', group = '', ...start] = line.trim().split(/\s+/);
    return { state: state.slice(0, 1), group: Number(group), startTime: start.join(' ') };
  } catch {
    return undefined; // Gone, or going while we looked.
  }
}

/** Only readable for processes of the same user, which is what a step's processes are. */
function carries(pid: number, key: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`${keyVariable}=${key}`);
  } catch {
    return false;
  }
}
