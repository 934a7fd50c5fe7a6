// Labelling task types that do not fit the type of the dataset.
import type { Declaration } from '../ir/workflow.ts';
import { textAt } from '../ir/workflow.ts';
import { isReference } from './read.ts';
import type { Rule } from './rule.ts';

/** Which data each labelling task type is about (guide 3.7). Free format and what we do not know fits anything. */
const about: Readonly<Record<string, string>> = {
  IMAGE_CLASSIFICATION: 'IMAGE',
  OBJECT_DETECTION: 'IMAGE',
  IMAGE_SEGMENTATION: 'IMAGE',
  TEXT_CLASSIFICATION: 'TEXT',
  NAMED_ENTITY_RECOGNITION: 'TEXT',
  TEXT_TRIPLE: 'TEXT',
  AUDIO_CLASSIFICATION: 'AUDIO',
  SPEECH_CONTENT: 'AUDIO',
  SPEECH_SEGMENTATION: 'AUDIO',
  DATASET_TABULAR: 'TABULAR',
  VIDEO_ANNOTATION: 'VIDEO',
};
const dataTypes: ReadonlySet<string> = new Set(Object.values(about));
const spellings: Readonly<Record<string, string>> = { TABLE: 'TABULAR', PLAIN: 'FREE_FORMAT' };

export const labelTaskDataType: Rule = {
  code: 'label-task-data-type',
  severity: 'warning',
  scope: 'step',
  source: 'Guide 5.1.3 table 5-10 and 5.4.2.2 table 5-27 (WG-28, inferred)',
  docs: {
    en: 'A labelling task is for data of one type: pictures cannot be labelled by a text task. The step fails when the task is created.',
    zh: '标注任务面向一种数据类型：图片不能使用文本标注任务，创建任务时步骤会失败。',
    fails:
      'data:\n  pictures: { type: dataset, data_type: IMAGE }\nsteps:\n  labeling:\n    type: labeling\n    inputs: { input_data: "${{ data.pictures }}" }\n    properties: { task_type: TEXT_CLASSIFICATION, task_name: t }\n    outputs: [labeled]\n',
    passes:
      'data:\n  pictures: { type: dataset, data_type: IMAGE }\nsteps:\n  labeling:\n    type: labeling\n    inputs: { input_data: "${{ data.pictures }}" }\n    properties: { task_type: IMAGE_CLASSIFICATION, task_name: t }\n    outputs: [labeled]\n',
  },
  *check({ step, binding }) {
    const maps = [step.fields, ...step.outputs.map(({ fields }) => fields)];
    const types = maps.flatMap((map) =>
      map.entries.flatMap(({ name, value }) =>
        name.text === 'properties' && value.kind === 'map' ? value.entries : [{ name, value }],
      ),
    );
    const type = types.find(({ name }) => name.text === 'task_type' || name.text === 'label_task_type')?.value;
    const wanted = type?.kind === 'scalar' ? about[type.text] : undefined;
    if (!type || !wanted) return;
    for (const { data } of step.inputs) {
      if (!isReference(data, 'data')) continue;
      const declaration = binding.uses.find((use) => use.value === data)?.target as Declaration | undefined;
      const written = declaration && textAt(declaration.fields, 'data_type');
      const given = written && (spellings[written] ?? written);
      // A type that does not exist is a finding of its own.
      if (!given || given === wanted || !dataTypes.has(given)) continue;
      yield {
        origin: type.origin,
        message: {
          en: `This task is for data of type ${wanted}; \`${data.reference.name.text}\` is ${given}.`,
          zh: `该任务面向 ${wanted} 类型的数据，而“${data.reference.name.text}”为 ${given}。`,
        },
        related: [{ origin: declaration.name.origin, message: { en: 'The data are declared here', zh: '数据在此声明' } }],
      };
    }
  },
};
