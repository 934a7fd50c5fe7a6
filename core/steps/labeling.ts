// A labelling task that people work on; the run holds until they are done (guide 3.11).
import type { StepKind } from './step-kind.ts';

export const labeling: StepKind = {
  type: 'labeling',
  label: { en: 'Label data', zh: '数据集标注' },
  summary: {
    en: 'Creates or continues a labelling task and waits for people to finish it.',
    zh: '创建或继续标注任务，并等待人工完成标注。',
  },
  takes: ['dataset', 'label_task'],
  takesChoice: true,
  inputs: 'required',
  outputs: 'required',
  decides: false,
  skippable: true,
  waitsForPerson: true,
  makes: () => 'label_task',
  passesOn: false,
  versioned: false,
  variables: [],
  snippet: `\${1:labeling}:
  type: labeling
  inputs:
    \${2:input_data}: \\\${{ data.\${3:pictures} }}
  properties:
    task_type: \${4|IMAGE_CLASSIFICATION,OBJECT_DETECTION,IMAGE_SEGMENTATION,TEXT_CLASSIFICATION,NAMED_ENTITY_RECOGNITION,TEXT_TRIPLE,AUDIO_CLASSIFICATION,SPEECH_CONTENT,SPEECH_SEGMENTATION,DATASET_TABULAR,VIDEO_ANNOTATION,FREE_FORMAT|}
    task_name: \${5:my_task}
  outputs: [\${6:labeled}]
`,
};
