// The form and length of names of parameters, data and storages.
import { badForm, badLength } from './names.ts';
import type { Rule } from './rule.ts';

const what = {
  parameter: { en: 'name of a parameter', zh: '参数名称' },
  data: { en: 'name of data', zh: '数据名称' },
  storage: { en: 'name of a storage', zh: '存储名称' },
};

export const declarationNameFormat: Rule = {
  code: 'declaration-name-format',
  severity: 'error',
  scope: 'declaration',
  source: 'REST CreateWorkflow, tables 8, 10, 11 and 14: name rule N2 (WG-39)',
  docs: {
    en: 'The service takes names of parameters, data and storages of 1 to 64 English letters, digits, `_` and `-`, the first a letter. Data may start with a digit, as the names do that the console makes.',
    zh: '参数、数据和存储的名称为 1 到 64 个英文字母、数字、`_`、`-`，以字母开头。数据名称可以数字开头，控制台生成的名称即如此。',
    fails: 'parameters:\n  learning rate: { type: float }\n',
    passes: 'parameters:\n  learning_rate: { type: float }\n',
  },
  *check({ kind, name }) {
    if (kind === 'data' && /^[0-9][A-Za-z0-9_-]*$/.test(name.text)) return;
    const found = badLength(name, what[kind]) ?? badForm(name, what[kind], false);
    if (found) yield found;
  },
};
