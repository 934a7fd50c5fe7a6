// References to outputs of steps that do not exist.
import type { Rule } from './rule.ts';
import { unresolved } from './unresolved.ts';

export const refStepUnknown: Rule = {
  code: 'ref-step-unknown',
  severity: 'error',
  scope: 'name',
  source: 'Guide 5.4.5.4 (WG-13)',
  docs: {
    en: 'An output can only be read of a step of the same workflow.',
    zh: '只能读取同一工作流中步骤的输出。',
    fails:
      'steps:\n  model:\n    type: model\n    inputs:\n      model_input: ${{ steps.trainning.outputs.train_url }}\n  training:\n    type: job\n    outputs:\n      train_url: { obs_path: /bucket/model/ }\n',
    passes:
      'steps:\n  model:\n    type: model\n    inputs:\n      model_input: ${{ steps.training.outputs.train_url }}\n  training:\n    type: job\n    outputs:\n      train_url: { obs_path: /bucket/model/ }\n',
  },
  *check(unknown) {
    if (unknown.problem === 'unknown-step' && unknown.use.value) yield unresolved(unknown, { en: 'step', zh: '步骤' });
  },
};
