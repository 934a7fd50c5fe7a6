// The engine put together: mutex, store, scheduler, HTTP front. Starts in an order that leaves nothing behind where it cannot
// start, and becomes visible (engine.json) only when it answers.
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../remote/state-folder.ts';
import { createDefinitions } from './definitions.ts';
import { createProcessExecutor } from './executors/process.ts';
import { artifactHandlers } from './http/handlers/artifacts.ts';
import { debugHandlers } from './http/handlers/debug.ts';
import { datasetHandlers } from './http/handlers/datasets.ts';
import { eventHandlers } from './http/handlers/events.ts';
import { executionHandlers } from './http/handlers/executions.ts';
import { healthHandlers } from './http/handlers/health.ts';
import { logHandlers } from './http/handlers/logs.ts';
import { resourceHandlers } from './http/handlers/resources.ts';
import { modelHandlers } from './http/handlers/models.ts';
import { runHandlers } from './http/handlers/runs.ts';
import { serviceHandlers } from './http/handlers/services.ts';
import { workflowHandlers } from './http/handlers/workflows.ts';
import { halted, type Problem } from './http/problem.ts';
import { startHttp } from './http/server.ts';
import { startIdleClock } from './idle-clock.ts';
import { createGpuReader } from './launcher/gpu-usage.ts';
import { readBody } from './read-body.ts';
import { createRuns } from './runs.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import { createRegistries, newestModels } from './registries/create.ts';
import { createLocalMachine, createStepRunners } from './steps/index.ts';
import { prepareStateFolder, removeEngineFile, writeEngineFile } from './state-files.ts';
import { type StoreError, takeLock } from './store/driver.ts';
import { activeRuns, findStepRun } from './store/projections.ts';
import { openStore, type Store } from './store/store.ts';
import { createLogs } from './streams/logs.ts';
import { createResourceSampler } from './streams/resources.ts';
import { version } from './version.ts';
import { openWorkspaceConfig } from './workspace-config.ts';

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

/** Between asking a step's process to stop and insisting. */
const graceMs = 10_000;

/** Rejects with EngineRuns, StoreError or the system's error. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  statSync(options.root); // A workspace that does not exist is an error, not made.
  const folder = stateFolder(options.root);
  prepareStateFolder(folder);
  const lock = takeLock(join(folder, 'lock.db'));
  if (!lock) throw new EngineRuns(`An engine of ${options.root} runs already.`);
  try {
    let onFailure = (_: StoreError): void => {};
    const store = openStore(folder, (error) => onFailure(error));
    try {
      return await startWith(options, folder, store, lock.release, (halt) => {
        onFailure = halt;
      });
    } catch (error) {
      store.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function startWith(
  options: EngineOptions,
  folder: string,
  store: Store,
  release: () => void,
  onFailure: (halt: (error: StoreError) => void) => void,
): Promise<Engine> {
  const { root, report } = options;
  const settings = openWorkspaceConfig(root);
  const runFolder = (run: string) => join(folder, 'runs', run);
  const attemptFolder = (run: string, step: string, attempt: number) => join(runFolder(run), step, String(attempt));
  const machine = createLocalMachine({ stateFolder: folder, settings, records: store.records, now: Date.now });
  const registries = createRegistries(machine);
  const logs = createLogs();
  const scheduler = createScheduler({
    events: store.events,
    executor: createProcessExecutor(createResourceSampler({ now: Date.now, readGpu: createGpuReader() })),
    runnerOf: createStepRunners(machine),
    folderOf: attemptFolder,
    get maxParallelSteps() {
      return settings.engine().maxParallelSteps ?? defaultParallelSteps;
    },
    graceMs,
    now: Date.now,
    report,
    onWaiting: (run, step) => runs.answerWaiting(run, step),
  });
  const definitions = createDefinitions(store.records, readBody, Date.now);
  const runs = createRuns(
    {
      store,
      definitions,
      scheduler,
      folderOf: runFolder,
      newestModels: (run) => newestModels(machine, run),
      get maxRunsPerWorkflow() {
        return settings.engine().maxRunsPerWorkflow ?? 1;
      },
    },
    (body) => readBody(body).workflow,
  );

  /** Folder of an attempt of a step run, of the newest where none is named; undefined where it has not begun. */
  const attemptOf = (stepRun: string, attempt: number | undefined) => {
    const found = findStepRun(store.database, stepRun);
    const newest = found && runs.show(found.run).steps.find((step) => step.name === found.step)!.attempt;
    return found && newest! > 0 ? attemptFolder(found.run, found.step, attempt ?? newest!) : undefined;
  };
  const idle = startIdleClock(
    options.idleMs,
    () => activeRuns(store.database).length > 0 || registries.runningServices() > 0,
    () => void stop(),
  );
  const token = randomBytes(32).toString('base64url');
  const startedAt = new Date().toISOString();
  let stopping: Promise<void> | undefined;
  let stopServices = false;
  let refusal: Problem | undefined;
  const http = await startHttp({
    token,
    port: options.port,
    report,
    onRequest: idle.touch,
    refusal: () => refusal,
    handlers: {
      ...healthHandlers({
        root,
        startedAt,
        version,
        store,
        runningServices: registries.runningServices,
        stop: (keep) => void setImmediate(() => shutDown(keep).catch((error) => report(error, 'stopping the engine'))),
      }),
      ...eventHandlers(store.events),
      ...runHandlers(store),
      ...debugHandlers(runs),
      ...workflowHandlers(definitions, runs, Date.now),
      ...executionHandlers(definitions, runs, Date.now),
      ...datasetHandlers(registries),
      ...modelHandlers(registries),
      ...serviceHandlers(registries),
      ...artifactHandlers(registries, runs.show),
      ...logHandlers(logs, attemptOf),
      ...resourceHandlers(attemptOf),
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
      await scheduler.close();
      await registries.close({ stopServices });
      await logs.close();
      store.close();
      release();
      options.onStopped();
    })());
  // Steps at work go on; whoever follows is told why nothing more comes, and the next engine takes over.
  onFailure((error) => {
    if (refusal) return;
    refusal = halted(error);
    report(error, 'writing the event log');
    http.interrupt();
    setTimeout(() => void stop(), farewellMs);
  });

  /** Stopped runs end in the event log before the engine does. */
  async function shutDown(keep: boolean): Promise<void> {
    if (!keep) {
      const active = activeRuns(store.database);
      for (const run of active) runs.stop(run);
      await Promise.all(active.map((run) => scheduler.ended(run)));
      stopServices = true;
    }
    await stop();
  }

  // Before anybody can find this engine: what an earlier one left goes on.
  await registries.recover();
  await runs.recover();
  writeEngineFile(folder, { port: http.port, token, pid: process.pid, version, startedAt });
  return { port: http.port, stop };
}

/** How long an engine that cannot go on still tells why. */
const farewellMs = 5_000;

/** As the sample configuration and language.md part 6 have it. */
const defaultParallelSteps = 4;
