// Ends everything of an attempt: a request to the whole group and to strays, a grace period, then force.
// The launcher is spared until the end, so that it can still write the status of the command it waited for.
import { type AttemptFolder, readClaim } from './attempt-folder.ts';
import { inspectAttempt } from './inspect.ts';
import { processesOf } from './process-table.ts';

const firstLookMs = 10;
const slowestLookMs = 200;
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
  await vanish(left, graceMs, () => {});
  // A process may fork while it is being killed: look again until none is left.
  await vanish(left, vanishMs, (pids) => pids.forEach((pid) => send(pid, 'SIGKILL')));
  await vanish(
    () => processesOf(group, key),
    1_000,
    () => {},
  );
  for (const pid of processesOf(group, key)) send(pid, 'SIGKILL');
}

async function vanish(left: () => readonly number[], limitMs: number, act: (pids: readonly number[]) => void): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (let wait = firstLookMs; ; wait = Math.min(wait * 1.5, slowestLookMs)) {
    const pids = left();
    if (pids.length === 0 || performance.now() >= deadline) return;
    act(pids);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

function send(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
