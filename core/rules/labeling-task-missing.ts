// Labelling of a dataset without a task.
import { lacks, placeOf } from './read.ts';
import type { Rule } from './rule.ts';

export const labelingTaskMissing: Rule = {
  code: 'labeling-task-missing',
  severity: 'error',
  scope: 'step',
  stepType: 'labeling',
  source: 'Guide 5.4.2.2 table 5-27 (WG-63)',
  docs: {
    en: 'On a dataset the step creates, or continues, the labelling task that `properties` names: `task_type` and `task_name`. An existing labelling task as the input needs neither.',
    zh: '对数据集，步骤会创建或继续 `properties` 中 `task_type` 与 `task_name` 指定的标注任务。输入为已有标注任务时则无需填写。',
    fails:
      'data:\n  pictures: { type: dataset }\nsteps:\n  labeling:\n    type: labeling\n    inputs: { input_data: "${{ data.pictures }}" }\n    outputs: [labeled]\n',
    passes:
      'data:\n  pictures: { type: dataset }\nsteps:\n  labeling:\n    type: labeling\n    inputs: { input_data: "${{ data.pictures }}" }\n    properties: { task_type: IMAGE_CLASSIFICATION, task_name: flowers }\n    outputs: [labeled]\n',
  },
  *check({ step, inputKind }) {
    if (!step.inputs.some((input) => inputKind(input) === 'dataset')) return;
    const missing = ['task_type', 'task_name'].filter((name) => lacks(step.fields, 'properties', name));
    if (missing.length === 0) return;
    const list = missing.map((name) => `\`${name}\``);
    yield {
      origin: placeOf(step, 'properties'),
      message: {
        en: `\`${step.name.text}\` labels a dataset: ${list.join(' and ')} in \`properties\` name the task.`,
        zh: `“${step.name.text}”标注的是数据集：请在 \`properties\` 中填写 ${list.join(' 与 ')}。`,
      },
    };
  },
};
