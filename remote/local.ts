// Finds, starts, replaces and stops the local engine of a workspace root. The engine itself holds the mutex: however many start one at
// the same time, one stays, and all of them find it by its `engine.json`.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { haltedCode, type WeftHealth } from '../core/api/weft.ts';
import { type Client, createClient } from './client.ts';
import { RemoteError } from './errors.ts';
import { stateFolder } from './state-folder.ts';
import { pause } from './transport.ts';

/** What `engine.json` in the state folder says. */
export interface EngineFile {
  readonly port: number;
  readonly token: string;
  readonly pid: number;
  readonly version: string;
  readonly startedAt: string;
}

export interface LocalEngine {
  readonly file: EngineFile;
  readonly health: WeftHealth;
  readonly client: Client;
}

export interface StartOptions {
  readonly root: string;
  /** The engine's program: `dist/engine/main.mjs`, or `engine/main.ts` from source. */
  readonly enginePath: string;
  /** Node, or VS Code's Electron, which is told to behave as Node. */
  readonly execPath: string;
  /** Ours: an engine of another version is replaced while it is idle. */
  readonly version: string;
  /** 20 s when absent. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Environment of the engine; the caller's own when absent. */
  readonly env?: NodeJS.ProcessEnv;
  readonly idleMinutes?: number;
  /** Any free one when absent. */
  readonly port?: number;
}

/** The engine did not start; the message is the engine's own line, or says where it went wrong. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

const pollMs = 50;

/**
 * The living engine of this root, or undefined: a stale file, a file of another root and a dead port all count as none.
 * Rejects with StartError where it lives and cannot go on (a full disk).
 */
export async function findEngine(root: string, signal?: AbortSignal): Promise<LocalEngine | undefined> {
  const file = await readEngineFile(root);
  if (!file) return undefined;
  const client = connect(file);
  try {
    const health = await client.call('Health', { timeoutMs: 2_000, ...(signal && { signal }) });
    return health.name === 'weft' && health.pid === file.pid ? { file, health, client } : undefined;
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    if (error.code === haltedCode) throw new StartError(error.message);
    return undefined;
  }
}

/** Finds the engine or starts one. Rejects with StartError, or with the signal's reason on abort. */
export async function startEngine(options: StartOptions): Promise<LocalEngine> {
  const deadline = Date.now() + (options.timeoutMs ?? 20_000);
  const found = await findEngine(options.root, options.signal);
  if (found && !(found.file.version !== options.version && isIdle(found.health))) return found;
  if (found) await stopAndWait(found, options.root, deadline, options.signal);

  const child = launch(options);
  try {
    while (Date.now() < deadline) {
      const engine = await findEngine(options.root, options.signal);
      if (engine) return engine;
      const ended = child.ended();
      // Exit 3: another engine holds the mutex. It is about to write its file, so keep looking.
      if (ended && ended.code !== 3) throw new StartError(ended.message);
      await pause(pollMs, options.signal);
    }
  } finally {
    child.release();
  }
  throw new StartError(child.ended()?.message || `The engine of ${options.root} did not answer in time.`);
}

/** Stops the engine; its steps with it unless `keep`. Resolves true when there was one and it is gone. */
export async function stopEngine(root: string, options: { keep?: boolean; signal?: AbortSignal } = {}): Promise<boolean> {
  const engine = await findEngine(root, options.signal);
  if (!engine) return false;
  await stopAndWait(engine, root, Date.now() + 15_000, options.signal, options.keep);
  return true;
}

function connect(file: EngineFile): Client {
  return createClient({
    baseUrl: `http://127.0.0.1:${file.port}`,
    token: file.token,
    projectId: 'local',
    retry: { attempts: 2, firstDelayMs: 50, longestDelayMs: 500 },
  });
}

async function readEngineFile(root: string): Promise<EngineFile | undefined> {
  try {
    const file = JSON.parse(await readFile(join(stateFolder(root), 'engine.json'), 'utf8')) as Partial<EngineFile>;
    return typeof file.port === 'number' && typeof file.token === 'string' && typeof file.pid === 'number'
      ? (file as EngineFile)
      : undefined;
  } catch {
    return undefined;
  }
}

function isIdle(health: WeftHealth): boolean {
  return health.activeRuns === 0 && health.runningServices === 0;
}

async function stopAndWait(
  engine: LocalEngine,
  root: string,
  deadline: number,
  signal?: AbortSignal,
  keep?: boolean,
): Promise<void> {
  await engine.client.call('Shutdown', { query: { keep }, ...(signal && { signal }) }).catch((error: unknown) => {
    if (!(error instanceof RemoteError && error.status === 0)) throw error;
  });
  while (isAlive(engine.file.pid)) {
    if (Date.now() > deadline) throw new StartError(`The engine of ${root} (process ${engine.file.pid}) does not stop.`);
    await pause(pollMs, signal);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

interface Launched {
  /** Undefined while it runs. */
  ended(): { code: number | null; message: string } | undefined;
  /** Lets it go on without us. */
  release(): void;
}

function launch(options: StartOptions): Launched {
  const args = [options.enginePath, '--root', options.root];
  if (options.port !== undefined) args.push('--port', String(options.port));
  if (options.idleMinutes !== undefined) args.push('--idle-minutes', String(options.idleMinutes));
  const child = spawn(options.execPath, args, {
    cwd: options.root,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...(options.env ?? process.env), ELECTRON_RUN_AS_NODE: '1' },
  });
  let errors = '';
  let ended: { code: number | null; message: string } | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4_000);
  });
  child.on('error', (error) => {
    ended = { code: null, message: `The engine cannot be started with ${options.execPath}: ${error.message}` };
  });
  child.on('close', (code, signal) => {
    ended ??= { code, message: errors.trim() || `The engine ended at once (${signal ?? `exit status ${code}`}).` };
  });
  return {
    ended: () => ended,
    release() {
      child.stderr.destroy();
      child.unref();
    },
  };
}
