// Releases of a dataset that do not say what its labels are.
import { entryOf, mapAt, placeOf } from './read.ts';
import type { Rule } from './rule.ts';

export const releaseLabelTaskTypeMissing: Rule = {
  code: 'release-label-task-type-missing',
  severity: 'error',
  scope: 'step',
  stepType: 'release_dataset',
  source: 'Guide 5.4.4.2, table of DatasetVersionConfig (WG-72)',
  docs: {
    en: 'A labelling task knows its type, a dataset does not: where the input is a dataset, `label_task_type` says which labels are released.',
    zh: '标注任务带有类型而数据集没有：输入为数据集时，须用 `label_task_type` 说明发布哪类标注。',
    fails:
      'data:\n  pictures: { type: dataset }\nsteps:\n  release:\n    type: release_dataset\n    inputs: { input_data: "${{ data.pictures }}" }\n    outputs:\n      version: { train_evaluate_sample_ratio: 0.8 }\n',
    passes:
      'data:\n  pictures: { type: dataset }\nsteps:\n  release:\n    type: release_dataset\n    inputs: { input_data: "${{ data.pictures }}" }\n    outputs:\n      version: { train_evaluate_sample_ratio: 0.8, label_task_type: IMAGE_CLASSIFICATION }\n',
  },
  *check({ step, inputKind }) {
    const output = step.outputs[0];
    const ofDataset = step.inputs.some((input) => inputKind(input) === 'dataset');
    const given =
      step.outputs.map((each) => entryOf(each.fields, 'label_task_type')).find((each) => each) ??
      entryOf(mapAt(step.fields, 'properties'), 'label_task_type');
    if (ofDataset && !given && output && !step.outputs.some((each) => each.unread)) {
      yield {
        origin: placeOf(output, 'label_task_type'),
        message: {
          en: `\`${step.name.text}\` releases a dataset: add \`label_task_type\` to its output.`,
          zh: `“${step.name.text}”发布的是数据集：请在输出中添加 \`label_task_type\`。`,
        },
      };
    }
    const ofTask = step.inputs.length > 0 && step.inputs.every((input) => inputKind(input) === 'label_task');
    if (ofTask && given) {
      yield {
        origin: given.name.origin,
        severity: 'hint',
        message: {
          en: 'The labelling task knows its type: `label_task_type` has no effect here.',
          zh: '标注任务自带类型：`label_task_type` 在此不起作用。',
        },
      };
    }
  },
};
