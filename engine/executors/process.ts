// The process executor: the work of a step as a process of this machine, through the launcher.
// What it knows of a key beyond the attempt's folder is only whom to tell (E3).
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { type AttemptFolder, attemptFolder } from '../launcher/attempt-folder.ts';
import { awaitEnd } from '../launcher/await-end.ts';
import { stepEnvironment } from '../launcher/environment.ts';
import { type AttemptEnd, endedAt, inspectAttempt } from '../launcher/inspect.ts';
import { type Launched, launch } from '../launcher/launch.ts';
import { stopAttempt } from '../launcher/stop.ts';
import type { ResourceSampler } from '../streams/resources.ts';
import { type Attached, type Executor, type Outcome, SubmitError, type Submitted, type Work } from './executor.ts';

/** `samples`: told of what runs, so that it looks at what that uses. */
export function createProcessExecutor(samples?: ResourceSampler): Executor {
  /** Work whose outcome is still to be told. */
  const open = new Map<string, { readonly folder: AttemptFolder; readonly launched: Launched | undefined }>();
  const closing = new AbortController();
  let tell: (key: string, outcome: Outcome) => void = () => {};

  function follow(key: string, folder: AttemptFolder, launched: Launched | undefined, pid = launched?.pid): void {
    open.set(key, { folder, launched });
    if (pid !== undefined) samples?.watch(key, folder.path, pid, launched !== undefined);
    awaitEnd(folder, key, launched, closing.signal).then(
      (end) => settle(key, toOutcome(folder, end)),
      (error) => {
        if (!closing.signal.aborted) settle(key, { lost: true, message: `cannot watch ${folder.path}: ${error.message}` });
      },
    );
  }

  function settle(key: string, outcome: Outcome): void {
    samples?.forget(key);
    if (open.delete(key)) tell(key, outcome);
  }

  return {
    name: 'process',

    async submit(work) {
      const folder = attemptFolder(work.folder);
      const known = inspectAttempt(folder, work.key);
      if (open.has(work.key)) return known.kind === 'running' && known.pid !== undefined ? { pid: known.pid } : {};
      if (known.kind !== 'unstarted') {
        // E1: an earlier engine got further than its log says.
        follow(work.key, folder, undefined, known.kind === 'running' ? known.pid : undefined);
        return known.kind === 'running' && known.pid !== undefined ? { pid: known.pid } : {};
      }
      const launched = await start(folder, work);
      follow(work.key, folder, launched);
      return { pid: launched.pid };
    },

    async attach(key, path): Promise<Attached> {
      const folder = attemptFolder(path);
      const state = inspectAttempt(folder, key);
      if (state.kind === 'unstarted') return { kind: 'unknown' };
      if (state.kind !== 'running') return { kind: 'ended', submitted: {}, outcome: toOutcome(folder, state) };
      if (!open.has(key)) follow(key, folder, undefined, state.pid);
      const submitted: Submitted = state.pid === undefined ? {} : { pid: state.pid };
      return { kind: 'running', submitted };
    },

    async cancel(key, graceMs) {
      const work = open.get(key);
      if (work) await stopAttempt(work.folder, key, graceMs);
    },

    onOutcome(listener) {
      tell = listener;
    },

    async close() {
      closing.abort(new Error('the executor is closed'));
      for (const { launched } of open.values()) launched?.release();
      open.clear();
      await samples?.close();
    },
  };
}

async function start(folder: AttemptFolder, work: Work): Promise<Launched> {
  const environment = stepEnvironment(work, work.environment);
  const file = work.command.kind === 'shell' ? '/bin/sh' : findProgram(work.command.file, work.cwd, environment.PATH);
  const rest = work.command.kind === 'shell' ? ['-c', work.command.text] : work.command.arguments;
  try {
    return await launch(folder, {
      key: work.key,
      stepRun: work.stepRun,
      argv: [file, ...rest],
      cwd: work.cwd,
      env: work.environment,
    });
  } catch (error) {
    throw new SubmitError('process-not-started', (error as Error).message, { cause: error });
  }
}

/** The program as the system would find it; found here so that what is missing is said by name, not by exit status 127. */
function findProgram(name: string, cwd: string, path: string | undefined): string {
  const candidates = name.includes('/')
    ? [resolve(cwd, name)]
    : (path ?? '/usr/local/bin:/usr/bin:/bin').split(delimiter).map((folder) => join(folder || '.', name));
  const found = candidates.find(isProgram);
  if (found) return found;
  const where = name.includes('/')
    ? `there is no executable file ${candidates[0]}`
    : `no folder of PATH has the program "${name}"`;
  throw new SubmitError('program-not-found', `${where}; install it, or bind the step to another command in weft.config.yaml`);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function toOutcome(folder: AttemptFolder, end: AttemptEnd): Outcome {
  if (end.kind === 'exited') {
    const at = endedAt(folder);
    return {
      exitCode: end.exitCode,
      ...(end.signal !== undefined && { signal: end.signal }),
      ...(at !== undefined && { endedAt: at }),
    };
  }
  return {
    lost: true,
    message: 'the process and its launcher ended without an exit status: both were killed, or the machine was restarted',
  };
}
