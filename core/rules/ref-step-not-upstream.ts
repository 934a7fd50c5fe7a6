// Reads of steps that need not have run.
import { addDependency } from './fixes.ts';
import type { Rule } from './rule.ts';

export const refStepNotUpstream: Rule = {
  code: 'ref-step-not-upstream',
  severity: 'error',
  scope: 'graph',
  source: 'Guide 5.4.5.4 and its examples; decisions 9.7 and 9.9 (WG-14)',
  docs: {
    en: 'A written `depend_steps` is the exact list of what a step waits for. A step that is read but not waited for, directly or through others, may not have run yet, and its output not be there.',
    zh: '写出的 `depend_steps` 就是步骤等待的确切列表。若读取的步骤不在其上游，则可能尚未运行，输出也就不存在。',
    fails:
      'steps:\n  training:\n    type: job\n    outputs:\n      train_url: { obs_path: /bucket/model/ }\n  model:\n    type: model\n    depend_steps: []\n    inputs:\n      model_input: ${{ steps.training.outputs.train_url }}\n',
    passes:
      'steps:\n  training:\n    type: job\n    outputs:\n      train_url: { obs_path: /bucket/model/ }\n  model:\n    type: model\n    depend_steps: [training]\n    inputs:\n      model_input: ${{ steps.training.outputs.train_url }}\n',
  },
  *check({ step, graph }) {
    const { derived, on, reads } = graph.dependenciesOf(step);
    // On a cycle the cycle itself is the finding; a name in `depend_steps` that leads nowhere may be meant for the step that is read.
    if (derived || reads.length === 0 || graph.hasCycle || graph.isUnsure(step)) return;
    for (const read of reads) {
      const direct = on.some((each) => each.step === read.step);
      if (direct || graph.isUpstream(read.step, step)) continue;
      const other = read.step.name.text;
      yield {
        origin: read.name.origin,
        message: {
          en: `\`${step.name.text}\` reads \`${other}\` but does not wait for it: add it to \`depend_steps\`.`,
          zh: `“${step.name.text}”读取了“${other}”却未等待它：请将其加入 \`depend_steps\`。`,
        },
        fixes: addDependency(step, other),
      };
    }
  },
};
