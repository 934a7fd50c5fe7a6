// Waits for the end of an attempt, whether this engine started it or an earlier one did.
import type { AttemptFolder } from './attempt-folder.ts';
import { watchFolder } from './folder-watch.ts';
import { type AttemptEnd, inspectAttempt } from './inspect.ts';
import type { Launched } from './launch.ts';

/** A dead launcher leaves no notice in the folder, so this bounds how late its loss is seen. */
const pollMs = 500;

/**
 * Rejects only when `signal` aborts. An own launcher tells its end by itself; after that, or without one, the folder is
 * watched. The attempt must have been started: a launcher that is on its way is waited for.
 */
export async function awaitEnd(
  folder: AttemptFolder,
  key: string,
  launched: Launched | undefined,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  if (launched) {
    await until(signal, (done) => void launched.ended.then(() => done(undefined)));
    const state = inspectAttempt(folder, key);
    if (state.kind === 'exited' || state.kind === 'lost') return state;
    if (state.kind === 'unstarted') return { kind: 'lost' };
    // Running still: another launcher holds the claim (L1), or processes outlived a killed launcher.
  }
  return await until<AttemptEnd>(signal, (done, fail) => {
    const look = () => {
      try {
        const state = inspectAttempt(folder, key);
        if (state.kind === 'exited' || state.kind === 'lost') done(state);
      } catch (error) {
        fail(error);
      }
    };
    const watch = watchFolder(folder.path, pollMs, look);
    look();
    return () => watch.close();
  });
}

/** Runs `start` until it calls `done` or `fail` or the signal aborts, then what it returned to tidy up. */
function until<T>(
  signal: AbortSignal,
  start: (done: (value: T) => void, fail: (error: unknown) => void) => (() => void) | undefined | void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let tidy: (() => void) | undefined | void;
    let settled = false;
    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      signal.removeEventListener('abort', abort);
      tidy?.();
      finish();
    };
    const abort = () => settle(() => reject(signal.reason));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    tidy = start(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    );
    if (settled) tidy?.();
  });
}
