// Keeps the store in step with the engine of one root: reads all runs, follows the events after them, and does both again whenever
// the stream ends for good, because a restarted engine has another port and token.
// F1. Between two reads no event is missed: the sequence number is read before the runs, and the store drops what it has folded.
// F2. An engine that died under active runs is started again, which adopts their processes; three times at most in a row.
import type { Disposable, LogOutputChannel } from 'vscode';
import type { WeftRun } from '../../core/api/weft.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { LocalEngine } from '../../remote/local.ts';
import { pause } from '../../remote/transport.ts';

export interface FollowedEngine {
  find(signal: AbortSignal): Promise<LocalEngine | undefined>;
  start(): Promise<LocalEngine>;
}

export interface EngineFollower {
  /** Undefined: there is none. */
  connected(engine: LocalEngine | undefined): void;
  /** The whole truth of this moment. */
  loaded(runs: readonly WeftRun[]): void;
  happened(event: RunEvent): void;
  hasActiveRuns(): boolean;
}

const restarts = 3;

/** Follows until disposed. `wake` makes it look for an engine now; without one it sleeps. */
export function followEngine(
  engines: FollowedEngine,
  follower: EngineFollower,
  log: LogOutputChannel,
): Disposable & { wake(): void } {
  const end = new AbortController();
  let wake = () => {};
  let left = restarts;

  async function follow(): Promise<void> {
    for (let failures = 0; !end.signal.aborted; ) {
      const engine = await find();
      if (!engine) {
        follower.connected(undefined);
        if (end.signal.aborted) return;
        if (!follower.hasActiveRuns() || left <= 0) await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      try {
        // F1: health, and with it `seq`, is older than the runs.
        follower.loaded(await engine.client.call('ListRuns', { signal: end.signal }));
        follower.connected(engine);
        for await (const event of engine.client.events({ after: engine.health.seq, signal: end.signal, reconnects: 1 })) {
          failures = 0;
          left = restarts;
          follower.happened(event);
        }
      } catch (error) {
        if (end.signal.aborted) return;
        log.warn(`The event stream of ${engine.health.root} ended: ${error instanceof Error ? error.message : error}`);
        await pause(Math.min(50 * 2 ** failures++, 2_000), end.signal).catch(() => {});
      }
    }
  }

  async function find(): Promise<LocalEngine | undefined> {
    const found = await engines.find(end.signal).catch(() => undefined);
    if (found || end.signal.aborted || !follower.hasActiveRuns() || left <= 0) return found;
    left -= 1;
    log.info('The engine ended while runs were active: starting it again');
    return engines.start().catch(() => undefined); // the start has reported why
  }

  follow();
  return {
    wake: () => wake(),
    dispose() {
      end.abort();
      wake();
    },
  };
}
