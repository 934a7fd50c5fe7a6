// Condition steps without a condition.
import { fieldOf, valueAt } from '../ir/workflow.ts';
import { bodyMember } from '../schema/descriptor.ts';
import { entryOf } from './read.ts';
import type { Rule } from './rule.ts';

export const conditionMissing: Rule = {
  code: 'condition-missing',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.4.8.2 table 5-62 (WG-10)',
  docs: {
    en: 'A condition step needs at least one condition to decide by.',
    zh: '条件节点至少需要一个条件。',
    fails:
      'steps:\n  check:\n    type: condition\n    conditions: []\n    if_then_steps: [training]\n  training:\n    type: job\n',
    passes:
      'steps:\n  check:\n    type: condition\n    conditions: [parameters.x == 1]\n    if_then_steps: [training]\n  training:\n    type: job\n',
  },
  *check({ step, kind }) {
    // A condition that could not be read has its own finding; what is left of it stays among the fields.
    const written = fieldOf(step.fields, 'conditions');
    const broken = written !== undefined && !(written.kind === 'list' && written.items.length === 0);
    // What an expression cannot say stays as the body has it.
    const verbatim = valueAt(step.fields, bodyMember, 'conditions') !== undefined;
    if (!kind?.decides || step.unread || step.conditions.length > 0 || broken || verbatim) return;
    yield {
      origin: entryOf(step.fields, 'conditions')?.name.origin ?? step.name.origin,
      message: {
        en: `\`${step.name.text}\` has no conditions to decide by.`,
        zh: `“${step.name.text}”没有用于判断的条件。`,
      },
    };
  },
};
