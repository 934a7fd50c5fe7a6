// Files that the steps of a run wrote, found by what their outputs say: folders and files of the storage, manifests of versions.
import { type Dirent, existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WeftArtifact } from '../../core/api/weft.ts';
import type { RunState } from '../../core/run/reduce.ts';
import type { Storage } from '../storage/paths.ts';
import type { Datasets } from './datasets.ts';

/** Of one output; a run with more has a folder to look into. */
const mostFiles = 2_000;

export async function artifactsOf(run: RunState, storage: Storage, datasets: Datasets): Promise<readonly WeftArtifact[]> {
  const artifacts: WeftArtifact[] = [];
  for (const step of run.steps) {
    for (const { name, value } of step.outputs) {
      for (const path of await placesOf(value as Readonly<Record<string, unknown>> | null, storage, datasets)) {
        for (const file of await filesAt(path)) {
          artifacts.push({
            step: step.name,
            output: name,
            path: file,
            bytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0,
          });
        }
      }
    }
  }
  return artifacts;
}

async function placesOf(
  value: Readonly<Record<string, unknown>> | null,
  storage: Storage,
  datasets: Datasets,
): Promise<readonly string[]> {
  if (typeof value !== 'object' || value === null) return [];
  const text = (name: string) => (typeof value[name] === 'string' ? value[name] : undefined);
  const locate = async (path: string) => (await storage.locate(path)).path;
  const path = text('obs_url');
  if (path !== undefined) return [await locate(path)];
  const files = value['metric_files'];
  if (Array.isArray(files)) return await Promise.all(files.filter((file) => typeof file === 'string').map(locate));
  const version = datasets
    .find({ id: text('dataset_id'), name: text('dataset_name') })
    ?.versions.find(({ id }) => id === value['version_id']);
  return version ? [version.manifest] : [];
}

async function filesAt(path: string): Promise<readonly string[]> {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const entries: Dirent[] = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .slice(0, mostFiles);
}
