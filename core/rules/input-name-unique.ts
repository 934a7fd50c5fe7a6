// Two inputs of one step with one name.
import { repeated } from './names.ts';
import type { Rule } from './rule.ts';

export const inputNameUnique: Rule = {
  code: 'input-name-unique',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.4.5.2 table 5-39 and the tables of the other inputs (WG-5)',
  docs: {
    en: 'The name of an input is how the code of a job finds its data; of two with one name only one would arrive.',
    zh: '作业代码通过输入名称找到数据；重名的输入只有一个会生效。',
    fails:
      'steps:\n  training:\n    type: job\n    inputs:\n      - { name: data_url, data: /bucket/a/ }\n      - { name: data_url, data: /bucket/b/ }\n',
    passes:
      'steps:\n  training:\n    type: job\n    inputs:\n      - { name: data_url, data: /bucket/a/ }\n      - { name: test_url, data: /bucket/b/ }\n',
  },
  *check({ step }) {
    yield* repeated(step.inputs, { en: 'input name', zh: '输入名称' });
  },
};
