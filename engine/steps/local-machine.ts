// What step kinds know of this machine: where things lie, what stands in for the cloud, and what the registries hold.
import type { Binding } from '../../core/config/config.ts';
import { createProcessExecutor } from '../executors/process.ts';
import { createDatasets, type Datasets } from '../registries/datasets.ts';
import { createModels, type Models } from '../registries/models.ts';
import { createServices, type Services } from '../registries/services.ts';
import { classHost } from '../services/class-host.ts';
import type { Storage } from '../storage/paths.ts';
import { workspaceStorage } from '../storage/workspace-storage.ts';
import type { RecordStore } from '../store/records.ts';
import type { WorkspaceConfig } from '../workspace-config.ts';
import { stepPath } from './node-program.ts';

export interface LocalMachine {
  /** Absolute: `.weft`. */
  readonly stateFolder: string;
  /** Absolute: the folder of weft.config.yaml, what its paths are relative to. */
  readonly root: string;
  readonly storage: Storage;
  /** Asked at every use, so that an edit of weft.config.yaml counts for the next step. */
  readonly bindings: () => readonly Binding[];
  readonly datasets: Datasets;
  readonly models: Models;
  readonly services: Services;
  /** The program that serves a `customize_service.py`. */
  readonly classHost: () => string;
}

export interface MachineOptions {
  readonly stateFolder: string;
  readonly settings: WorkspaceConfig;
  readonly records: RecordStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function createLocalMachine({ stateFolder, settings, records, now }: MachineOptions): LocalMachine {
  return {
    stateFolder,
    root: settings.root,
    storage: workspaceStorage(stateFolder, settings),
    bindings: () => settings.config().bindings,
    datasets: createDatasets(records, stateFolder, now),
    models: createModels(records, stateFolder, now),
    services: createServices({
      records,
      stateFolder,
      executor: createProcessExecutor(),
      path: () => stepPath(stateFolder),
      now,
    }),
    classHost: () => classHost(stateFolder),
  };
}
