// Policies of condition steps, which have none.
import { mapAt } from './read.ts';
import type { Rule } from './rule.ts';

export const conditionStepPolicy: Rule = {
  code: 'condition-step-policy',
  severity: 'warning',
  scope: 'step',
  source: 'Guide 5.4.8.2 table 5-62 (WG-20)',
  docs: {
    en: 'A condition step has no policy; what is written there has no effect.',
    zh: '条件节点没有策略，写在其中的内容不起作用。',
    fails:
      'steps:\n  check:\n    type: condition\n    conditions: parameters.x == 1\n    policy: { max_execution_minutes: 10 }\n',
    passes: 'steps:\n  check:\n    type: condition\n    conditions: parameters.x == 1\n',
  },
  *check({ step, kind }) {
    if (!kind?.decides) return;
    for (const { name } of mapAt(step.fields, 'policy')?.entries ?? []) {
      if (name.text === 'skip_conditions') continue;
      yield {
        origin: name.origin,
        message: { en: `\`${name.text}\` has no effect on a condition step.`, zh: `\`${name.text}\` 对条件节点不起作用。` },
      };
    }
  },
};
