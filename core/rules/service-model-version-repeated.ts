// Model lists that have a version twice.
import { textAt, valueAt } from '../ir/workflow.ts';
import type { Origin } from '../text/origin.ts';
import { modelLists } from './model-lists.ts';
import type { Rule } from './rule.ts';

export const serviceModelVersionRepeated: Rule = {
  code: 'service-model-version-repeated',
  severity: 'error',
  scope: 'declaration',
  kind: 'data',
  source: 'Guide 5.4.7.4 (WG-109)',
  docs: {
    en: 'No two entries of a model list have the same version: give one entry the sum of their weights.',
    zh: '模型列表中的版本不能重复：请合并为一项并累加权重。',
    fails:
      'data:\n  models:\n    type: model_list\n    default:\n      - { model_name: a, model_version: 0.0.1, specification: modelarts.vm.cpu.2u, weight: 50 }\n      - { model_name: a, model_version: 0.0.1, specification: modelarts.vm.cpu.2u, weight: 50 }\n',
    passes:
      'data:\n  models:\n    type: model_list\n    default:\n      - { model_name: a, model_version: 0.0.1, specification: modelarts.vm.cpu.2u, weight: 50 }\n      - { model_name: a, model_version: 0.0.2, specification: modelarts.vm.cpu.2u, weight: 50 }\n',
  },
  *check(declaration) {
    for (const { entries } of modelLists(declaration)) {
      const first = new Map<string, Origin>();
      for (const entry of entries) {
        const version = valueAt(entry, 'model_version');
        if (version?.kind !== 'scalar') continue;
        // Of another model it is another finding.
        const key = `${textAt(entry, 'model_name') ?? ''} ${version.text}`;
        const before = first.get(key);
        if (!before) {
          first.set(key, version.origin);
          continue;
        }
        yield {
          origin: version.origin,
          message: { en: `Version \`${version.text}\` is in the list already.`, zh: `版本 \`${version.text}\` 已在列表中。` },
          related: [{ origin: before, message: { en: 'First used here', zh: '首次出现于此' } }],
        };
      }
    }
  },
};
