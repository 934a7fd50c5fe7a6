// References to storages that are not declared.
import type { Rule } from './rule.ts';
import { unresolved } from './unresolved.ts';

export const refStorageUnknown: Rule = {
  code: 'ref-storage-unknown',
  severity: 'error',
  scope: 'name',
  source: 'Guide 5.3.4: every storage used is part of the workflow; decision 9.9 (WG-15)',
  docs: {
    en: 'Every storage that a path uses must be declared, so that its root can be asked for.',
    zh: '路径所用的存储都必须声明，才能询问其根目录。',
    fails:
      'storages:\n  output: { default: /bucket/out/ }\nsteps:\n  training:\n    type: job\n    outputs:\n      train_url: { obs_path: "${{ storages.outputs }}/model/" }\n',
    passes:
      'storages:\n  output: { default: /bucket/out/ }\nsteps:\n  training:\n    type: job\n    outputs:\n      train_url: { obs_path: "${{ storages.output }}/model/" }\n',
  },
  *check(unknown) {
    if (unknown.problem === 'unknown-storage') yield unresolved(unknown, { en: 'storage', zh: '存储' });
  },
};
