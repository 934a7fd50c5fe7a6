// dataset_import here: samples and labels of a folder or manifest are added to a dataset; files stay where they lie.
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import { isLabelled, type Sample } from '../datasets/manifest.ts';
import { mergeSamples } from '../datasets/source.ts';
import { samplesOf, sourceOf } from './dataset-source.ts';
import { datasetOf, isDatasetValue, locateInput, obsPathOf, subject } from './input-data.ts';
import type { LocalMachine } from './local-machine.ts';
import { flagAt, mapAt } from './setting.ts';
import { StepError, type StepRunner } from './step-runner.ts';

export function datasetImportRunner(machine: LocalMachine): StepRunner {
  return {
    async start(step, context) {
      const target = step.inputs.find(({ value }) => isDatasetValue(value));
      const from = step.inputs.find(({ value }) => obsPathOf(value) !== undefined);
      if (!target || !from) {
        const lacks = target ? 'a path with the data to import' : 'a dataset or labelling task to import into';
        throw new StepError('input-missing', `step "${step.name}" has no input that is ${lacks}`);
      }
      const dataset = datasetOf(step, target, machine);
      const properties = mapAt(step.settings, 'properties');
      const path = await locateInput(step, from, machine);
      const source = sourceOf(path, dataset.dataType, properties);
      const found = await samplesOf(subject(step, from), source, machine.storage);
      const merge = (before: readonly Sample[]) => merged(step, before, found);
      await machine.datasets.change(dataset.id, context.key, async (before) => merge(before), source);
      // What goes in comes out: the dataset or the labelling task.
      const outputs = step.outputs.map(({ name }) => ({ name, value: target.value }));
      return { kind: 'done', result: { kind: 'completed', outputs } };
    },
  };
}

function merged(step: ResolvedStep, before: readonly Sample[], found: readonly Sample[]): readonly Sample[] {
  const newSamples = flagAt(mapAt(step.settings, 'properties'), 'import_samples') ?? true;
  if (newSamples) return mergeSamples(before, found);
  const known = new Set(before.map(({ source }) => source));
  return mergeSamples(
    before,
    found.filter((sample) => known.has(sample.source) && isLabelled(sample)),
  );
}
