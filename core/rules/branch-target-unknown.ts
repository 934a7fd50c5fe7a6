// Branches that name no step.
import { rename } from './fixes.ts';
import type { Rule } from './rule.ts';

export const branchTargetUnknown: Rule = {
  code: 'branch-target-unknown',
  severity: 'error',
  scope: 'name',
  source: 'Guide 5.4.8.2 table 5-62 (WG-118)',
  docs: {
    en: '`if_then_steps` and `else_then_steps` hold names of steps of the workflow.',
    zh: '`if_then_steps` 与 `else_then_steps` 中是本工作流的步骤名称。',
    fails:
      'steps:\n  check:\n    type: condition\n    conditions: parameters.x == 1\n    if_then_steps: [trainning]\n  training:\n    type: job\n',
    passes:
      'steps:\n  check:\n    type: condition\n    conditions: parameters.x == 1\n    if_then_steps: [training]\n  training:\n    type: job\n',
  },
  *check({ use: { name, place }, suggestion }) {
    if (place.kind !== 'then' && place.kind !== 'else') return;
    yield {
      origin: name.origin,
      message: {
        en: `The branch names \`${name.text}\`, which is no step of this workflow.${suggestion ? ` Did you mean \`${suggestion}\`?` : ''}`,
        zh: `分支所指的“${name.text}”不是本工作流的步骤。${suggestion ? `是否想写“${suggestion}”？` : ''}`,
      },
      ...(suggestion && { fixes: rename(name, suggestion) }),
    };
  },
};
