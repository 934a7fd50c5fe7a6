// Models of this workspace: versions counted up, each with a copy of its package that nothing changes any more.
// M1. A version carries the key of the step that registered it: registering again with the same key gives the same version.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { WeftModel } from '../../core/api/weft.ts';
import type { RecordStore } from '../store/records.ts';

export interface ModelRecord {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** `model_type`: TensorFlow, Custom, Image ... */
  readonly type: string;
  /** Absolute: the package, `config.json` at its top. An empty folder for a model that is an image alone. */
  readonly path: string;
  readonly image?: string;
  readonly description?: string;
  readonly run: string;
  readonly key: string;
  readonly createdAt: string;
}

export interface NewModel {
  readonly key: string;
  readonly run: string;
  readonly name: string;
  /** Counted up when absent. */
  readonly version?: string | undefined;
  readonly type: string;
  readonly description?: string | undefined;
  readonly image?: string | undefined;
  /** Absolute: folders whose content, and files that, make the package, in this order. */
  readonly sources: readonly string[];
}

export interface Models {
  /** In order of registration. */
  list(): readonly ModelRecord[];
  find(name: string, version: string): ModelRecord | undefined;
  /** Rejects with ModelExists where the version is taken by another step's. */
  register(model: NewModel): Promise<ModelRecord>;
  /** The version that was registered last: of that name, else by that run, else of all. */
  newest(of: { readonly name?: string | undefined; readonly run?: string | undefined }): ModelRecord | undefined;
  listed(): readonly WeftModel[];
}

export class ModelExists extends Error {
  override readonly name = 'ModelExists';
}

const kind = 'model';

/** `now`: milliseconds since the epoch. */
export function createModels(records: RecordStore, stateFolder: string, now: () => number): Models {
  /** The end of the last registration: they count versions, so they follow each other. */
  let last: Promise<unknown> = Promise.resolve();
  const list = () => records.list(kind).map(({ record }) => record as ModelRecord);

  async function register(model: NewModel): Promise<ModelRecord> {
    const { key, run, name, type, description, image } = model;
    const own = list().find((each) => each.key === key);
    if (own) return own;
    const versions = list().filter((each) => each.name === name);
    const version = model.version ?? nextVersion(versions.map((each) => each.version));
    if (versions.some((each) => each.version === version))
      throw new ModelExists(`model "${name}" has a version ${version} already`);
    const path = join(stateFolder, 'models', name, version);
    await copyWhole(model.sources, path);
    const record: ModelRecord = {
      id: createHash('sha256').update(key).digest('hex').slice(0, 32),
      name,
      version,
      type,
      path,
      ...(image !== undefined && { image }),
      ...(description !== undefined && { description }),
      run,
      key,
      createdAt: new Date(now()).toISOString(),
    };
    records.put(kind, record.id, record);
    return record;
  }

  return {
    list,
    find: (name, version) => list().find((model) => model.name === name && model.version === version),

    register(model) {
      const turn = last.then(
        () => register(model),
        () => register(model),
      );
      last = turn.catch(() => {});
      return turn;
    },

    newest({ name, run }) {
      const all = list();
      if (name !== undefined) return all.findLast((model) => model.name === name);
      return all.findLast((model) => model.run === run) ?? all.at(-1);
    },

    listed() {
      const byName = Map.groupBy(list(), ({ name }) => name);
      return [...byName].map(([name, versions]) => ({
        name,
        versions: versions.map(({ id, version, type, path, run, createdAt }) => ({ id, version, type, path, run, createdAt })),
      }));
    },
  };
}

/** The package appears whole or not at all; what a crash left half-registered is replaced. */
async function copyWhole(sources: readonly string[], target: string): Promise<void> {
  const draft = `${target}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  for (const source of sources) {
    const to = (await stat(source)).isDirectory() ? draft : join(draft, basename(source));
    // Shares the blocks where the file system can: models are large.
    await cp(source, to, { recursive: true, mode: constants.COPYFILE_FICLONE });
  }
  await rm(target, { recursive: true, force: true });
  await rename(draft, target);
}

/** After the highest: each part has one or two digits (guide table 5-56). */
function nextVersion(versions: readonly string[]): string {
  const highest = versions
    .map((version) => version.split('.').map(Number))
    .reduce((a, b) => ((a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!) >= 0 ? a : b), [0, 0, 0]);
  const [major, minor, patch] = highest as [number, number, number];
  if (patch < 99) return `${major}.${minor}.${patch + 1}`;
  return minor < 99 ? `${major}.${minor + 1}.0` : `${major + 1}.0.0`;
}
