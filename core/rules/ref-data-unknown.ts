// References to data that are not declared.
import type { Rule } from './rule.ts';
import { unresolved } from './unresolved.ts';

export const refDataUnknown: Rule = {
  code: 'ref-data-unknown',
  severity: 'error',
  scope: 'name',
  source: 'REST CreateWorkflow, table 2 and its request example (WG-15)',
  docs: {
    en: 'An input that names data which are not declared gets nothing.',
    zh: '输入引用了未声明的数据，将得不到任何内容。',
    fails:
      'data:\n  pictures: { type: dataset }\nsteps:\n  labeling:\n    type: labeling\n    inputs:\n      input_data: ${{ data.picture }}\n',
    passes:
      'data:\n  pictures: { type: dataset }\nsteps:\n  labeling:\n    type: labeling\n    inputs:\n      input_data: ${{ data.pictures }}\n',
  },
  *check(unknown) {
    if (unknown.problem === 'unknown-data') yield unresolved(unknown, { en: 'data', zh: '数据' });
  },
};
