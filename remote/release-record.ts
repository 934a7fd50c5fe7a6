// Which workflows of the service came from which file of this workspace: what lets views show a run in the cloud beside its text, whoever
// released it, editor or command line. Kept in the state folder; ids and paths only, never a key.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from './state-folder.ts';

export interface ReleaseRecord {
  /** Name in weft.config.yaml. */
  readonly engine: string;
  readonly projectId: string;
  readonly workflowId: string;
  readonly name: string;
  /** Absolute path of the file. */
  readonly source: string;
}

/** In the state folder. */
export const releasesName = 'releases.json';

/** In order of first release. None where the file is missing or is no list. */
export function readReleases(root: string): readonly ReleaseRecord[] {
  try {
    const list: unknown = JSON.parse(readFileSync(join(stateFolder(root), releasesName), 'utf8'));
    return Array.isArray(list) ? list.filter(isRecord) : [];
  } catch {
    return [];
  }
}

/** Whole or not at all. Throws the system's error where it cannot be written. */
export function recordRelease(root: string, record: ReleaseRecord): void {
  const others = readReleases(root).filter(
    ({ engine, workflowId }) => engine !== record.engine || workflowId !== record.workflowId,
  );
  const folder = stateFolder(root);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, '.gitignore'), '*\n');
  const file = join(folder, releasesName);
  const making = `${file}.${process.pid}`;
  writeFileSync(making, `${JSON.stringify([...others, record], null, 2)}\n`, { mode: 0o600 });
  renameSync(making, file);
}

function isRecord(value: unknown): value is ReleaseRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { engine, projectId, workflowId, name, source } = value as Record<string, unknown>;
  return [engine, projectId, workflowId, name, source].every((each) => typeof each === 'string');
}
