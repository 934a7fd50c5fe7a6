// Runs `weft` from source as a user would, in a folder of its own.
import { type ChildProcessByStdio, type SpawnOptionsWithStdioTuple, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stopEngine } from '../../remote/local.ts';

const program = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder whose engine is stopped, and that is removed, after the test. */
export function workspace(t: TestContext): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'weft-cli-')));
  t.after(async () => {
    await stopEngine(root);
    rmSync(root, { recursive: true, force: true });
  });
  return root;
}

export function weft(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return ended(spawn(process.execPath, [program, ...args], { ...piped, cwd, env: { ...process.env, LC_ALL: 'C', ...env } }));
}

/** In a terminal of its own, where somebody types `typed`; what the terminal shows is `out`. */
export async function inTerminal(
  cwd: string,
  args: readonly string[],
  typed: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const words = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', words, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd,
    env: { ...process.env, LC_ALL: 'C', TERM: 'dumb', NO_COLOR: '1', ...env },
  });
  let seen = false;
  child.stdout.on('data', (chunk: Buffer) => {
    if (!seen && chunk.includes('[y/N]')) {
      seen = true;
      child.stdin.write(typed);
    }
  });
  return ended(child);
}

/** With lines on its standard input, as from a pipe. */
export function weftReading(cwd: string, args: readonly string[], typed: string): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd,
    env: { ...process.env, LC_ALL: 'C' },
  });
  child.stdin.end(typed);
  return ended(child);
}

/** In a terminal of its own: each text is typed when what is before it has been shown, and not before the one before it. */
export async function dialogue(
  cwd: string,
  args: readonly string[],
  turns: readonly (readonly [shown: string, typed: string])[],
): Promise<Ended> {
  const words = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', words, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd,
    env: { ...process.env, LC_ALL: 'C', TERM: 'xterm', NO_COLOR: '1' },
  });
  let unread = '';
  const left = [...turns];
  child.stdout.on('data', (chunk: Buffer) => {
    unread += chunk.toString();
    for (let turn = left[0]; turn && unread.includes(turn[0]); turn = left[0]) {
      unread = unread.slice(unread.indexOf(turn[0]) + turn[0].length);
      left.shift();
      child.stdin.write(turn[1]);
    }
  });
  return ended(child);
}

/** Sends SIGINT, as Ctrl-C does, when the output holds `words`. */
export function interrupted(cwd: string, args: readonly string[], words: string): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { ...piped, cwd, env: { ...process.env, LC_ALL: 'C' } });
  let seen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const before = seen.includes(words);
    seen += chunk.toString();
    if (!before && seen.includes(words)) child.kill('SIGINT');
  });
  return ended(child);
}

/** As a user whom permissions bind: root is bound by none. `cwd` becomes reachable for everybody. */
export function asOtherUser(cwd: string, args: readonly string[]): Promise<Ended> {
  chmodSync(dirname(cwd), 0o755);
  const nobody = process.getuid!() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  return ended(spawn(process.execPath, [program, ...args], { ...piped, ...nobody, cwd, env: { LC_ALL: 'C', HOME: cwd } }));
}

/** Runs a shell script with a disk of a few megabytes at `root`/disk; `weft` and `node` are functions of it. */
export function onSmallDisk(root: string, script: string): Promise<Ended> {
  const disk = join(root, 'disk');
  mkdirSync(disk);
  const prelude = `set -eu
mount -t tmpfs -o size=4m none "$DISK"
cd "$DISK"
weft() { "$NODE" "$PROGRAM" "$@"; }
`;
  // A mount of its own name space: nothing of it is left when the script ends.
  const args = [...(process.getuid!() === 0 ? ['-m'] : ['-rm']), 'sh', '-c', `${prelude}${script}`];
  const env = { ...process.env, LC_ALL: 'C', DISK: disk, NODE: process.execPath, PROGRAM: program };
  return ended(spawn('unshare', args, { ...piped, cwd: root, env }));
}

const piped: SpawnOptionsWithStdioTuple<'ignore', 'pipe', 'pipe'> = { stdio: ['ignore', 'pipe', 'pipe'] };

async function ended(child: ChildProcessByStdio<Writable | null, Readable, Readable>): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
  const [code] = await once(child, 'close');
  return { code, out, err };
}
