// Waits for the end of an attempt, whether this engine started it or an earlier one did.
import type { AttemptFolder } from './attempt-folder.ts';
import { watchFolder } from './folder-watch.ts';
import { type AttemptEnd, inspectAttempt } from './inspect.ts';
import type { Launched } from './launch.ts';

/** A dead launcher leaves no notice in the folder, so this bounds how late its loss is seen. */
const pollMs = 500;

/**
 * Rejects only when `signal` aborts. An own launcher tells its end by itself; after that, or without one, the folder is
 * watched. The attempt must have been started, or be about to be: `unstarted` is waited through.
 */
export async function awaitEnd(
  folder: AttemptFolder,
  key: string,
  launched: Launched | undefined,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  if (launched) {
    await abortable(launched.ended, signal);
    const state = inspectAttempt(folder, key);
    if (isEnd(state)) return state;
    // Another launcher holds the claim (L1), or processes outlived a killed launcher.
    if (state.kind === 'unstarted') return { kind: 'lost' };
  }
  const { promise, resolve, reject } = Promise.withResolvers<AttemptEnd>();
  const look = () => {
    try {
      const state = inspectAttempt(folder, key);
      if (isEnd(state)) resolve(state);
    } catch (error) {
      reject(error);
    }
  };
  const abort = () => reject(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', abort, { once: true });
  const watch = watchFolder(folder.path, pollMs, look);
  look();
  try {
    return await promise;
  } finally {
    watch.close();
    signal.removeEventListener('abort', abort);
  }
}

function isEnd(state: ReturnType<typeof inspectAttempt>): state is AttemptEnd {
  return state.kind === 'exited' || state.kind === 'lost';
}

function abortable(work: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  work.then(resolve, reject);
  return promise.finally(() => signal.removeEventListener('abort', abort));
}
