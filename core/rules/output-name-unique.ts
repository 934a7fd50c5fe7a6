// Two outputs of one step with one name.
import { repeated } from './names.ts';
import type { Rule } from './rule.ts';

export const outputNameUnique: Rule = {
  code: 'output-name-unique',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.4.5.2 table 5-40 and the tables of the other outputs (WG-5)',
  docs: {
    en: 'Other steps refer to an output by its name; of two with one name only one could be read.',
    zh: '其他步骤以名称引用输出；重名的输出只有一个能被读取。',
    fails:
      'steps:\n  training:\n    type: job\n    outputs:\n      - { name: result, obs_path: /bucket/a/ }\n      - { name: result, obs_path: /bucket/b/ }\n',
    passes:
      'steps:\n  training:\n    type: job\n    outputs:\n      - { name: model, obs_path: /bucket/a/ }\n      - { name: report, obs_path: /bucket/b/ }\n',
  },
  *check({ step }) {
    yield* repeated(step.outputs, { en: 'output name', zh: '输出名称' });
  },
};
