// Services without exactly one list of models.
import { fieldOf } from '../ir/workflow.ts';
import type { Rule } from './rule.ts';

export const serviceInputs: Rule = {
  code: 'service-inputs',
  severity: 'warning',
  scope: 'step',
  stepType: 'service',
  source: 'Guide 5.4.7.3 (WG-103, inferred)',
  docs: {
    en: 'A service deploys one list of models; a second input, of type service, is the deployed service to update.',
    zh: '服务部署一个模型列表；第二个输入（service 类型）是要更新的已部署服务。',
    fails:
      'data:\n  deployed: { type: service }\nsteps:\n  service:\n    type: service\n    inputs: { update: "${{ data.deployed }}" }\n    outputs: [service]\n',
    passes:
      'data:\n  deployed: { type: service }\n  models: { type: model_list, model_name: my-model }\nsteps:\n  service:\n    type: service\n    inputs: { models: "${{ data.models }}", update: "${{ data.deployed }}" }\n    outputs: [service]\n',
  },
  *check({ step, inputKind }) {
    if (fieldOf(step.fields, 'inputs') || step.unread) return;
    const kinds = step.inputs.map((input) => inputKind(input));
    // What cannot be told may be the list; what does not fit is another finding.
    if (kinds.some((kind) => kind !== 'model_list' && kind !== 'service')) return;
    const lists = kinds.filter((kind) => kind === 'model_list').length;
    const services = kinds.length - lists;
    if (lists === 1 && services <= 1) return;
    const message =
      lists === 0
        ? {
            en: `\`${step.name.text}\` has no list of models to deploy: add an input of type model_list.`,
            zh: `“${step.name.text}”没有要部署的模型列表：请添加 model_list 类型的输入。`,
          }
        : lists > 1
          ? {
              en: `\`${step.name.text}\` has ${lists} lists of models; a service deploys one.`,
              zh: `“${step.name.text}”有 ${lists} 个模型列表；服务只部署一个。`,
            }
          : {
              en: `\`${step.name.text}\` updates ${services} services; one at most.`,
              zh: `“${step.name.text}”要更新 ${services} 个服务；最多一个。`,
            };
    yield { origin: step.inputs.at(-1)?.name.origin ?? step.name.origin, message };
  },
};
