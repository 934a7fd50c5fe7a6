// Algorithms of more than one form.
import { fieldOf } from '../ir/workflow.ts';
import { entryOf, mapAt } from './read.ts';
import type { Rule } from './rule.ts';

const forms: readonly (readonly string[])[] = [
  ['subscription_id', 'item_version_id'],
  ['algorithm_id'],
  ['code_dir', 'boot_file', 'command', 'engine'],
];

export const jobAlgorithmMixed: Rule = {
  code: 'job-algorithm-mixed',
  severity: 'error',
  scope: 'step',
  stepType: 'job',
  source: 'Guide 5.4.5.2 tables 5-42 to 5-44 and 5.4.5.4 (WG-76, inferred)',
  docs: {
    en: 'An algorithm is subscribed (`subscription_id`, `item_version_id`), managed (`algorithm_id`) or own code (`code_dir` ...), not two of them: which one would run is not defined.',
    zh: '算法可以是订阅的（`subscription_id`、`item_version_id`）、算法管理中的（`algorithm_id`）或自定义代码（`code_dir` 等），不能同时使用两种。',
    fails: 'steps:\n  training:\n    type: job\n    algorithm: { algorithm_id: a-1, code_dir: ./src, boot_file: main.py }\n',
    passes: 'steps:\n  training:\n    type: job\n    algorithm: { algorithm_id: a-1 }\n',
  },
  *check({ step }) {
    const algorithm = mapAt(step.fields, 'algorithm');
    if (!algorithm) return;
    const used = forms.map((form) => form.filter((name) => fieldOf(algorithm, name))).filter((names) => names.length > 0);
    if (used.length < 2) return;
    const list = used.map((names) => `\`${names[0]}\``);
    yield {
      origin: entryOf(step.fields, 'algorithm')!.name.origin,
      message: {
        en: `The algorithm mixes ${list.join(' and ')}: keep one form.`,
        zh: `算法混用了 ${list.join(' 与 ')}：请只保留一种形式。`,
      },
    };
  },
};
