// Publishes a version of a dataset, which is what training takes (guide 3.13).
import type { StepKind } from './step-kind.ts';

export const releaseDataset: StepKind = {
  type: 'release_dataset',
  label: { en: 'Release dataset version', zh: '数据集版本发布' },
  summary: {
    en: 'Publishes a version of a dataset or labelling task for training.',
    zh: '发布数据集或标注任务的版本，供训练使用。',
  },
  takes: ['dataset', 'label_task'],
  takesChoice: true,
  inputs: 'required',
  outputs: 'required',
  decides: false,
  skippable: true,
  waitsForPerson: false,
  makes: () => 'dataset',
  passesOn: false,
  versioned: true,
  variables: [],
  snippet: `\${1:release}:
  type: release_dataset
  inputs:
    \${2:input_data}: \\\${{ steps.\${3:labeling}.outputs.\${4:labeled} }}
  outputs:
    \${5:version}:
      train_evaluate_sample_ratio: \${6:0.8}
`,
};
