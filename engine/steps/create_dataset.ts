// create_dataset here: an entry of the dataset registry over files where they lie. A dataset of that name is used as it is.
import { relative, sep } from 'node:path';
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import { toDataType } from '../datasets/layouts.ts';
import type { DatasetRecord } from '../registries/datasets.ts';
import { samplesOf, sourceOf } from './dataset-source.ts';
import { locateInput, subject } from './input-data.ts';
import type { LocalMachine } from './local-machine.ts';
import { mapAt, textAt } from './setting.ts';
import { type StepContext, StepError, type StepRunner } from './step-runner.ts';

export function createDatasetRunner(machine: LocalMachine): StepRunner {
  return {
    async start(step, context) {
      const properties = mapAt(step.settings, 'properties');
      const name = textAt(properties, 'dataset_name');
      if (name === undefined) throw new StepError('dataset-name-missing', `step "${step.name}" has no dataset_name`);
      checkName(step, name);
      const dataset = machine.datasets.find({ name }) ?? (await create(step, context, name));
      return { kind: 'done', result: { kind: 'completed', outputs: outputsOf(step, dataset) } };
    },
  };

  async function create(step: ResolvedStep, context: StepContext, name: string): Promise<DatasetRecord> {
    const properties = mapAt(step.settings, 'properties');
    const input = step.inputs[0];
    if (!input) throw new StepError('input-missing', `step "${step.name}" has no input to make dataset "${name}" of`);
    const path = await locateInput(step, input, machine);
    const workFolder = await workFolderOf(step, path);
    const dataType = toDataType(textAt(properties, 'data_type'));
    const source = sourceOf(path, dataType, mapAt(properties, 'import_config') ?? { import_annotations: false });
    context.progress(`reading ${path}`);
    const samples = await samplesOf(subject(step, input), source, machine.storage);
    const description = textAt(properties, 'description');
    const wanted = { key: context.key, name, dataType, workFolder, ...(description !== undefined && { description }) };
    return await machine.datasets.create(wanted, [source], samples);
  }

  async function workFolderOf(step: ResolvedStep, input: string): Promise<string> {
    const output = step.outputs.find(({ settings }) => textAt(settings, 'obs_path') !== undefined);
    if (!output)
      throw new StepError('output-missing', `step "${step.name}" has no output with an obs_path for the dataset's files`);
    const folder = await machine.storage.makeFolder(textAt(output.settings, 'obs_path')!);
    const way = relative(input, folder);
    if (way === '' || !(way === '..' || way.startsWith(`..${sep}`))) {
      throw new StepError(
        'dataset-output-inside-input',
        `output "${output.name}" of step "${step.name}" (${folder}) lies in its input (${input}); choose another folder`,
      );
    }
    return folder;
  }
}

/** As the service's rules are; the name becomes a folder's too. */
function checkName(step: ResolvedStep, name: string): void {
  if (/^[A-Za-z0-9\u4e00-\u9fa5_-]{1,100}$/u.test(name)) return;
  throw new StepError(
    'dataset-name-format',
    `step "${step.name}": dataset_name "${name}" is not 1 to 100 Chinese or English letters, digits, _ or -`,
  );
}

function outputsOf(step: ResolvedStep, { id, name }: DatasetRecord) {
  return step.outputs.map((output) => ({ name: output.name, value: { dataset_id: id, dataset_name: name } }));
}
