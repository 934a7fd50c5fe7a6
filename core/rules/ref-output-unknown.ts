// References to outputs that their step does not have.
import type { Rule } from './rule.ts';
import { unresolved } from './unresolved.ts';

export const refOutputUnknown: Rule = {
  code: 'ref-output-unknown',
  severity: 'error',
  scope: 'name',
  source: 'Guide 5.4.5.4: outputs[name] is the name of an output of that step (WG-13)',
  docs: {
    en: 'The step that is read has no output of that name, so nothing could be handed on.',
    zh: '被读取的步骤没有该名称的输出，因此无法传递数据。',
    fails:
      'steps:\n  training:\n    type: job\n    outputs:\n      train_url: { obs_path: /bucket/model/ }\n  model:\n    type: model\n    inputs:\n      model_input: ${{ steps.training.outputs.model }}\n',
    passes:
      'steps:\n  training:\n    type: job\n    outputs:\n      train_url: { obs_path: /bucket/model/ }\n  model:\n    type: model\n    inputs:\n      model_input: ${{ steps.training.outputs.train_url }}\n',
  },
  *check(unknown) {
    if (unknown.problem === 'unknown-output') yield unresolved(unknown, { en: 'output', zh: '输出' });
  },
};
