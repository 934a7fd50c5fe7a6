// Two steps of one name.
import { repeatedIn } from './names.ts';
import type { Rule } from './rule.ts';

export const stepNameUnique: Rule = {
  code: 'step-name-unique',
  severity: 'error',
  scope: 'workflow',
  source: 'Guide 5.4.1.2 table 5-18 and the tables of the other steps (WG-3)',
  docs: {
    en: 'Steps are told apart by name: dependencies, references and scenes would mean two steps at once.',
    zh: '步骤以名称区分：名称重复时，依赖、引用和场景将同时指向两个步骤。',
    fails: 'steps:\n  - { name: training, type: job }\n  - { name: training, type: job }\n',
    passes: 'steps:\n  - { name: training, type: job }\n  - { name: evaluation, type: job }\n',
  },
  *check({ bound }) {
    yield* repeatedIn(bound.steps, { en: 'step name', zh: '步骤名称' });
  },
};
