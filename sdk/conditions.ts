// Conditions: comparisons by functions, or as a text with the operands in it: wf.when`${training.outputs.metrics.accuracy} >= 0.9`.
import { callSite } from './call-site.ts';
import { keep, type MadeCondition, madeOf } from './made.ts';
import type { Condition, Operand } from './references.ts';
import type { ArgumentPath } from './written.ts';

type Parts = MadeCondition['parts'];

/** An expression with its operands in place: `&&`, `||`, `!` and comparisons, as in a workflow file. */
export function when(texts: TemplateStringsArray, ...operands: readonly Operand[]): Condition {
  return condition(
    texts.flatMap((text, index) => (index < operands.length ? [text, { operand: operands[index], from: [index] }] : [text])),
  );
}

export function eq(left: Operand, right: Operand): Condition {
  return comparison('==', left, right);
}

export function ne(left: Operand, right: Operand): Condition {
  return comparison('!=', left, right);
}

export function gt(left: Operand, right: Operand): Condition {
  return comparison('>', left, right);
}

export function gte(left: Operand, right: Operand): Condition {
  return comparison('>=', left, right);
}

export function lt(left: Operand, right: Operand): Condition {
  return comparison('<', left, right);
}

export function lte(left: Operand, right: Operand): Condition {
  return comparison('<=', left, right);
}

/** Whether a value is one of a list. */
export function oneOf(value: Operand, list: readonly (number | string | boolean)[] | Operand): Condition {
  return comparison('in', value, list);
}

export function and(...conditions: readonly Condition[]): Condition {
  return joined(' && ', conditions);
}

export function or(...conditions: readonly Condition[]): Condition {
  return joined(' || ', conditions);
}

export function not(inner: Condition): Condition {
  return condition(['!', { operand: inner, from: [0] }]);
}

export function comparison(
  operator: string,
  left: unknown,
  right: unknown,
  from: readonly [ArgumentPath, ArgumentPath] = [[0], [1]],
): Condition {
  return condition([{ operand: left, from: from[0] }, ` ${operator} `, { operand: right, from: from[1] }]);
}

/** `from`: where each of them stands. */
export function either(conditions: readonly Condition[], from: readonly ArgumentPath[]): Condition {
  return joined(' || ', conditions, from);
}

function joined(sign: string, conditions: readonly Condition[], from: readonly ArgumentPath[] = []): Condition {
  return condition(
    conditions.flatMap((operand, index) => [...(index > 0 ? [sign] : []), { operand, from: from[index] ?? [index] }]),
  );
}

function condition(parts: Parts): Condition {
  return keep({ is: 'condition' }, { kind: 'condition', parts: parenthesised(parts), call: callSite() });
}

/** Conditions inside of a condition stand in parentheses, unless they are the whole of it. */
function parenthesised(parts: Parts): Parts {
  const texts = parts.filter((each) => typeof each !== 'string' || each.trim() !== '');
  if (texts.length === 1) return parts;
  return parts.flatMap((each) => {
    const inner = typeof each === 'string' ? undefined : madeOf(each.operand);
    return inner?.kind === 'condition' ? ['(', each, ')'] : [each];
  });
}
