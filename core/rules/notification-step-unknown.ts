// Notifications about steps that do not exist.
import { rename } from './fixes.ts';
import type { Rule } from './rule.ts';

export const notificationStepUnknown: Rule = {
  code: 'notification-step-unknown',
  severity: 'error',
  scope: 'name',
  source: 'REST CreateWorkflowSubscriptions (inferred)',
  docs: {
    en: 'A notification names a step of the workflow, or `*` for the workflow as a whole.',
    zh: '通知须指定本工作流的步骤，或用 `*` 表示整个工作流。',
    fails:
      'steps:\n  training:\n    type: job\nnotifications:\n  - { topic_urn: "urn:smn:topic", step: trainning, events: [failed] }\n',
    passes:
      'steps:\n  training:\n    type: job\nnotifications:\n  - { topic_urn: "urn:smn:topic", step: training, events: [failed] }\n',
  },
  *check({ use: { name, place, value }, problem, suggestion }) {
    if (place.kind !== 'workflow' || problem !== 'unknown-step' || value) return;
    yield {
      origin: name.origin,
      message: {
        en: `The notification is about \`${name.text}\`, which is no step of this workflow.`,
        zh: `通知所指的“${name.text}”不是本工作流的步骤。`,
      },
      ...(suggestion && { fixes: rename(name, suggestion) }),
    };
  },
};
