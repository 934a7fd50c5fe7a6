// `/weft/v1/health` and `/weft/v1/shutdown`: who this engine is, and its end.
import type { WeftHealth } from '../../../core/api/weft.ts';
import { schemaVersion } from '../../store/migrations.ts';
import { activeRuns } from '../../store/projections.ts';
import type { Store } from '../../store/store.ts';
import type { Handlers } from '../server.ts';

export interface EngineIdentity {
  readonly root: string;
  readonly startedAt: string;
  readonly version: string;
  readonly store: Store;
  /** How many services run here. */
  readonly runningServices: () => number;
  /** Stops after the answer was given; with `keep` what runs goes on without the engine. */
  readonly stop: (keep: boolean) => void;
}

export function healthHandlers({ root, startedAt, version, store, runningServices, stop }: EngineIdentity): Handlers {
  return {
    Health: () => {
      const health: WeftHealth = {
        name: 'weft',
        version,
        schema: schemaVersion,
        pid: process.pid,
        root,
        startedAt,
        seq: store.events.lastSeq,
        activeRuns: activeRuns(store.database).length,
        runningServices: runningServices(),
      };
      return { body: health };
    },
    Shutdown: ({ query }) => {
      stop(query.get('keep') === 'true');
      return {};
    },
  };
}
