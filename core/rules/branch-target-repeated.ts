// Steps that a condition names twice: in both branches, or in one.
import type { Rule } from './rule.ts';

export const branchTargetRepeated: Rule = {
  code: 'branch-target-repeated',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.4.8.2 table 5-62 (WG-120, inferred)',
  docs: {
    en: 'A step in both branches would have to run and be skipped by one decision. Take it out of both and let it depend on the condition step.',
    zh: '同时位于两个分支的步骤，会因同一判断既要运行又被跳过。请将其移出分支，只依赖条件节点。',
    fails:
      'steps:\n  check:\n    type: condition\n    conditions: parameters.x == 1\n    if_then_steps: [training]\n    else_then_steps: [training]\n  training:\n    type: job\n',
    passes:
      'steps:\n  check:\n    type: condition\n    conditions: parameters.x == 1\n    if_then_steps: [training]\n    else_then_steps: [other]\n  training:\n    type: job\n  other:\n    type: job\n',
  },
  *check({ step }) {
    const first = new Map<string, { origin: (typeof step.name)['origin']; branch: string }>();
    const branches = [['if_then_steps', step.ifThenSteps] as const, ['else_then_steps', step.elseThenSteps] as const];
    for (const [branch, names] of branches) {
      for (const name of names) {
        const before = first.get(name.text);
        if (!before) {
          first.set(name.text, { origin: name.origin, branch });
          continue;
        }
        const both = before.branch !== branch;
        yield {
          origin: name.origin,
          severity: both ? 'error' : 'warning',
          message: both
            ? { en: `\`${name.text}\` is in both branches.`, zh: `“${name.text}”同时位于两个分支。` }
            : { en: `\`${name.text}\` is named twice in \`${branch}\`.`, zh: `“${name.text}”在 \`${branch}\` 中重复。` },
          related: [{ origin: before.origin, message: { en: 'First named here', zh: '首次出现于此' } }],
        };
      }
    }
  },
};
