// Constraints where they have no effect.
import { fieldOf } from '../ir/workflow.ts';
import { entryOf } from './read.ts';
import type { Rule } from './rule.ts';

export const parameterConstraintUnused: Rule = {
  code: 'parameter-constraint-unused',
  severity: 'warning',
  scope: 'declaration',
  kind: 'parameter',
  source: 'Guide 5.2.2 (WG-47)',
  docs: {
    en: '`constraint` narrows the choice of a training flavor; elsewhere the service ignores it.',
    zh: '`constraint` 用于限制训练规格的选择；在其他地方服务会忽略它。',
    fails: 'parameters:\n  epochs: { type: int, constraint: { max: 10 } }\n',
    passes: 'parameters:\n  flavor: { type: json, format: train_flavor, constraint: { flavor_type: [GPU] } }\n',
  },
  *check({ fields }) {
    const constraint = entryOf(fields, 'constraint');
    const format = fieldOf(fields, 'format');
    if (!constraint || (format && (format.kind !== 'scalar' || /flavor/.test(format.text)))) return;
    if (constraint.value.kind !== 'map' || constraint.value.entries.length === 0) return;
    yield {
      origin: constraint.name.origin,
      message: {
        en: '`constraint` has an effect only with `format: train_flavor`.',
        zh: '`constraint` 仅在 `format: train_flavor` 时起作用。',
      },
    };
  },
};
