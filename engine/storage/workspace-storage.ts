// The storage of the engine's workspace: buckets as `weft.config.yaml` has them at the moment of use.
import type { WorkspaceConfig } from '../workspace-config.ts';
import { createStorage, type Storage } from './paths.ts';

export function workspaceStorage(stateFolder: string, settings: WorkspaceConfig): Storage {
  return createStorage(stateFolder, () => ({
    root: settings.root,
    buckets: Object.fromEntries(settings.config().buckets.map(({ name, path }) => [name, path])),
  }));
}
