// Ends everything of an attempt: a request to the whole group and to strays, a grace period, then force.
// The launcher is spared until the end, so that it can still write the status of the command it waited for.
import { type AttemptFolder, readClaim } from './attempt-folder.ts';
import { inspectAttempt } from './inspect.ts';
import { processesOf } from './process-table.ts';

const lookMs = 20;
/** How long killed processes may take to vanish before we give up on them (uninterruptible I/O). */
const vanishMs = 5_000;

/** Resolves when nothing of the attempt runs any more. Safe to call for an attempt that has ended, and twice. */
export async function stopAttempt(folder: AttemptFolder, key: string, graceMs: number): Promise<void> {
  const claim = readClaim(folder);
  const launcher = typeof claim === 'string' ? undefined : claim.pid;
  // A status that is there proves that the launcher ended: its number, and so the group's, may be somebody else's by now.
  const group = inspectAttempt(folder, key).kind === 'running' ? launcher : undefined;
  const left = () => processesOf(group, key).filter((pid) => pid !== launcher);

  for (const pid of processesOf(group, key)) send(pid, 'SIGTERM');
  const deadline = performance.now() + graceMs;
  while (left().length > 0 && performance.now() < deadline) await pause(lookMs);

  // A process may fork while it is being killed: look again until none is left.
  const end = performance.now() + vanishMs;
  while (left().length > 0 && performance.now() < end) {
    for (const pid of left()) send(pid, 'SIGKILL');
    await pause(lookMs);
  }
  const written = performance.now() + 1_000;
  while (processesOf(group, key).length > 0 && performance.now() < written) await pause(lookMs);
  for (const pid of processesOf(group, key)) send(pid, 'SIGKILL');
}

function send(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
