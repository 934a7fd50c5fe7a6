// Imports files into a dataset or a labelling task, which is what comes out again (guide 3.12).
import { type StepKind, toDataKind } from './step-kind.ts';

export const datasetImport: StepKind = {
  type: 'dataset_import',
  label: { en: 'Import data', zh: '数据集导入' },
  summary: { en: 'Imports files into a dataset or a labelling task.', zh: '将文件导入数据集或标注任务。' },
  takes: ['dataset', 'label_task', 'obs'],
  takesChoice: true,
  inputs: 'required',
  outputs: 'required',
  decides: false,
  skippable: true,
  waitsForPerson: false,
  makes(output, inputs) {
    const written = toDataKind(output.type);
    if (written) return written;
    for (const kind of inputs) if (kind === 'dataset' || kind === 'label_task') return kind;
    return undefined;
  },
  passesOn: true,
  versioned: false,
  variables: [],
  snippet: `\${1:import}:
  type: dataset_import
  inputs:
    \${2:target}: \\\${{ data.\${3:pictures} }}
    \${4:source}: \\\${{ data.\${5:files} }}
  outputs: [\${6:imported}]
`,
};
