// The form and length of input and output names.
import { badForm, badLength } from './names.ts';
import type { Rule } from './rule.ts';

export const slotNameFormat: Rule = {
  code: 'slot-name-format',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.4.1.2 table 5-19 and the tables of the other inputs and outputs (WG-4)',
  docs: {
    en: 'Names of inputs and outputs have 1 to 64 letters, digits, `_` and `-`, the first a letter. A name that starts with a digit, `_` or `-` is a warning: the service takes it, the SDK does not.',
    zh: '输入和输出的名称为 1 到 64 个字母、数字、`_`、`-`，以字母开头。以数字、`_` 或 `-` 开头时服务接受而 SDK 不接受，因此只作警告。',
    fails: 'steps:\n  training:\n    type: job\n    inputs: { "data url!": /bucket/data/ }\n',
    passes: 'steps:\n  training:\n    type: job\n    inputs: { data_url: /bucket/data/ }\n',
  },
  *check({ step }) {
    for (const { kind, name } of [...step.inputs, ...step.outputs]) {
      const what = kind === 'input' ? { en: 'name of an input', zh: '输入名称' } : { en: 'name of an output', zh: '输出名称' };
      const found = badLength(name, what) ?? badForm(name, what, false);
      if (found) yield /^[0-9_-][A-Za-z0-9_-]*$/.test(name.text) ? { ...found, severity: 'warning' } : found;
    }
  },
};
