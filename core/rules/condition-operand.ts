// Operands that are missing or that their operator cannot take.
import type { Condition, Value } from '../ir/workflow.ts';
import type { Localized } from '../text/diagnostic.ts';
import type { Rule } from './rule.ts';

export const conditionOperand: Rule = {
  code: 'condition-operand',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.4.8.2 table 5-63 (WG-112, WG-113)',
  docs: {
    en: '`or` joins two conditions; `in` has a list at its right; the others compare two values: literals, parameters, or metrics of jobs. Anything else fails when the condition is evaluated.',
    zh: '`or` 组合两个条件；`in` 的右侧为列表；其余运算比较两个值：字面量、参数或作业指标。其他写法会在求值时失败。',
    fails: "steps:\n  check:\n    type: condition\n    conditions: parameters.x in 'abc'\n",
    passes: "steps:\n  check:\n    type: condition\n    conditions: parameters.x in ['abc']\n",
  },
  *check({ step }) {
    for (const condition of nodes([...step.conditions, ...step.skipConditions])) {
      for (const side of ['left', 'right'] as const) {
        const operand = condition[side];
        const message = complaint(condition, side, operand);
        if (message) yield { origin: operand?.origin ?? condition.operatorOrigin, message };
      }
    }
  },
};

function complaint(
  { operator }: Condition,
  side: 'left' | 'right',
  operand: Condition | Value | undefined,
): Localized | undefined {
  const where = side === 'left' ? { en: 'left', zh: '左' } : { en: 'right', zh: '右' };
  if (!operand) return { en: `\`${operator}\` has no ${where.en} side.`, zh: `\`${operator}\` 缺少${where.zh}侧操作数。` };
  if (operator === 'or') {
    if (operand.kind === 'condition') return undefined;
    return { en: `\`or\` joins conditions; at its ${where.en} is a value.`, zh: `\`or\` 组合条件，而${where.zh}侧是一个值。` };
  }
  if (operand.kind === 'reference' && (operand.reference.root === 'data' || operand.reference.root === 'storages')) {
    return {
      en: 'A condition reads literals, parameters and metrics of jobs; data and storages have no value to compare.',
      zh: '条件可读取字面量、参数和作业指标；数据与存储没有可比较的值。',
    };
  }
  if (operand.kind === 'map' || operand.kind === 'select') {
    return {
      en: 'A condition compares literals, lists, parameters and metrics of jobs; this is none of them.',
      zh: '条件比较的是字面量、列表、参数和作业指标，此处均不是。',
    };
  }
  if (operator !== 'in' || side === 'left') return undefined;
  const sequence = operand.kind === 'list' || operand.kind === 'reference';
  if (sequence) return undefined;
  return { en: '`in` looks into a list: write `[a, b]` at its right.', zh: '`in` 在列表中查找：右侧请写 `[a, b]`。' };
}

function* nodes(conditions: readonly (Condition | Value | undefined)[]): Generator<Condition> {
  for (const condition of conditions) {
    if (condition?.kind !== 'condition') continue;
    yield condition;
    yield* nodes([condition.left, condition.right]);
  }
}
