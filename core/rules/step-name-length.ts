// The length of step names.
import { badLength } from './names.ts';
import type { Rule } from './rule.ts';

export const stepNameLength: Rule = {
  code: 'step-name-length',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.1.2 table 5-2; REST CreateWorkflow, table 3 (WG-2)',
  docs: {
    en: 'The service takes step names of 1 to 64 characters.',
    zh: '服务接受 1 到 64 个字符的步骤名称。',
    fails: 'steps:\n  a-step-whose-name-tells-the-whole-story-of-what-it-does-and-why-it-exists:\n    type: job\n',
    passes: 'steps:\n  training:\n    type: job\n',
  },
  *check({ step }) {
    const found = badLength(step.name, { en: 'name of the step', zh: '步骤名称' });
    if (found) yield found;
  },
};
