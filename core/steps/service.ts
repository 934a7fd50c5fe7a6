// Deploys a model as a service, or updates a running one (guide 3.17).
import type { StepKind } from './step-kind.ts';

export const service: StepKind = {
  type: 'service',
  label: { en: 'Deploy service', zh: '服务部署' },
  summary: { en: 'Deploys models as a service, or updates a deployed one.', zh: '将模型部署为服务，或更新已部署的服务。' },
  takes: ['model_list', 'service'],
  takesChoice: false,
  inputs: 'optional',
  outputs: 'expected',
  decides: false,
  skippable: true,
  waitsForPerson: false,
  makes: () => 'service',
  passesOn: false,
  versioned: false,
  variables: ['access_address', 'cluster_inner_access_address'],
  snippet: `\${1:service}:
  type: service
  depend_steps: [\${2:model}]
  inputs:
    \${3:service_input}: \\\${{ data.\${4:models} }}
  outputs:
    \${5:service_output}:
      infer_type: \${6|real-time,batch,edge|}
`,
};
