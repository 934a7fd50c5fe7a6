// A workflow without steps.
import { fieldOf } from '../ir/workflow.ts';
import type { Rule } from './rule.ts';

export const workflowStepsMissing: Rule = {
  code: 'workflow-steps-missing',
  severity: 'error',
  scope: 'workflow',
  source: 'Guide 5.1.1 table 5-1 (WG-7)',
  docs: {
    en: 'A workflow needs at least one step; the service has nothing to run otherwise.',
    zh: '工作流至少需要一个步骤，否则服务没有可运行的内容。',
    fails: 'name: empty\nsteps: {}\n',
    passes: 'name: one\nsteps:\n  release:\n    type: release_dataset\n',
  },
  *check({ bound: { workflow } }) {
    // A copy of another workflow and a subscription bring their own steps.
    const copied = fieldOf(workflow.fields, 'source_workflow_id') ?? fieldOf(workflow.fields, 'gallery_subscription');
    if (workflow.steps.length > 0 || fieldOf(workflow.fields, 'steps') || !workflow.name || copied) return;
    yield {
      origin: workflow.name.origin,
      message: {
        en: `The workflow \`${workflow.name.text}\` has no steps: add at least one below \`steps\`.`,
        zh: `工作流“${workflow.name.text}”没有步骤：请在 \`steps\` 下至少添加一个。`,
      },
    };
  },
};
