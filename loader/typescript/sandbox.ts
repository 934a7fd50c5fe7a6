// Evaluates programs in confined processes: one process a program, the next one kept warm. The limits are held from outside: time, memory,
// size of the answer.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WrittenWorkflow } from '../../sdk/written.ts';
import { type Answer, type Program, ready } from './confined/protocol.ts';
import { sdkModules } from './sdk-modules.ts';

export interface SandboxLimits {
  readonly milliseconds: number;
  readonly megabytes: number;
}

export const usualLimits: SandboxLimits = { milliseconds: 5_000, megabytes: 256 };

/**
 * `stuck`: did not end in time. `memory`: wanted more than it may have; both after so many milliseconds. `ended`: the process went away
 * otherwise.
 */
export type Outcome =
  | Answer
  | { readonly kind: 'stuck'; readonly after: number }
  | { readonly kind: 'memory'; readonly after: number }
  | { readonly kind: 'ended'; readonly detail: string }
  | { readonly kind: 'cancelled' };

export interface Sandbox {
  evaluate(program: Program, signal?: AbortSignal): Promise<Outcome>;
  /** Has a process ready, so that the next evaluation does not wait for its start. */
  warmUp(): void;
  dispose(): void;
}

// From source in tests, else beside the bundle that this file is part of.
const entry = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './confined/main.ts' : '../loader/confined.mjs', import.meta.url),
);

const largestAnswer = 64 * 1024 * 1024;
/** Milliseconds for the start of a process; the limit of the program counts from its end. */
const patience = 30_000;

/** Flags of Node for the confined process, whose code lies in `folder`. */
export function confinement(folder: string, megabytes: number): readonly string[] {
  return [
    '--permission',
    `--allow-fs-read=${folder}`,
    '--disallow-code-generation-from-strings',
    '--experimental-vm-modules',
    `--max-old-space-size=${megabytes}`,
    '--no-addons',
    '--no-warnings',
    ...(entry.endsWith('.ts') ? fromSource : []),
  ];
}

/** Older Nodes strip types only when they are told to. */
const fromSource: readonly string[] = ['--experimental-strip-types'];

/** The environment of the confined process: nothing of ours but what the system or Electron cannot start without. */
export function emptyEnvironment(): NodeJS.ProcessEnv {
  const needed = ['SystemRoot', ...(process.versions['electron'] ? ['ELECTRON_RUN_AS_NODE'] : [])];
  const kept = needed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  return { ...Object.fromEntries(kept), ...(process.versions['electron'] && { ELECTRON_RUN_AS_NODE: '1' }) };
}

export function createSandbox(limits: SandboxLimits = usualLimits): Sandbox {
  let warm: ChildProcessWithoutNullStreams | undefined;
  const running = new Set<ChildProcessWithoutNullStreams>();
  let disposed = false;

  function start(): ChildProcessWithoutNullStreams {
    const child = spawn(process.execPath, [...confinement(dirname(entry), limits.megabytes), entry], {
      cwd: dirname(entry),
      env: emptyEnvironment(),
      windowsHide: true,
    });
    child.on('error', () => {});
    child.stdin.on('error', () => {});
    child.stdin.write(`${JSON.stringify({ modules: sdkModules() })}\n`);
    // A process that waits does not keep ours alive.
    child.unref();
    for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as unknown as { unref?: () => void }).unref?.();
    return child;
  }

  function take(): ChildProcessWithoutNullStreams {
    const child = warm && warm.exitCode === null && warm.signalCode === null ? warm : start();
    warm = undefined;
    child.ref();
    for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as unknown as { ref?: () => void }).ref?.();
    return child;
  }

  return {
    evaluate(program, signal) {
      const child = take();
      running.add(child);
      return outcomeOf(child, program, limits, signal).finally(() => running.delete(child));
    },
    warmUp() {
      if (!disposed) warm ??= start();
    },
    dispose() {
      disposed = true;
      warm?.kill('SIGKILL');
      warm = undefined;
      for (const child of running) child.kill('SIGKILL');
    },
  };
}

function outcomeOf(
  child: ChildProcessWithoutNullStreams,
  program: Program,
  { milliseconds }: SandboxLimits,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  return new Promise((resolve) => {
    let output = '';
    let complaint = '';
    let early: Outcome | undefined;
    let started: number | undefined;
    const ran = () => (started === undefined ? 0 : performance.now() - started);
    const end = (outcome: Outcome) => {
      early ??= outcome;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(() => end({ kind: 'ended', detail: `it did not start within ${patience / 1000} s` }), patience);
    const cancel = () => end({ kind: 'cancelled' });
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    const begin = () => {
      if (started !== undefined || !output.startsWith(`${ready}\n`)) return;
      started = performance.now();
      clearTimeout(timer);
      timer = setTimeout(() => end({ kind: 'stuck', after: milliseconds }), milliseconds);
      child.stdin.end(`${JSON.stringify(program)}\n`);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.length > largestAnswer) end({ kind: 'memory', after: ran() });
      begin();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (complaint.length < 10_000) complaint += chunk.toString();
    });
    const done = (outcome: Outcome) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      resolve(outcome);
    };
    child.on('error', (error) => done({ kind: 'ended', detail: error.message }));
    child.on('close', (code, killed) => {
      if (early) return done(early);
      const text = output.slice(ready.length + 1);
      if (code === 0 && text.endsWith('\n')) return done(answerIn(text));
      if (/heap out of memory|invalid (?:table|array) size|Allocation failed/i.test(complaint))
        return done({ kind: 'memory', after: ran() });
      done({ kind: 'ended', detail: complaint.trim().slice(0, 2_000) || `exit ${killed ?? code}` });
    });
  });
}

/** What came out of the author's realm is looked at before it is believed: a program may have changed what its realm writes with. */
function answerIn(text: string): Outcome {
  try {
    const answer = JSON.parse(text) as Partial<Record<string, unknown>>;
    const log = Array.isArray(answer['log']) ? answer['log'].map(String) : [];
    if (answer['kind'] === 'unsettled') return { kind: 'unsettled' };
    if (answer['kind'] === 'failed')
      return {
        kind: 'failed',
        name: String(answer['name']),
        message: String(answer['message']),
        stack: String(answer['stack']),
        log,
      };
    if (answer['kind'] === 'done' && Array.isArray(answer['workflows']))
      return { kind: 'done', workflows: answer['workflows'] as readonly WrittenWorkflow[], log };
  } catch {
    // No JSON.
  }
  return { kind: 'ended', detail: unreadable };
}

export const unreadable = 'what it answered cannot be read';
