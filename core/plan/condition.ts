// Evaluates conditions of a run with the values and metrics there are: Python's comparisons, since the SDK is Python's.
// A list of conditions is ANDed (9.5). Every operand is read, so that `conditions_execution` can show what was compared.
import type { Condition, Value } from '../ir/workflow.ts';
import type { MetricPair } from '../run/events.ts';
import type { Plain } from './plain.ts';
import { describe, ResolveError, type Scope } from './scope.ts';

export type Evaluation =
  | { readonly kind: 'result'; readonly result: boolean; readonly metrics: readonly MetricPair[] }
  | { readonly kind: 'failed'; readonly message: string };

export function evaluateConditions(conditions: readonly Condition[], scope: Scope): Evaluation {
  const metrics: MetricPair[] = [];
  try {
    const results = conditions.map((condition) => evaluate(condition, scope, metrics));
    return { kind: 'result', result: results.every(Boolean), metrics };
  } catch (error) {
    if (error instanceof ResolveError) return { kind: 'failed', message: error.message };
    throw error;
  }
}

function evaluate(condition: Condition, scope: Scope, metrics: MetricPair[]): boolean {
  const left = operand(condition.left, condition, scope, metrics);
  const right = operand(condition.right, condition, scope, metrics);
  switch (condition.operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case 'or':
      return isTrue(left) || isTrue(right);
    case 'in':
      return contains(right, left);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(condition.operator as Ordering, left, right);
    default:
      throw new ResolveError(`The operator "${condition.operator}" of a condition is not known.`);
  }
}

function operand(side: Condition | Value | undefined, of: Condition, scope: Scope, metrics: MetricPair[]): Plain {
  if (!side) throw new ResolveError(`A condition with the operator "${of.operator}" lacks a side.`);
  if (side.kind === 'condition') return evaluate(side, scope, metrics);
  if (side.kind === 'reference' && side.reference.root === 'steps' && side.reference.key) {
    const value = scope.metric(side.reference);
    metrics.push({ key: side.reference.key.text, value });
    return value;
  }
  const value = scope.resolve(side);
  if (value !== undefined) return value;
  throw new ResolveError(
    side.kind === 'reference'
      ? `A condition reads ${describe(side.reference)}, which has no value.`
      : 'A condition lacks a value.',
  );
}

/** As in Python: true equals 1, lists and maps are equal by their contents. */
function equal(left: Plain, right: Plain): boolean {
  const [a, b] = [number(left), number(right)];
  if (a !== undefined && b !== undefined) return a === b;
  return left === right || (typeof left === 'object' && typeof right === 'object' && canonical(left) === canonical(right));
}

type Ordering = '<' | '<=' | '>' | '>=';

function compare(operator: Ordering, left: Plain, right: Plain): boolean {
  const [a, b] = [number(left) ?? left, number(right) ?? right];
  const sameKind = (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string');
  if (!sameKind) {
    throw new ResolveError(
      `"${operator}" compares two numbers or two texts, not ${JSON.stringify(left)} and ${JSON.stringify(right)}.`,
    );
  }
  const order = a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'number' && (Number.isNaN(a) || Number.isNaN(b as number))) return false;
  return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0;
}

function contains(container: Plain, item: Plain): boolean {
  if (Array.isArray(container)) return container.some((member: Plain) => equal(member, item));
  if (typeof container === 'string' && typeof item === 'string') return container.includes(item);
  throw new ResolveError(`"in" needs a list or a text on its right, not ${JSON.stringify(container)}.`);
}

function number(value: Plain): number | undefined {
  return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : undefined;
}

function isTrue(value: Plain): boolean {
  return value !== null && value !== false && value !== 0 && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function canonical(value: Plain): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : typeof item === 'boolean'
        ? Number(item)
        : item,
  );
}
