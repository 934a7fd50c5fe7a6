// Makes a dataset of files in object storage (guide 3.10).
import type { StepKind } from './step-kind.ts';

export const createDataset: StepKind = {
  type: 'create_dataset',
  label: { en: 'Create dataset', zh: '数据集创建' },
  summary: { en: 'Makes a dataset from files in object storage.', zh: '由对象存储中的文件创建数据集。' },
  takes: ['obs'],
  takesChoice: true,
  inputs: 'required',
  outputs: 'required',
  decides: false,
  skippable: true,
  waitsForPerson: false,
  makes: () => 'dataset',
  passesOn: false,
  versioned: false,
  variables: [],
  snippet: `\${1:create_dataset}:
  type: create_dataset
  inputs:
    \${2:input_data}: \\\${{ data.\${3:files} }}
  properties:
    dataset_name: \${4:my_dataset}
    data_type: \${5|IMAGE,TEXT,AUDIO,TABULAR,VIDEO,FREE_FORMAT|}
  outputs:
    \${6:dataset}:
      obs_path: \${7:/bucket/dataset/}
`,
};
