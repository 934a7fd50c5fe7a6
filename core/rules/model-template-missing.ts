// Models of type Template without one, and templates of other types.
import { fieldOf, textAt } from '../ir/workflow.ts';
import { entryOf } from './read.ts';
import type { Rule } from './rule.ts';

/** All but Template; of a type that is not known nothing else is known. */
const modelTypes: ReadonlySet<string> = new Set([
  'TensorFlow',
  'MXNet',
  'Caffe',
  'Spark_MLlib',
  'Scikit_Learn',
  'XGBoost',
  'Image',
  'PyTorch',
  'Custom',
]);

export const modelTemplateMissing: Rule = {
  code: 'model-template-missing',
  severity: 'error',
  scope: 'step',
  stepType: 'model',
  source: 'Guide 5.4.6.2 tables 5-56 and 5-57 (WG-93)',
  docs: {
    en: 'A model of type Template is made through a template: `template` with its id and inputs is needed. For other types `template` has no effect: a warning.',
    zh: 'Template 类型的模型通过模板创建，需要带 ID 和输入的 `template`。其他类型的 `template` 不起作用，因此只作警告。',
    fails: 'steps:\n  model:\n    type: model\n    outputs:\n      model: { model_type: Template, model_name: my-model }\n',
    passes:
      'steps:\n  model:\n    type: model\n    outputs:\n      model:\n        model_type: Template\n        model_name: my-model\n        template:\n          template_id: t-1\n          template_inputs: [{ input_id: i-1, input: /bucket/model/ }]\n',
  },
  *check({ step }) {
    for (const { fields } of step.outputs) {
      const type = entryOf(fields, 'model_type');
      const template = entryOf(fields, 'template');
      if (textAt(fields, 'model_type') === 'Template' && type && !fieldOf(fields, 'template')) {
        yield {
          origin: type.value.origin,
          message: {
            en: 'A model of type `Template` needs `template` with `template_id` and `template_inputs`.',
            zh: '`Template` 类型的模型需要 `template`（含 `template_id` 与 `template_inputs`）。',
          },
        };
      } else if (template && type?.value.kind === 'scalar' && modelTypes.has(type.value.text)) {
        yield {
          origin: template.name.origin,
          severity: 'warning',
          message: {
            en: `\`template\` has no effect on a model of type \`${type.value.text}\`.`,
            zh: `\`template\` 对 \`${type.value.text}\` 类型的模型不起作用。`,
          },
        };
      }
    }
  },
};
