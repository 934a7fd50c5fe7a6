// Branch targets that do not wait for their condition.
import type { Step } from '../ir/workflow.ts';
import { addDependency } from './fixes.ts';
import type { Rule } from './rule.ts';

export const branchTargetNotDependent: Rule = {
  code: 'branch-target-not-dependent',
  severity: 'error',
  scope: 'graph',
  source: 'Guide 5.4.8.3 and 5.6; decision 9.9 (WG-119, inferred)',
  docs: {
    en: 'A step that a branch names but that does not wait for the condition starts before the decision, whatever it will be.',
    zh: '被分支指定却不等待条件节点的步骤，会在判断之前就开始运行。',
    fails:
      'steps:\n  check:\n    type: condition\n    conditions: parameters.x == 1\n    if_then_steps: [training]\n  training:\n    type: job\n    depend_steps: []\n',
    passes:
      'steps:\n  check:\n    type: condition\n    conditions: parameters.x == 1\n    if_then_steps: [training]\n  training:\n    type: job\n    depend_steps: [check]\n',
  },
  *check({ step, binding, graph }) {
    if (step.ifThenSteps.length + step.elseThenSteps.length === 0 || graph.hasCycle) return;
    for (const { name, place, target } of binding.uses) {
      if ((place.kind !== 'then' && place.kind !== 'else') || !target) continue;
      const { derived, on } = graph.dependenciesOf(target as Step);
      // A derived list holds the condition, or a step that waits for it.
      if (derived || on.some((each) => each.step === step) || graph.isUpstream(step, target as Step)) continue;
      yield {
        origin: name.origin,
        message: {
          en: `\`${name.text}\` is a branch of \`${step.name.text}\` but does not wait for it: add \`${step.name.text}\` to its \`depend_steps\`.`,
          zh: `“${name.text}”是“${step.name.text}”的分支，却未等待它：请将“${step.name.text}”加入其 \`depend_steps\`。`,
        },
        related: [
          { origin: target.name.origin, message: { en: `\`${name.text}\` is declared here`, zh: `“${name.text}”在此声明` } },
        ],
        fixes: addDependency(target as Step, step.name.text),
      };
    }
  },
};
