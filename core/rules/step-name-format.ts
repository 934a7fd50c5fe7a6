// The form of step names.
import { badForm } from './names.ts';
import type { Rule } from './rule.ts';

export const stepNameFormat: Rule = {
  code: 'step-name-format',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.1.2 table 5-2; REST CreateWorkflow, table 3; decision 9.1 (WG-2)',
  docs: {
    en: 'The service refuses step names with other characters than letters, digits, `_`, `-` and spaces, or that do not start with a letter. Chinese letters and spaces are refused by the SDK only: a warning.',
    zh: '步骤名称须以字母开头，且只含字母、数字、`_`、`-` 和空格，否则服务会拒绝。中文和空格仅被 SDK 拒绝，因此只作警告。',
    fails: 'steps:\n  training.job:\n    type: job\n',
    passes: 'steps:\n  training_job:\n    type: job\n',
  },
  *check({ step }) {
    const found = badForm(step.name, { en: 'name of a step', zh: '步骤名称' }, true);
    if (found) yield found;
  },
};
