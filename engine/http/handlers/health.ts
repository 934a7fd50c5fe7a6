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
  /** Stops after the answer was given. */
  readonly stop: () => void;
}

export function healthHandlers({ root, startedAt, version, store, stop }: EngineIdentity): Handlers {
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
        runningServices: 0,
      };
      return { body: health };
    },
    Shutdown: () => {
      stop();
      return {};
    },
  };
}
