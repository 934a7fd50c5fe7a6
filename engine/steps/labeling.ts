// labeling here: the run holds until a person has labelled the files of the dataset, in place, and continues it; then the labels are
// read. A mock brings labels instead.
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlainMap } from '../../core/plan/plain.ts';
import type { ResolvedInput, ResolvedStep } from '../../core/plan/resolve.ts';
import { isLabelled, type Sample } from '../datasets/manifest.ts';
import { mergeSamples, missingFiles, type SampleSource } from '../datasets/source.ts';
import type { DatasetRecord } from '../registries/datasets.ts';
import { bindingOf, isStep } from './binding.ts';
import { samplesOf } from './dataset-source.ts';
import { datasetOf } from './input-data.ts';
import { labelFormatOf } from './label-format.ts';
import type { LocalMachine } from './local-machine.ts';
import { mockFolder } from './mock.ts';
import { mapAt, textAt } from './setting.ts';
import { StepError, type StepRunner, type StepStart } from './step-runner.ts';

interface Task {
  readonly name: string;
  readonly type: string | undefined;
}

export function labelingRunner(machine: LocalMachine): StepRunner {
  return {
    async start(step, context) {
      const input = step.inputs[0];
      if (!input) throw new StepError('input-missing', `step "${step.name}" has no input to label`);
      const dataset = datasetOf(step, input, machine);
      const task = taskOf(step, input, dataset);
      const binding = bindingOf(machine.bindings(), (target) => isStep(target, step.name));
      const mock = binding?.mock;
      if (mock !== undefined) {
        const found = await samplesOf(`the mock of step "${step.name}"`, mockSource(step, mock, dataset, task), machine.storage);
        const labelled = await machine.datasets.change(dataset.id, context.key, async (before) => withLabelsOf(before, found));
        return await complete(step, labelled, task);
      }
      if (!context.answered) return await hold(dataset, task);
      const labelled = await machine.datasets.change(dataset.id, context.key, (before) =>
        readLabels(step, dataset, task, before),
      );
      return await complete(step, labelled, task);
    },
  };

  async function hold(dataset: DatasetRecord, task: Task): Promise<StepStart> {
    const samples = await machine.datasets.samplesOf(dataset);
    const places = dataset.sources.map(({ path }) => path).join(', ');
    const how = labelFormatOf(task.type)?.how ?? `write the labels into its manifest`;
    const count = `${samples.filter(isLabelled).length} of ${samples.length} samples have labels`;
    const description = `Dataset "${dataset.name}" in ${places}: ${count}. To label the others, ${how}. Then continue the step.`;
    return { kind: 'wait', needs: [{ kind: 'work', name: task.name, type: 'labeling', description }] };
  }

  /** What the files of the dataset say now. Files that were moved or removed are no samples any more. */
  async function readLabels(
    step: ResolvedStep,
    dataset: DatasetRecord,
    task: Task,
    before: readonly Sample[],
  ): Promise<readonly Sample[]> {
    const format = labelFormatOf(task.type)?.format;
    const found: Sample[] = [];
    for (const source of dataset.sources) {
      const labelled: SampleSource = { ...source, format: source.format ?? format, withLabels: true };
      found.push(...(await samplesOf(`step "${step.name}"`, labelled, machine.storage)));
    }
    const gone = new Set(missingFiles(before));
    const left = before.filter(({ source }) => !source.startsWith('file:') || !gone.has(fileURLToPath(source)));
    return mergeSamples(left, found);
  }

  async function complete(step: ResolvedStep, dataset: DatasetRecord, task: Task): Promise<StepStart> {
    const samples = await machine.datasets.samplesOf(dataset);
    if (!samples.some(isLabelled)) {
      const how = labelFormatOf(task.type)?.how ?? 'write the labels into its manifest';
      const places = dataset.sources.map(({ path }) => path).join(', ');
      throw new StepError(
        'nothing-labelled',
        `step "${step.name}": no sample of dataset "${dataset.name}" (${places}) has a label; ${how}, then retry the step`,
      );
    }
    const { id } = machine.datasets.createLabelTask(dataset, task.name, task.type ?? '');
    const value: PlainMap = {
      dataset_id: dataset.id,
      dataset_name: dataset.name,
      task_id: id,
      task_name: task.name,
      ...(task.type !== undefined && { task_type: task.type }),
    };
    return { kind: 'done', result: { kind: 'completed', outputs: step.outputs.map(({ name }) => ({ name, value })) } };
  }

  /** The task that the input is, or the one that the step makes. */
  function taskOf(step: ResolvedStep, input: ResolvedInput, dataset: DatasetRecord): Task {
    const properties = mapAt(step.settings, 'properties');
    const value = input.value as PlainMap;
    const name = textAt(value, 'task_name') ?? textAt(properties, 'task_name');
    if (name === undefined) {
      throw new StepError('task-name-missing', `step "${step.name}" has no task_name, which a dataset as input needs`);
    }
    const known = machine.datasets.labelTask(dataset, name);
    return { name, type: textAt(properties, 'task_type') ?? textAt(value, 'task_type') ?? (known?.taskType || undefined) };
  }

  /** A labelled folder, or the manifest in it. */
  function mockSource(step: ResolvedStep, mock: string, dataset: DatasetRecord, task: Task): SampleSource {
    const folder = mockFolder(step, mock, machine);
    const manifest = statSync(folder).isFile() ? folder : readdirSync(folder).find((name) => name.endsWith('.manifest'));
    const path = manifest === undefined ? folder : statSync(folder).isFile() ? folder : join(folder, manifest);
    return {
      path,
      kind: manifest === undefined ? 'folder' : 'manifest',
      dataType: dataset.dataType,
      format: labelFormatOf(task.type)?.format,
      withLabels: true,
      includedLabels: [],
      excludedLabels: [],
      hardOnly: false,
    };
  }
}

/** The samples with the labels of those that are the same: by place, else by name. Where none is, the labelled ones are added. */
function withLabelsOf(samples: readonly Sample[], labelled: readonly Sample[]): readonly Sample[] {
  const byId = new Map(labelled.map((sample) => [String(sample['id']), sample]));
  const byName = new Map(labelled.map((sample) => [nameOf(sample), sample]));
  let found = false;
  const merged = samples.map((sample) => {
    const same = byId.get(String(sample['id'])) ?? byName.get(nameOf(sample));
    if (!same?.annotation) return sample;
    found = true;
    return { ...sample, annotation: same.annotation };
  });
  return found ? merged : mergeSamples(samples, labelled);
}

function nameOf({ source }: Sample): string {
  return source.startsWith('file:') ? basename(fileURLToPath(source)) : source;
}
