// Conditions that decide nothing.
import { fieldOf } from '../ir/workflow.ts';
import type { Rule } from './rule.ts';

export const branchesEmpty: Rule = {
  code: 'branches-empty',
  severity: 'warning',
  scope: 'step',
  source: 'Guide 5.4.8.2 table 5-62 (WG-120, inferred)',
  docs: {
    en: 'A condition step without branches runs and changes nothing.',
    zh: '没有分支的条件节点运行后不产生任何影响。',
    fails: 'steps:\n  check:\n    type: condition\n    conditions: parameters.x == 1\n',
    passes:
      'steps:\n  check:\n    type: condition\n    conditions: parameters.x == 1\n    if_then_steps: [training]\n  training:\n    type: job\n',
  },
  *check({ step, kind }) {
    if (!kind?.decides || step.unread || step.ifThenSteps.length + step.elseThenSteps.length > 0) return;
    if (fieldOf(step.fields, 'if_then_steps') || fieldOf(step.fields, 'else_then_steps')) return;
    yield {
      origin: step.name.origin,
      message: {
        en: `\`${step.name.text}\` has no branches: name steps in \`if_then_steps\` or \`else_then_steps\`.`,
        zh: `“${step.name.text}”没有分支：请在 \`if_then_steps\` 或 \`else_then_steps\` 中指定步骤。`,
      },
    };
  },
};
