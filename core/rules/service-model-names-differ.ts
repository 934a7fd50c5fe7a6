// Model lists with models of several names.
import { type ScalarValue, textAt, type Value, valueAt } from '../ir/workflow.ts';
import { modelLists } from './model-lists.ts';
import type { Rule } from './rule.ts';

export const serviceModelNamesDiffer: Rule = {
  code: 'service-model-names-differ',
  severity: 'error',
  scope: 'declaration',
  kind: 'data',
  source: 'Guide 5.4.7.4 (WG-108)',
  docs: {
    en: 'A service divides its traffic among versions of one model: every entry of the list has the same `model_name`, that of the data.',
    zh: '服务在同一模型的多个版本间分配流量：列表中各项的 `model_name` 必须相同，且与数据声明一致。',
    fails:
      'data:\n  models:\n    type: model_list\n    default:\n      - { model_name: a, model_version: 0.0.1, specification: modelarts.vm.cpu.2u, weight: 50 }\n      - { model_name: b, model_version: 0.0.2, specification: modelarts.vm.cpu.2u, weight: 50 }\n',
    passes:
      'data:\n  models:\n    type: model_list\n    default:\n      - { model_name: a, model_version: 0.0.1, specification: modelarts.vm.cpu.2u, weight: 50 }\n      - { model_name: a, model_version: 0.0.2, specification: modelarts.vm.cpu.2u, weight: 50 }\n',
  },
  *check(declaration) {
    for (const { entries } of modelLists(declaration)) {
      const expected =
        textAt(declaration.fields, 'model_name') ?? entries.map((entry) => valueAt(entry, 'model_name')).find(isText)?.text;
      for (const entry of entries) {
        const name = valueAt(entry, 'model_name');
        if (!isText(name) || expected === undefined || name.text === expected) continue;
        yield {
          origin: name.origin,
          message: {
            en: `All models of a service have one name; this is \`${name.text}\`, the others \`${expected}\`.`,
            zh: `服务的所有模型名称必须相同；此处为“${name.text}”，其余为“${expected}”。`,
          },
        };
      }
    }
  },
};

function isText(value: Value | undefined): value is ScalarValue {
  return value?.kind === 'scalar' && typeof value.value === 'string';
}
