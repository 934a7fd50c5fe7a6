// References to data requirements that are not declared.
import type { Rule } from './rule.ts';
import { unresolved } from './unresolved.ts';

export const refDataRequirementUnknown: Rule = {
  code: 'ref-data-requirement-unknown',
  severity: 'error',
  scope: 'name',
  source: 'REST CreateWorkflow, table 2: a data requirement must be declared (WG-15)',
  docs: {
    en: 'Data that are asked for must be declared as a data requirement; in a file, as data without a `value`.',
    zh: '需要询问的数据必须声明为数据需求；在文件中即没有 `value` 的数据。',
    fails:
      'data:\n  pictures: { type: dataset }\nsteps:\n  labeling:\n    type: labeling\n    inputs:\n      input_data: ${{ data_requirements.picture }}\n',
    passes:
      'data:\n  pictures: { type: dataset }\nsteps:\n  labeling:\n    type: labeling\n    inputs:\n      input_data: ${{ data_requirements.pictures }}\n',
  },
  *check(unknown) {
    if (unknown.problem === 'unknown-data-requirement') yield unresolved(unknown, { en: 'data requirement', zh: '数据需求' });
  },
};
