// Comparisons whose result is known before the run.
import type { Condition, Declaration, Value } from '../ir/workflow.ts';
import { textAt } from '../ir/workflow.ts';
import type { StepBinding } from '../refs/bind.ts';
import { operators } from './condition-operator-unknown.ts';
import { comparisons, isReference } from './read.ts';
import type { Rule } from './rule.ts';

type Kind = 'number' | 'text' | 'boolean';

const byType: Readonly<Record<string, Kind>> = { int: 'number', float: 'number', str: 'text', bool: 'boolean' };

export const conditionConstant: Rule = {
  code: 'condition-constant',
  severity: 'warning',
  scope: 'step',
  source: 'Guide 5.4.8.2 table 5-63 (WG-114)',
  docs: {
    en: 'A comparison of two literals, or of kinds that can never be equal (a text with a number), has the same result in every run, so one branch is never taken.',
    zh: '比较两个字面量，或比较永不相等的类型（文本与数字），每次运行结果都相同，其中一个分支永远不会执行。',
    fails:
      "parameters:\n  epochs: { type: int }\nsteps:\n  check:\n    type: condition\n    conditions: parameters.epochs == '3'\n",
    passes:
      'parameters:\n  epochs: { type: int }\nsteps:\n  check:\n    type: condition\n    conditions: parameters.epochs == 3\n',
  },
  *check({ step, binding }) {
    for (const condition of comparisons([...step.conditions, ...step.skipConditions])) {
      const { left, right, operator, origin } = condition;
      if (operator === 'in' || !operators.has(operator)) continue;
      if (left?.kind === 'scalar' && right?.kind === 'scalar') {
        yield {
          origin,
          message: {
            en: 'Both sides are literals: the result is the same in every run.',
            zh: '两侧都是字面量：每次运行的结果都相同。',
          },
        };
        continue;
      }
      const [a, b] = [kindOf(left, binding), kindOf(right, binding)];
      if (!a || !b || a === b) continue;
      yield {
        origin,
        message: {
          en: `A ${a} is compared with a ${b}: they never agree.`,
          zh: `将${names[a]}与${names[b]}比较：二者永不一致。`,
        },
      };
    }
  },
};

const names: Readonly<Record<Kind, string>> = { number: '数字', text: '文本', boolean: '布尔值' };

function kindOf(operand: Condition | Value | undefined, binding: StepBinding): Kind | undefined {
  if (operand?.kind === 'scalar') {
    const kind = typeof operand.value;
    return kind === 'string' ? 'text' : kind === 'number' || kind === 'boolean' ? kind : undefined;
  }
  if (isReference(operand, 'steps')) return operand.reference.key ? 'number' : undefined;
  if (!isReference(operand, 'parameters')) return undefined;
  const use = binding.uses.find((each) => each.value === operand);
  const type = use?.target && textAt((use.target as Declaration).fields, 'type');
  return type === undefined ? undefined : byType[type];
}
