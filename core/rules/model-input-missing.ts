// Models made of nothing.
import { fieldOf } from '../ir/workflow.ts';
import type { Rule } from './rule.ts';

export const modelInputMissing: Rule = {
  code: 'model-input-missing',
  severity: 'warning',
  scope: 'step',
  stepType: 'model',
  source: 'Guide 5.4.6.1 table 5-53 (WG-96, inferred)',
  docs: {
    en: 'A model is made of files, an image, a subscribed model or a template; a step without any has nothing to register.',
    zh: '模型来自文件、镜像、订阅的模型或模板；都没有时无可注册。',
    fails: 'steps:\n  model:\n    type: model\n    outputs:\n      model: { model_type: PyTorch }\n',
    passes:
      'steps:\n  model:\n    type: model\n    inputs: { files: /bucket/model/ }\n    outputs:\n      model: { model_type: PyTorch }\n',
  },
  *check({ step }) {
    const template = step.outputs.some(({ fields, unread }) => {
      if (unread) return true;
      const type = fieldOf(fields, 'model_type');
      return fieldOf(fields, 'template') || (type?.kind === 'scalar' && type.text === 'Template') || type?.kind === 'reference';
    });
    if (step.inputs.length > 0 || fieldOf(step.fields, 'inputs') || template || step.outputs.length === 0) return;
    yield {
      origin: step.name.origin,
      message: {
        en: `\`${step.name.text}\` registers a model of nothing: give it an input, or a template.`,
        zh: `“${step.name.text}”没有模型来源：请提供输入或模板。`,
      },
    };
  },
};
