// Starts the command of a step so that it outlives the engine: a tiny `sh` launcher in a session of its own claims the
// attempt, runs the command with both streams on an append-only file, and writes the exit status.
// L1. One key starts at most one command: the launcher itself creates `claim` with O_EXCL before the command, so an engine
//     that died between intent and spawn may submit again; the launcher that comes second ends without a trace.
// L2. No pipe leads from the command to the engine: the log needs no reader, and the engine's death closes nothing.
// L3. The script is a constant: what varies are arguments, never text.
// The engine's own cost matters (a step may be `true`): the script uses builtins only, so it forks just the command.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { type AttemptFolder, type CommandRecord, prepareAttempt } from './attempt-folder.ts';
import { stepEnvironment } from './environment.ts';

export interface Launched {
  /** The launcher: leader of the session and group that the command runs in. */
  readonly pid: number;
  /** Settles when the launcher has ended; look into the folder for how. */
  readonly ended: Promise<void>;
  /** Lets the engine's process end although the launcher lives. */
  release(): void;
}

// `trap :` keeps the launcher through a stop of its group, while its child starts with the default action.
// The claim is the launcher's own line of /proc, or its like where there is none. `set -C` makes `>` O_EXCL.
const script = `
folder=$1; shift
trap : TERM INT HUP QUIT
{ read -r self < "/proc/$$/stat"; } 2>/dev/null || self="$$ () $(ps -o lstart= -p $$)"
set -C
{ printf '%s\\n' "$self" > "$folder/claim"; } 2>/dev/null || exit 75
set +C
"$@"
printf '%7s\\n' "$?" 1<> "$folder/exit"
`;

/**
 * Throws when the machine refuses (no `sh`, no such working folder); the command's own failures are in the folder.
 * `argv[0]` must be a path: a bare name could be a word of the shell's own.
 */
export function launch(folder: AttemptFolder, record: CommandRecord): Promise<Launched> {
  prepareAttempt(folder, record);
  const log = openSync(folder.log, 'a');
  let child: ChildProcess;
  try {
    child = spawn('/bin/sh', ['-c', script, 'weft', folder.path, ...record.argv], {
      cwd: record.cwd,
      env: stepEnvironment(record, record.env),
      stdio: ['ignore', log, log],
      detached: true,
    });
  } finally {
    closeSync(log);
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { pid } = child;
  if (pid === undefined) {
    return new Promise((_, reject) =>
      child.once('error', (cause) => reject(new Error(`cannot start a process in ${record.cwd}: ${cause.message}`, { cause }))),
    );
  }
  return Promise.resolve({ pid, ended, release: () => child.unref() });
}
