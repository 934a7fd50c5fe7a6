// Datasets without a version as the input of a job.
import type { Declaration, Input, MapValue, Value } from '../ir/workflow.ts';
import { fieldOf } from '../ir/workflow.ts';
import type { StepBinding } from '../refs/bind.ts';
import { kindOfDeclaration } from '../steps/data-kinds.ts';
import { entryOf, isReference, mapAt } from './read.ts';
import type { Found, Rule } from './rule.ts';

export const jobDatasetVersionMissing: Rule = {
  code: 'job-dataset-version-missing',
  severity: 'error',
  scope: 'step',
  stepType: 'job',
  source: 'Guide 5.1.3, note on table 5-4 (WG-25)',
  docs: {
    en: 'A job reads a published version of a dataset: a dataset that is given needs `version_name`. A default without one is a warning, as another value may be chosen.',
    zh: '作业读取数据集的已发布版本：给定的数据集需要 `version_name`。默认值没有版本时只作警告，因为可以另选。',
    fails:
      'data:\n  pictures: { type: dataset, value: { dataset_name: flowers } }\nsteps:\n  training:\n    type: job\n    inputs: { data_url: "${{ data.pictures }}" }\n',
    passes:
      'data:\n  pictures: { type: dataset, value: { dataset_name: flowers, version_name: V001 } }\nsteps:\n  training:\n    type: job\n    inputs: { data_url: "${{ data.pictures }}" }\n',
  },
  *check({ step, binding }) {
    for (const input of step.inputs) {
      const given = givenDataset(input, binding);
      if (!given || fieldOf(given.value, 'version_name') || fieldOf(given.value, 'version_id')) continue;
      const found: Found = {
        origin: entryOf(given.value, 'dataset_name')?.name.origin ?? given.value.origin,
        message: {
          en: `The job \`${step.name.text}\` reads this dataset: it needs a \`version_name\`.`,
          zh: `作业“${step.name.text}”读取此数据集：需要 \`version_name\`。`,
        },
      };
      yield given.fixed ? found : { ...found, severity: 'warning' };
    }
  },
};

function givenDataset(input: Input, binding: StepBinding): { value: MapValue; fixed: boolean } | undefined {
  const data: Value | undefined = input.data;
  if (data?.kind === 'map')
    return fieldOf(data, 'dataset_name') && !fieldOf(data, 'task_name') ? { value: data, fixed: true } : undefined;
  if (!isReference(data, 'data')) return undefined;
  const declaration = binding.uses.find((use) => use.value === data)?.target as Declaration | undefined;
  if (!declaration || kindOfDeclaration(declaration) !== 'dataset') return undefined;
  const fixed =
    mapAt(declaration.fields, 'value') ?? (fieldOf(declaration.fields, 'dataset_name') ? declaration.fields : undefined);
  if (fixed && fixed.entries.length > 0) return { value: fixed, fixed: declaration.section !== 'data_requirements' };
  const preset = mapAt(declaration.fields, 'default');
  return preset && preset.entries.length > 0 ? { value: preset, fixed: false } : undefined;
}
