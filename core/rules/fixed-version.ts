// Versions that are fixed in a workflow that can run again.
import { textAt } from '../ir/workflow.ts';
import { entryOf } from './read.ts';
import type { Rule } from './rule.ts';

const members: Readonly<Record<string, string>> = { model: 'model_version', release_dataset: 'version_name' };

export const fixedVersion: Rule = {
  code: 'fixed-version',
  severity: 'hint',
  scope: 'step',
  source: 'Guide 5.4.4.2 and 5.4.6.2 table 5-56 (WG-75, WG-92, inferred)',
  docs: {
    en: 'The second run finds the version taken. Leave it out, and it is counted up; or make it a parameter.',
    zh: '第二次运行时该版本已存在。留空会自动递增，也可改为参数。',
    fails: 'steps:\n  model:\n    type: model\n    outputs:\n      model: { model_type: PyTorch, model_version: 1.0.0 }\n',
    passes: 'steps:\n  model:\n    type: model\n    outputs:\n      model: { model_type: PyTorch }\n',
  },
  *check({ step }) {
    const member = step.type && members[step.type];
    if (!member) return;
    for (const { fields } of step.outputs) {
      if (textAt(fields, member) === undefined) continue;
      yield {
        origin: entryOf(fields, member)!.name.origin,
        message: {
          en: 'A second run would find this version taken: leave it out, or make it a parameter.',
          zh: '再次运行时该版本已存在：请留空，或改为参数。',
        },
      };
    }
  },
};
