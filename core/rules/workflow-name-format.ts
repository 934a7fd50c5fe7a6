// The form of the workflow's name.
import { badForm } from './names.ts';
import type { Rule } from './rule.ts';

export const workflowNameFormat: Rule = {
  code: 'workflow-name-format',
  severity: 'error',
  scope: 'workflow',
  source: 'Guide 5.1.1 table 5-1; REST CreateWorkflow, table 2; decision 9.1 (WG-1)',
  docs: {
    en: 'The service refuses to create a workflow whose name does not start with a letter or has other characters than letters, digits, `_`, `-` and spaces. Chinese letters and spaces are taken by the service but not by the SDK: a warning.',
    zh: '工作流名称必须以字母开头，且只含字母、数字、`_`、`-` 和空格，否则服务会拒绝创建。服务接受中文和空格而 SDK 不接受，因此只作警告。',
    fails: 'name: 9-flow\n',
    passes: 'name: flow-9\n',
  },
  *check({ bound: { workflow } }) {
    const found = workflow.name && badForm(workflow.name, { en: 'name of a workflow', zh: '工作流名称' }, true);
    if (found) yield found;
  },
};
