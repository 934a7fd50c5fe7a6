// Skip conditions on steps that cannot be skipped.
import { spanOf } from '../text/origin.ts';
import { entryOf, mapAt } from './read.ts';
import type { Rule } from './rule.ts';

export const skipConditionsStepType: Rule = {
  code: 'skip-conditions-step-type',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.5 (WG-19)',
  docs: {
    en: 'Skipping by conditions is for create_dataset, labeling, dataset_import, release_dataset, job, model and service steps. Put the condition on the steps behind instead.',
    zh: '按条件跳过适用于 create_dataset、labeling、dataset_import、release_dataset、job、model 和 service。请改在后续步骤上设置条件。',
    fails:
      'steps:\n  check:\n    type: condition\n    conditions: parameters.x == 1\n    policy: { skip_conditions: parameters.y == 1 }\n',
    passes: 'steps:\n  training:\n    type: job\n    policy: { skip_conditions: parameters.y == 1 }\n',
  },
  *check({ step, kind }) {
    const first = step.skipConditions[0];
    if (!kind || kind.skippable || !first) return;
    const last = step.skipConditions.at(-1)!;
    const whole =
      spanOf(first.origin).start <= spanOf(last.origin).end
        ? { ...first.origin, to: Math.max(first.origin.to, last.origin.to) }
        : first.origin;
    yield {
      origin: entryOf(mapAt(step.fields, 'policy'), 'skip_conditions')?.name.origin ?? whole,
      message: {
        en: `A step of type \`${kind.type}\` cannot be skipped by conditions.`,
        zh: `\`${kind.type}\` 类型的步骤不能按条件跳过。`,
      },
    };
  },
};
