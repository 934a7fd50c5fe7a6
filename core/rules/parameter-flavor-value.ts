// Flavor values without a flavor.
import { fieldOf, textAt } from '../ir/workflow.ts';
import type { Rule } from './rule.ts';

export const parameterFlavorValue: Rule = {
  code: 'parameter-flavor-value',
  severity: 'error',
  scope: 'declaration',
  kind: 'parameter',
  source: 'Guide 3.2.4 (WG-48)',
  docs: {
    en: 'The value of a flavor parameter is `{flavor_id}` for the public pool, `{pool_id, flavor_id}` for a dedicated one.',
    zh: '规格参数的取值：公共资源池为 `{flavor_id}`，专属资源池为 `{pool_id, flavor_id}`。',
    fails: 'parameters:\n  flavor: { type: json, format: train_flavor, default: { pool_id: pool-1 } }\n',
    passes:
      'parameters:\n  flavor: { type: json, format: train_flavor, default: { pool_id: pool-1, flavor_id: modelarts.pool.visual.xlarge } }\n',
  },
  *check({ fields }) {
    if (textAt(fields, 'type') !== 'json' || !/flavor/.test(textAt(fields, 'format') ?? '')) return;
    for (const member of ['default', 'value']) {
      const value = fieldOf(fields, member);
      if (value?.kind !== 'map' || value.entries.length === 0 || fieldOf(value, 'flavor_id')) continue;
      yield {
        origin: value.origin,
        message: { en: 'A flavor needs its `flavor_id`.', zh: '规格需要 `flavor_id`。' },
      };
    }
  },
};
