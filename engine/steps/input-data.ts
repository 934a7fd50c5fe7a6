// Data that a step was given, as it lies on this machine.
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plain, PlainMap } from '../../core/plan/plain.ts';
import type { ResolvedInput, ResolvedStep } from '../../core/plan/resolve.ts';
import type { DatasetRecord, VersionRecord } from '../registries/datasets.ts';
import type { LocalMachine } from './local-machine.ts';
import { isMap, textAt } from './setting.ts';
import { StepError } from './step-runner.ts';

/** Path of a file or folder of the storage; undefined for data of other kinds. */
export function obsPathOf(value: Plain): string | undefined {
  return typeof value === 'string' ? value : isMap(value) ? (textAt(value, 'obs_url') ?? textAt(value, 'obs_path')) : undefined;
}

/** Absolute path of data in the storage, which is there. Rejects with StepError. */
export async function locateInput(step: ResolvedStep, input: ResolvedInput, machine: LocalMachine): Promise<string> {
  const written = obsPathOf(input.value);
  if (written === undefined) throw new StepError('input-kind', `${subject(step, input)} is no path of a storage`);
  const { path, directory } = await machine.storage.locate(written);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) {
    const how = input.from
      ? `step "${input.from.step}" left nothing there`
      : 'put the data there, or say in weft.config.yaml (buckets) where the bucket lies';
    throw new StepError('input-missing', `${subject(step, input)}: there is no ${written} on this machine (${path}); ${how}`);
  }
  if (directory && !stat.isDirectory()) {
    throw new StepError(
      'input-not-folder',
      `${subject(step, input)}: ${written} is a file here (${path}); write it without its final /`,
    );
  }
  return path;
}

/** The dataset that a value names, by id or name. Throws StepError where the registry does not have it. */
export function datasetOf(step: ResolvedStep, input: ResolvedInput, { datasets }: LocalMachine): DatasetRecord {
  const value = input.value as PlainMap;
  const id = textAt(value, 'dataset_id');
  const name = textAt(value, 'dataset_name');
  const found = datasets.find({ id, name });
  if (found) return found;
  const known = datasets.list().map((dataset) => `"${dataset.name}"`);
  throw new StepError(
    'dataset-unknown',
    `${subject(step, input)}: this machine has no dataset "${name ?? id}" (it has ${known.join(', ') || 'none'}); ` +
      'make it with a create_dataset step',
  );
}

/** The folder with the manifest of a published version, and nothing else that could be taken for one. */
export function versionFolder(step: ResolvedStep, input: ResolvedInput, machine: LocalMachine): string {
  const dataset = datasetOf(step, input, machine);
  const version = versionOf(dataset, input.value as PlainMap);
  if (!version) {
    const value = input.value as PlainMap;
    const wanted = textAt(value, 'version_name') ?? textAt(value, 'version_id');
    const known = dataset.versions.map(({ name }) => name).join(', ') || 'none';
    const what =
      wanted === undefined
        ? `names no version of dataset "${dataset.name}"`
        : `dataset "${dataset.name}" has no version ${wanted}`;
    throw new StepError(
      'dataset-version-unknown',
      `${subject(step, input)}: ${what} (published: ${known}); publish one with a release_dataset step`,
    );
  }
  if (!existsSync(version.manifest)) {
    throw new StepError(
      'manifest-missing',
      `${subject(step, input)}: ${version.manifest} was removed; publish the version again`,
    );
  }
  return dirname(version.manifest);
}

function versionOf(dataset: DatasetRecord, value: PlainMap): VersionRecord | undefined {
  const id = textAt(value, 'version_id');
  const name = textAt(value, 'version_name');
  return dataset.versions.find((version) => version.id === id) ?? dataset.versions.find((version) => version.name === name);
}

export function isDatasetValue(value: Plain): value is PlainMap {
  return isMap(value) && (textAt(value, 'dataset_name') !== undefined || textAt(value, 'dataset_id') !== undefined);
}

export function subject(step: ResolvedStep, input: { readonly name: string }): string {
  return `input "${input.name}" of step "${step.name}"`;
}
