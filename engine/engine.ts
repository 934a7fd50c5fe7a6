// The engine put together: mutex, store, HTTP front. Starts in an order that leaves nothing behind where it cannot start, and
// becomes visible (engine.json) only when it answers.
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../remote/state-folder.ts';
import { eventHandlers } from './http/handlers/events.ts';
import { healthHandlers } from './http/handlers/health.ts';
import { runHandlers } from './http/handlers/runs.ts';
import { startHttp } from './http/server.ts';
import { startIdleClock } from './idle-clock.ts';
import { prepareStateFolder, removeEngineFile, writeEngineFile } from './state-files.ts';
import { takeLock } from './store/driver.ts';
import { activeRuns } from './store/projections.ts';
import { openStore } from './store/store.ts';
import { version } from './version.ts';

export interface EngineOptions {
  readonly root: string;
  readonly port: number;
  readonly idleMs: number;
  readonly report: (error: unknown, what: string) => void;
  /** The engine has stopped: by request, or for want of work. */
  readonly onStopped: () => void;
}

export interface Engine {
  readonly port: number;
  stop(): Promise<void>;
}

/** Another living engine has this workspace. */
export class EngineRuns extends Error {
  override readonly name = 'EngineRuns';
}

/** Rejects with EngineRuns, StoreError or the system's error. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  statSync(options.root); // A workspace that does not exist is an error, not made.
  const folder = stateFolder(options.root);
  prepareStateFolder(folder);
  const lock = takeLock(join(folder, 'lock.db'));
  if (!lock) throw new EngineRuns(`An engine of ${options.root} runs already.`);
  try {
    const store = openStore(folder);
    const token = randomBytes(32).toString('base64url');
    const startedAt = new Date().toISOString();
    const isBusy = () => activeRuns(store.database).length > 0;
    try {
      const idle = startIdleClock(options.idleMs, isBusy, () => void stop());
      let stopping: Promise<void> | undefined;
      const http = await startHttp({
        token,
        port: options.port,
        report: options.report,
        onRequest: idle.touch,
        handlers: {
          ...healthHandlers({ root: options.root, startedAt, version, store, stop: () => void setImmediate(stop) }),
          ...eventHandlers(store.events),
          ...runHandlers(store),
        },
      }).catch((error) => {
        idle.stop();
        throw error;
      });
      const stop = () =>
        (stopping ??= (async () => {
          idle.stop();
          removeEngineFile(folder);
          await http.close();
          store.close();
          lock.release();
          options.onStopped();
        })());
      writeEngineFile(folder, { port: http.port, token, pid: process.pid, version, startedAt });
      return { port: http.port, stop };
    } catch (error) {
      store.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}
