// Any code on any resource: data processing, training, evaluation (guide 3.14).
import { fieldOf } from '../ir/workflow.ts';
import { type DataKind, type StepKind, toDataKind } from './step-kind.ts';

/** What a file's output is, told by the member that only this kind has. */
const byMember: readonly (readonly [member: string, kind: DataKind])[] = [
  ['metric_files', 'metrics'],
  ['model_type', 'model'],
  ['config_file', 'service_content'],
  ['obs_path', 'obs'],
];

export const job: StepKind = {
  type: 'job',
  label: { en: 'Job', zh: '作业' },
  summary: {
    en: 'Runs code on a training resource: data processing, training, evaluation.',
    zh: '在训练资源上运行代码：数据处理、训练、评估。',
  },
  takes: ['dataset', 'obs', 'data_selector'],
  takesChoice: true,
  inputs: 'expected',
  outputs: 'expected',
  decides: false,
  skippable: true,
  waitsForPerson: false,
  makes: (output) => toDataKind(output.type) ?? byMember.find(([member]) => fieldOf(output.fields, member))?.[1],
  passesOn: false,
  versioned: false,
  variables: [],
  snippet: `\${1:training}:
  type: job
  algorithm:
    code_dir: \${2:./src}
    boot_file: \${3:main.py}
    engine: { engine_name: \${4:PyTorch}, engine_version: \${5:pytorch_1.8.0-cuda_10.2-py_3.7-ubuntu_18.04-x86_64} }
  inputs:
    \${6:data_url}: \\\${{ data.\${7:train_data} }}
  outputs:
    \${8:train_url}:
      obs_path: "\\\${{ storages.\${9:output} }}/model/"
  spec:
    resource:
      flavor: \\\${{ parameters.\${10:flavor} }}
`,
};
