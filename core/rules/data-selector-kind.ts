// Selectors of other kinds than obs and dataset, or of none.
import { fieldOf, textAt } from '../ir/workflow.ts';
import { entryOf, itemsOf } from './read.ts';
import type { Rule } from './rule.ts';

export const dataSelectorKind: Rule = {
  code: 'data-selector-kind',
  severity: 'error',
  scope: 'declaration',
  kind: 'data',
  source: 'Guide 5.1.3 table 5-16 (WG-36)',
  docs: {
    en: 'A data selector lets the user pick an OBS path or a dataset: `data_type_list` holds `obs`, `dataset` or both.',
    zh: '数据选择器让用户选择 OBS 路径或数据集：`data_type_list` 中为 `obs`、`dataset` 或两者。',
    fails: 'data:\n  train_data: { type: data_selector, data_type_list: [obs, swr] }\n',
    passes: 'data:\n  train_data: { type: data_selector, data_type_list: [obs, dataset] }\n',
  },
  *check({ fields, name }) {
    if (textAt(fields, 'type') !== 'data_selector') return;
    const list = fieldOf(fields, 'data_type_list');
    const items = itemsOf(list);
    if (items.length === 0) {
      yield {
        origin: entryOf(fields, 'data_type_list')?.name.origin ?? name.origin,
        message: {
          en: `\`${name.text}\` has nothing to select: add \`data_type_list: [obs, dataset]\`.`,
          zh: `“${name.text}”没有可选类型：请添加 \`data_type_list: [obs, dataset]\`。`,
        },
      };
    }
    for (const item of items) {
      if (item.kind !== 'scalar' || item.text === 'obs' || item.text === 'dataset') continue;
      yield {
        origin: item.origin,
        message: {
          en: 'A data selector chooses among `obs` and `dataset` only.',
          zh: '数据选择器只能在 `obs` 与 `dataset` 中选择。',
        },
      };
    }
  },
};
