// How work of a step ended, in words: what it ended with, and the last lines that it wrote.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Outcome } from '../executors/executor.ts';
import { attemptFolder } from '../launcher/attempt-folder.ts';

const mostLines = 6;
const mostBytes = 4_096;

export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** Undefined for exit status 0. `hint` is added where a program was not found (127) or may not be executed (126). */
export function failureOf(folder: string, outcome: Outcome, hint: string): Failure | undefined {
  if (outcome.exitCode === 0 && !outcome.lost) return undefined;
  const lines = lastLines(attemptFolder(folder).log);
  const tail =
    lines.length > 0 ? `\nLast lines of its log:\n${lines.map((line) => `  ${line}`).join('\n')}` : '\nIt wrote nothing.';
  if (outcome.lost) return { code: 'work-lost', message: `${outcome.message ?? 'nobody knows how it ended'}${tail}` };
  if (outcome.exitCode === 127 || outcome.exitCode === 126) {
    const what =
      outcome.exitCode === 127 ? 'a program that it calls was not found' : 'a program that it calls cannot be executed';
    return { code: 'program-not-found', message: `it ended with exit status ${outcome.exitCode}: ${what}. ${hint}${tail}` };
  }
  const how = outcome.signal ? `was ended by ${outcome.signal}` : `ended with exit status ${outcome.exitCode}`;
  return { code: 'exit-status', message: `it ${how}${outcome.message ? ` (${outcome.message})` : ''}.${tail}` };
}

/** Without empty lines and without colours; a line that is cut at its begin is left out. */
function lastLines(log: string): readonly string[] {
  let file: number;
  try {
    file = openSync(log, 'r');
  } catch {
    return [];
  }
  try {
    const { size } = fstatSync(file);
    const start = Math.max(0, size - mostBytes);
    const bytes = Buffer.alloc(size - start);
    const read = readSync(file, bytes, 0, bytes.length, start);
    const lines = bytes.toString('utf8', 0, read).split('\n');
    return (start > 0 && lines.length > 1 ? lines.slice(1) : lines)
      .map((line) => line.replace(/\u001b\[[0-9;]*m/g, '').trimEnd())
      .filter((line) => line !== '')
      .slice(-mostLines);
  } finally {
    closeSync(file);
  }
}
