// All step kinds, by type, in the order of step-types.ts.
import { condition } from './condition.ts';
import { createDataset } from './create_dataset.ts';
import { datasetImport } from './dataset_import.ts';
import { job } from './job.ts';
import { labeling } from './labeling.ts';
import { model } from './model.ts';
import { mrsJob } from './mrs_job.ts';
import { releaseDataset } from './release_dataset.ts';
import { service } from './service.ts';
import type { StepKind } from './step-kind.ts';
import type { StepType } from './step-types.ts';

const table: Readonly<Record<StepType, StepKind>> = {
  create_dataset: createDataset,
  labeling,
  dataset_import: datasetImport,
  release_dataset: releaseDataset,
  job,
  mrs_job: mrsJob,
  model,
  service,
  condition,
};

export const stepKinds: readonly StepKind[] = Object.values(table);

export function stepKind(type: StepType): StepKind;
export function stepKind(type: StepType | undefined): StepKind | undefined;
export function stepKind(type: StepType | undefined): StepKind | undefined {
  return type && table[type];
}
