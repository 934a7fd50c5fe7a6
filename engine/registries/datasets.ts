// Datasets of this workspace: what they are made of, and their published versions. Records are in the store; samples and versions
// are manifests. The tree of a version is the documented one: <name>-<id>/annotation/<version>/<version>.manifest.
// D1. Every change carries the key of the step that makes it; a change whose key is known already is not made again.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { WeftDataset } from '../../core/api/weft.ts';
import { readManifest, type Sample, writeManifest } from '../datasets/manifest.ts';
import type { SampleSource } from '../datasets/source.ts';
import type { RecordStore } from '../store/records.ts';

export interface DatasetRecord {
  readonly id: string;
  readonly name: string;
  readonly dataType: string;
  readonly description?: string;
  /** Absolute: where the published tree is. */
  readonly folder: string;
  readonly samples: number;
  readonly sources: readonly SampleSource[];
  readonly createdAt: string;
  readonly versions: readonly VersionRecord[];
  /** Keys of the steps that changed it. */
  readonly keys: readonly string[];
}

export interface VersionRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** Absolute path of the manifest. */
  readonly manifest: string;
  readonly samples: number;
  readonly createdAt: string;
  readonly key: string;
}

export interface LabelTaskRecord {
  readonly id: string;
  readonly name: string;
  readonly datasetId: string;
  readonly taskType: string;
  readonly createdAt: string;
}

export interface NewDataset {
  readonly key: string;
  readonly name: string;
  readonly dataType: string;
  readonly description?: string;
  /** Absolute: below it comes a folder `<name>-<id>`. */
  readonly workFolder: string;
}

export interface Datasets {
  list(): readonly DatasetRecord[];
  /** By id, else by name. */
  find(dataset: { readonly id?: string | undefined; readonly name?: string | undefined }): DatasetRecord | undefined;
  samplesOf(dataset: DatasetRecord): Promise<readonly Sample[]>;
  /** The dataset of that name as it is, or a new one. */
  create(wanted: NewDataset, sources: readonly SampleSource[], samples: readonly Sample[]): Promise<DatasetRecord>;
  /** Replaces the samples by what `change` makes of them, one change of a dataset at a time. */
  change(
    id: string,
    key: string,
    change: (samples: readonly Sample[]) => Promise<readonly Sample[]>,
    source?: SampleSource,
  ): Promise<DatasetRecord>;
  /** Rejects with VersionExists where the name is taken by another step's version. */
  publish(
    id: string,
    key: string,
    version: { readonly name?: string | undefined; readonly description?: string | undefined },
    samples: (dataset: DatasetRecord, all: readonly Sample[]) => readonly Sample[],
  ): Promise<VersionRecord>;
  labelTask(dataset: DatasetRecord, name: string): LabelTaskRecord | undefined;
  /** The task of that name, or a new one. */
  createLabelTask(dataset: DatasetRecord, name: string, taskType: string): LabelTaskRecord;
  listed(): readonly WeftDataset[];
}

export class VersionExists extends Error {
  override readonly name = 'VersionExists';
}

const kind = 'dataset';
const taskKind = 'label_task';

/** `now`: milliseconds since the epoch. */
export function createDatasets(records: RecordStore, stateFolder: string, now: () => number): Datasets {
  /** The end of the last change: changes read and write files, so they follow each other. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  };

  const list = () => records.list(kind).map(({ record }) => record as DatasetRecord);
  const samplesFile = (id: string) => join(stateFolder, 'datasets', id, 'samples.manifest');
  const timestamp = () => new Date(now()).toISOString();
  const show = (id: string): DatasetRecord => {
    const found = records.get(kind, id) as DatasetRecord | undefined;
    if (!found) throw new Error(`dataset ${id} is not in the registry`);
    return found;
  };
  const tasks = () => records.list(taskKind).map(({ record }) => record as LabelTaskRecord);
  const find: Datasets['find'] = ({ id, name }) =>
    list().find((dataset) => dataset.id === id) ?? list().find((dataset) => dataset.name === name);

  return {
    list,
    find,
    samplesOf: (dataset) => readManifest(samplesFile(dataset.id)),

    create: (wanted, sources, samples) =>
      inTurn(async () => {
        const there = find({ name: wanted.name });
        if (there) return there;
        const { key, name, dataType, description, workFolder } = wanted;
        const id = idOf(key);
        const dataset: DatasetRecord = {
          id,
          name,
          dataType,
          ...(description !== undefined && { description }),
          folder: join(workFolder, `${name}-${id}`),
          samples: samples.length,
          sources,
          createdAt: timestamp(),
          versions: [],
          keys: [key],
        };
        await writeManifest(samplesFile(id), samples);
        records.put(kind, id, dataset);
        return dataset;
      }),

    change: (id, key, change, source) =>
      inTurn(async () => {
        const dataset = show(id);
        if (dataset.keys.includes(key)) return dataset;
        const samples = await change(await readManifest(samplesFile(id)));
        await writeManifest(samplesFile(id), samples);
        const changed: DatasetRecord = {
          ...dataset,
          samples: samples.length,
          sources: source ? [...dataset.sources, source] : dataset.sources,
          keys: [...dataset.keys, key],
        };
        records.put(kind, id, changed);
        return changed;
      }),

    publish: (id, key, { name: wanted, description }, select) =>
      inTurn(async () => {
        const dataset = show(id);
        const own = dataset.versions.find((version) => version.key === key);
        if (own && existsSync(own.manifest)) return own;
        const name = own?.name ?? wanted ?? nextVersion(dataset.versions);
        if (!own && dataset.versions.some((version) => version.name === name)) {
          throw new VersionExists(`dataset "${dataset.name}" has a version ${name} already`);
        }
        const samples = select(dataset, await readManifest(samplesFile(id)));
        const version: VersionRecord = {
          id: idOf(key),
          name,
          ...(description !== undefined && { description }),
          manifest: join(dataset.folder, 'annotation', name, `${name}.manifest`),
          samples: samples.length,
          createdAt: own?.createdAt ?? timestamp(),
          key,
        };
        await writeManifest(version.manifest, samples);
        records.put(kind, id, { ...dataset, versions: [...dataset.versions.filter((each) => each !== own), version] });
        return version;
      }),

    labelTask: (dataset, name) => tasks().find((task) => task.datasetId === dataset.id && task.name === name),

    createLabelTask(dataset, name, taskType) {
      const there = tasks().find((task) => task.datasetId === dataset.id && task.name === name);
      if (there) return there;
      const task = { id: idOf(`${dataset.id} ${name}`), name, datasetId: dataset.id, taskType, createdAt: timestamp() };
      records.put(taskKind, task.id, task);
      return task;
    },

    listed: () =>
      list().map(({ id, name, dataType, samples, versions }) => ({
        id,
        name,
        dataType,
        samples,
        versions: versions.map((version) => ({
          id: version.id,
          name: version.name,
          samples: version.samples,
          createdAt: version.createdAt,
        })),
      })),
  };
}

/** Ids look like the service's: 32 hexadecimal digits. */
function idOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

/** `V001` and on; names of other forms do not count. */
function nextVersion(versions: readonly VersionRecord[]): string {
  const numbers = versions.map(({ name }) => Number(/^V(\d+)$/.exec(name)?.[1] ?? 0));
  return `V${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`;
}
