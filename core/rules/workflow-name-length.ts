// The length of the workflow's name.
import { badLength } from './names.ts';
import type { Rule } from './rule.ts';

export const workflowNameLength: Rule = {
  code: 'workflow-name-length',
  severity: 'error',
  scope: 'workflow',
  source: 'Guide 5.1.1 table 5-1; REST CreateWorkflow, table 2 (WG-1)',
  docs: {
    en: 'The service takes names of 1 to 64 characters.',
    zh: '服务接受 1 到 64 个字符的名称。',
    fails: 'name: a-workflow-that-does-everything-from-labeling-to-deployment-for-image-classification\n',
    passes: 'name: image-classification\n',
  },
  *check({ bound: { workflow } }) {
    const found = workflow.name && badLength(workflow.name, { en: 'name of the workflow', zh: '工作流名称' });
    if (found) yield found;
  },
};
