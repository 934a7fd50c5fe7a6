// `weft.config.yaml` of the engine's workspace, read anew whenever it changed: an edit counts for what starts next.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  configFileName,
  defaultConfig,
  engineOf,
  type LocalEngineConfig,
  readConfig,
  type WeftConfig,
} from '../core/config/config.ts';

export interface WorkspaceConfig {
  /** Absolute: what relative paths of the configuration are relative to. */
  readonly root: string;
  config(): WeftConfig;
  /** The settings of this engine: the default one where it is local, else the first local one. */
  engine(): LocalEngineConfig;
}

export function openWorkspaceConfig(root: string): WorkspaceConfig {
  const file = join(root, configFileName);
  let read: { readonly stamp: string; readonly config: WeftConfig } | undefined;

  function config(): WeftConfig {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) return defaultConfig;
    const stamp = `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
    if (read?.stamp !== stamp) read = { stamp, config: readConfig(readFileSync(file, 'utf8')).config };
    return read.config;
  }

  return {
    root,
    config,
    engine() {
      const all = config();
      const preferred = engineOf(all);
      if (preferred?.kind === 'local') return preferred;
      const local = all.engines.find((engine) => engine.kind === 'local');
      return (local ?? engineOf(defaultConfig)) as LocalEngineConfig;
    },
  };
}
