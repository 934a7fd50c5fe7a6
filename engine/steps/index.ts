// The one list of step kinds that run on this machine. Condition steps are not here: the scheduler decides them.
//   createStepRunners(machine: LocalMachine): (type: string) => StepRunner | undefined
// goes into SchedulerOptions.runnerOf; `createLocalMachine({ stateFolder, settings, records, now })` makes the machine.
import type { StepType } from '../../core/steps/step-types.ts';
import { createDatasetRunner } from './create_dataset.ts';
import { datasetImportRunner } from './dataset_import.ts';
import { jobRunner } from './job.ts';
import { labelingRunner } from './labeling.ts';
import type { LocalMachine } from './local-machine.ts';
import { modelRunner } from './model.ts';
import { mrsJobRunner } from './mrs_job.ts';
import { releaseDatasetRunner } from './release_dataset.ts';
import { serviceRunner } from './service.ts';
import type { StepRunner } from './step-runner.ts';

export { createLocalMachine, type LocalMachine } from './local-machine.ts';

const runners: Record<Exclude<StepType, 'condition'>, (machine: LocalMachine) => StepRunner> = {
  create_dataset: createDatasetRunner,
  release_dataset: releaseDatasetRunner,
  dataset_import: datasetImportRunner,
  labeling: labelingRunner,
  job: jobRunner,
  mrs_job: mrsJobRunner,
  model: modelRunner,
  service: serviceRunner,
};

export function createStepRunners(machine: LocalMachine): (type: string) => StepRunner | undefined {
  const made = new Map(Object.entries(runners).map(([type, make]) => [type, make(machine)]));
  return (type) => made.get(type);
}
