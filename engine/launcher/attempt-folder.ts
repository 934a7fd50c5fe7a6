// The folder of one attempt of a step: the only thing that engine, launcher and log reader share.
//   cmd.json  what was started, written by the engine before the launcher
//   claim     identity of the one launcher that won the attempt, created with O_EXCL by the launcher itself
//   log       both streams, append only
//   exit      the exit status and a line end, in one write; without the line end it does not count. Its room is taken before the
//             command starts and written over in place, so that a full disk does not lose how a step ended.
//             Written by the launcher, or as "lost" by an engine that found everything dead and no status: so that a reader of
//             the log knows its end, and the answer stays the same.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseIdentity, type ProcessIdentity } from './process-table.ts';

export interface AttemptFolder {
  readonly path: string;
  readonly command: string;
  readonly claim: string;
  readonly log: string;
  readonly exit: string;
}

/** What `cmd.json` holds. The environment is the step's own part: the base is the machine's and not repeated. */
export interface CommandRecord {
  readonly key: string;
  readonly stepRun: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export function attemptFolder(path: string): AttemptFolder {
  return {
    path,
    command: join(path, 'cmd.json'),
    claim: join(path, 'claim'),
    log: join(path, 'log'),
    exit: join(path, 'exit'),
  };
}

export function prepareAttempt(folder: AttemptFolder, record: CommandRecord): void {
  mkdirSync(folder.path, { recursive: true });
  writeFileSync(folder.command, `${JSON.stringify(record, undefined, 1)}\n`);
  try {
    writeFileSync(folder.exit, room, { flag: 'wx' });
  } catch (error) {
    // Of an engine that died before it could say that it had started the step.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** As long as the longest status, without its line end. */
const room = ' '.repeat(8);

/** The command's exit status as the shell reports it (128 + signal), or undefined while it is not written. */
export function readExit(folder: AttemptFolder): number | 'lost' | undefined {
  const text = readText(folder.exit);
  if (!text?.endsWith('\n')) return undefined;
  const status = Number.parseInt(text, 10);
  return Number.isNaN(status) ? 'lost' : status;
}

export function writeLost(folder: AttemptFolder): void {
  writeFileSync(folder.exit, `${'lost'.padStart(room.length - 1)}\n`, { flag: existsSync(folder.exit) ? 'r+' : 'w' });
}

/** `unclaimed`: no launcher got here. `torn`: one did and died before it could say who it was. */
export function readClaim(folder: AttemptFolder): ProcessIdentity | 'unclaimed' | 'torn' {
  const text = readText(folder.claim);
  if (text === undefined) return 'unclaimed';
  return (text.endsWith('\n') && parseIdentity(text)) || 'torn';
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
