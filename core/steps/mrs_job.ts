// A Spark job on an MRS cluster (guide 3.19).
import type { StepKind } from './step-kind.ts';

export const mrsJob: StepKind = {
  type: 'mrs_job',
  label: { en: 'MRS Spark job', zh: 'MRS 作业' },
  summary: { en: 'Runs a Spark script on an MRS cluster.', zh: '在 MRS 集群上运行 Spark 脚本。' },
  takes: ['obs'],
  takesChoice: false,
  inputs: 'optional',
  outputs: 'optional',
  decides: false,
  skippable: false,
  waitsForPerson: false,
  makes: () => 'obs',
  passesOn: false,
  versioned: false,
  variables: [],
  snippet: `\${1:spark}:
  type: mrs_job
  cluster_id: \\\${{ parameters.\${2:cluster} }}
  mrs_algorithm:
    boot_file: \${3:/bucket/code/main.py}
    parameters: {}
  inputs:
    \${4:input_data}: \\\${{ data.\${5:files} }}
  outputs:
    \${6:result}:
      obs_path: \${7:/bucket/result/}
`,
};
