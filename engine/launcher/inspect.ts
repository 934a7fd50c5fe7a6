// How an attempt stands, read from its folder and the process table alone: the same answer before and after a restart.
import { statSync } from 'node:fs';
import { constants } from 'node:os';
import { type AttemptFolder, readClaim, readExit, writeLost } from './attempt-folder.ts';
import { isAlive, processesOf } from './process-table.ts';

export type AttemptState =
  /** No launcher claimed it: it may be submitted (again). */
  | { readonly kind: 'unstarted' }
  /** `pid` is the launcher; undefined when only processes of the command are left. */
  | { readonly kind: 'running'; readonly pid: number | undefined }
  | AttemptEnd;

export type AttemptEnd =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly signal?: string }
  /** The launcher was killed before it could write the status, and nothing of the step runs any more. */
  | { readonly kind: 'lost' };

export function inspectAttempt(folder: AttemptFolder, key: string): AttemptState {
  const status = readExit(folder);
  if (status !== undefined) return exited(status);
  const claim = readClaim(folder);
  if (claim === 'unclaimed') return { kind: 'unstarted' };
  if (claim !== 'torn' && isAlive(claim)) return { kind: 'running', pid: claim.pid };
  // The launcher is gone. It may have written the status between our two looks; or its command lives on without it.
  const late = readExit(folder);
  if (late !== undefined) return exited(late);
  const group = claim === 'torn' ? undefined : claim.pid;
  if (processesOf(group, key).length > 0) return { kind: 'running', pid: undefined };
  // A launcher that was just writing its claim may have finished while the process table was read.
  const last = readExit(folder);
  if (last !== undefined) return exited(last);
  if (claim === 'torn' && readClaim(folder) !== 'torn') return inspectAttempt(folder, key);
  writeLost(folder);
  return { kind: 'lost' };
}

/** When the exit status was written, milliseconds since the epoch. */
export function endedAt(folder: AttemptFolder): number | undefined {
  return statSync(folder.exit, { throwIfNoEntry: false })?.mtimeMs;
}

function exited(status: number | 'lost'): AttemptEnd {
  if (status === 'lost') return { kind: 'lost' };
  const signal = status > 128 ? signalName(status - 128) : undefined;
  return { kind: 'exited', exitCode: status, ...(signal && { signal }) };
}

function signalName(number: number): string | undefined {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
}
