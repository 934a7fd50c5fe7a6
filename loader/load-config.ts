// `weft.config.yaml` and values files from disk. A missing configuration is the default one; a values file that is named and
// missing is an error of who named it.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  configFileName,
  defaultConfig,
  type EngineConfig,
  engineOf,
  readConfig,
  type WeftConfig,
} from '../core/config/config.ts';
import { type GivenValues, noValues, readValuesFile } from '../core/config/values-file.ts';
import type { Diagnostic } from '../core/text/diagnostic.ts';

export interface LoadedConfig {
  /** Absolute folder that holds it, or would. */
  readonly root: string;
  readonly file: string;
  readonly text: string;
  readonly config: WeftConfig;
  readonly findings: readonly Diagnostic[];
}

/** Rejects nothing but what the system refuses (permission). */
export function loadConfig(root: string): LoadedConfig {
  const file = join(root, configFileName);
  const text = readIfThere(file);
  if (text === undefined) return { root, file, text: '', config: defaultConfig, findings: [] };
  return { root, file, text, ...readConfig(text) };
}

export interface LoadedValues {
  readonly file: string;
  readonly text: string;
  readonly values: GivenValues;
  readonly findings: readonly Diagnostic[];
}

/** Throws the system's error where the file cannot be read. */
export function loadValues(file: string): LoadedValues {
  const text = readFileSync(file, 'utf8');
  return { file, text, ...readValuesFile(text) };
}

/** What runs on this engine are given without asking: the values file that the configuration names for it. */
export function engineValues(loaded: LoadedConfig, engine: EngineConfig): LoadedValues {
  if (engine.values === undefined) return { file: loaded.file, text: '', values: noValues, findings: [] };
  return loadValues(resolve(loaded.root, engine.values));
}

/** The engine of that name, the default one without a name. Undefined for a name that the configuration does not have. */
export function configuredEngine(loaded: LoadedConfig, name: string | undefined): EngineConfig | undefined {
  return engineOf(loaded.config, name);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
