// Two parameters of one name.
import { repeatedIn } from './names.ts';
import type { Rule } from './rule.ts';

export const parameterNameUnique: Rule = {
  code: 'parameter-name-unique',
  severity: 'error',
  scope: 'workflow',
  source: 'Guide 5.2.2; decision 9.3 (WG-39)',
  docs: {
    en: 'A parameter is asked for by its name, once for the whole workflow. Declare it once and refer to it from everywhere. (Data may have the name of a parameter.)',
    zh: '参数按名称在整个工作流中只询问一次。请只声明一次，并在各处引用。（数据可与参数同名。）',
    fails: 'parameters:\n  - { name: epochs, type: int }\n  - { name: epochs, type: str }\n',
    passes: 'parameters:\n  - { name: epochs, type: int }\n  - { name: optimizer, type: str }\n',
  },
  *check({ bound }) {
    yield* repeatedIn(bound.parameters, { en: 'parameter name', zh: '参数名称' });
  },
};
