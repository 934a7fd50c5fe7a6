// Versions of datasets where none is read.
import type { Declaration } from '../ir/workflow.ts';
import { entryOf, isReference, mapAt } from './read.ts';
import type { Rule } from './rule.ts';

export const datasetVersionNeedless: Rule = {
  code: 'dataset-version-needless',
  severity: 'hint',
  scope: 'step',
  source: 'Guide 5.1.3, note on table 5-4 (WG-27)',
  docs: {
    en: 'Labelling and release work on the dataset itself; a `version_name` has no effect there.',
    zh: '标注和发布针对数据集本身，`version_name` 在此不起作用。',
    fails:
      'data:\n  pictures: { type: dataset, value: { dataset_name: flowers, version_name: V001 } }\nsteps:\n  labeling:\n    type: labeling\n    inputs: { input_data: "${{ data.pictures }}" }\n    properties: { task_type: IMAGE_CLASSIFICATION, task_name: t }\n    outputs: [labeled]\n',
    passes:
      'data:\n  pictures: { type: dataset, value: { dataset_name: flowers } }\nsteps:\n  labeling:\n    type: labeling\n    inputs: { input_data: "${{ data.pictures }}" }\n    properties: { task_type: IMAGE_CLASSIFICATION, task_name: t }\n    outputs: [labeled]\n',
  },
  *check({ step, kind, binding }) {
    if (!kind?.takes.includes('label_task') || kind.takes.includes('obs')) return;
    for (const { data } of step.inputs) {
      const declaration = isReference(data, 'data')
        ? (binding.uses.find((use) => use.value === data)?.target as Declaration | undefined)
        : undefined;
      const value = data?.kind === 'map' ? data : declaration && (mapAt(declaration.fields, 'value') ?? declaration.fields);
      const version = entryOf(value, 'version_name');
      if (!version) continue;
      yield {
        origin: version.name.origin,
        message: {
          en: `\`${step.name.text}\` works on the dataset itself: the version has no effect.`,
          zh: `“${step.name.text}”针对数据集本身：版本不起作用。`,
        },
      };
    }
  },
};
