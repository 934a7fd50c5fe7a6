// release_dataset here: a manifest of its own for the samples as they are now, split into training and evaluation, that no one changes.
import type { PlainMap } from '../../core/plan/plain.ts';
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import { isLabelled, type Sample } from '../datasets/manifest.ts';
import { splitSamples } from '../datasets/split.ts';
import { type DatasetRecord, VersionExists } from '../registries/datasets.ts';
import { checkFiles } from './dataset-source.ts';
import { datasetOf } from './input-data.ts';
import type { LocalMachine } from './local-machine.ts';
import { flagAt, numberAt, textAt } from './setting.ts';
import { type StepContext, StepError, type StepRunner } from './step-runner.ts';

export function releaseDatasetRunner(machine: LocalMachine): StepRunner {
  return {
    async start(step, context) {
      const input = step.inputs[0];
      const output = step.outputs[0];
      if (!input || !output) throw new StepError('slot-missing', `step "${step.name}" needs an input and an output`);
      const dataset = datasetOf(step, input, machine);
      const version = await publish(step, context, dataset, output.settings);
      const value = {
        dataset_id: dataset.id,
        dataset_name: dataset.name,
        version_id: version.id,
        version_name: version.name,
      };
      return { kind: 'done', result: { kind: 'completed', outputs: [{ name: output.name, value }] } };
    },
  };

  async function publish(step: ResolvedStep, context: StepContext, dataset: DatasetRecord, settings: PlainMap) {
    const ratio = ratioOf(step, settings);
    const name = nameOf(step, settings);
    const forgetHard = flagAt(settings, 'clear_hard_property') ?? true;
    const keepUsage = flagAt(settings, 'remove_sample_usage') === false;
    try {
      const wanted = { name, description: textAt(settings, 'description') };
      return await machine.datasets.publish(dataset.id, context.key, wanted, (current, samples) => {
        checkFiles(current, samples);
        if (ratio < 1 && !samples.some(isLabelled)) {
          throw new StepError(
            'dataset-unlabelled',
            `step "${step.name}": no sample of dataset "${dataset.name}" has a label, so there is nothing to split; ` +
              'label them first, import their labels, or leave train_evaluate_sample_ratio out',
          );
        }
        const seed = dataset.name;
        const identity = (sample: Sample) => String(sample['id'] ?? sample.source);
        const split = splitSamples(samples, { ratio, seed, identity, keepUsage });
        return forgetHard ? split.map(withoutHard) : split;
      });
    } catch (error) {
      if (!(error instanceof VersionExists)) throw error;
      const message = `step "${step.name}": ${error.message}; choose another version_name, or leave it out to count up`;
      throw new StepError('version-exists', message, { cause: error });
    }
  }
}

function ratioOf(step: ResolvedStep, settings: PlainMap): number {
  const written = settings['train_evaluate_sample_ratio'];
  if (written === undefined || written === null || written === '') return 1;
  const ratio = numberAt(settings, 'train_evaluate_sample_ratio');
  if (ratio !== undefined && ratio >= 0 && ratio <= 1) return ratio;
  throw new StepError(
    'ratio-range',
    `step "${step.name}": train_evaluate_sample_ratio is ${JSON.stringify(written)}; it is a number from 0 to 1`,
  );
}

function nameOf(step: ResolvedStep, settings: PlainMap): string | undefined {
  const name = textAt(settings, 'version_name');
  if (name === undefined || /^[\p{L}\p{N}_-]{1,32}$/u.test(name)) return name;
  throw new StepError(
    'version-name-format',
    `step "${step.name}": version_name "${name}" is not 1 to 32 letters, digits, _ or -`,
  );
}

function withoutHard({ hard: _, 'hard-coefficient': __, 'hard-reasons': ___, ...sample }: Sample): Sample {
  return sample as Sample;
}
