// Two data of one name in the same section.
import { repeatedIn } from './names.ts';
import type { Rule } from './rule.ts';

export const dataNameUnique: Rule = {
  code: 'data-name-unique',
  severity: 'error',
  scope: 'workflow',
  source: 'REST CreateWorkflow, tables 8 and 10; decision 9.3 (WG-35)',
  docs: {
    en: 'Data are referred to by name. Fixed data and data that are asked for have separate name spaces in the request body.',
    zh: '数据按名称引用。在请求体中，固定数据与运行前询问的数据各有独立的命名空间。',
    fails: 'data:\n  - { name: pictures, type: dataset }\n  - { name: pictures, type: obs }\n',
    passes: 'data:\n  - { name: pictures, type: dataset }\n  - { name: labels, type: obs }\n',
  },
  *check({ bound }) {
    for (const section of [bound.data, bound.dataRequirements]) yield* repeatedIn(section, { en: 'data name', zh: '数据名称' });
  },
};
