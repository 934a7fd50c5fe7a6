// Two storages of one name.
import { repeatedIn } from './names.ts';
import type { Rule } from './rule.ts';

export const storageNameUnique: Rule = {
  code: 'storage-name-unique',
  severity: 'error',
  scope: 'workflow',
  source: 'Guide 5.3; REST CreateWorkflow, table 14 (WG-50, inferred)',
  docs: {
    en: 'A storage is configured by its name; of two with one name only one root would be asked for.',
    zh: '存储按名称配置；重名时只会询问一个根目录。',
    fails: 'storages:\n  - { name: out, default: /bucket/a/ }\n  - { name: out, default: /bucket/b/ }\n',
    passes: 'storages:\n  - { name: models, default: /bucket/a/ }\n  - { name: logs, default: /bucket/b/ }\n',
  },
  *check({ bound }) {
    yield* repeatedIn(bound.storages, { en: 'storage name', zh: '存储名称' });
  },
};
