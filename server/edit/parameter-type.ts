// What a parameter is declared as, judged by the place that takes it and by the value that stands there.
import type { Condition, Value } from '../../core/ir/workflow.ts';
import type { Shape } from '../../core/schema/descriptor.ts';
import { referencesAt } from '../../core/schema/describe.ts';
import { plainValue, type ScalarNode } from '../../core/syntax/tree.ts';

export interface ParameterType {
  readonly type: 'int' | 'float' | 'bool' | 'str' | 'json';
  readonly format?: string;
}

/** Of a place; undefined where a parameter cannot stand. */
export function typeOfPlace(shape: Shape, key: string | number | undefined): ParameterType | undefined {
  const allowed = referencesAt(shape)?.parameters;
  if (!allowed) return undefined;
  if (allowed.includes('json')) return key === 'flavor' ? { type: 'json', format: 'train_flavor' } : { type: 'json' };
  const types = shape.kind === 'scalar' ? shape.types : [];
  if (types.includes('string')) return { type: 'str' };
  if (types.includes('integer') && !types.includes('number')) return { type: 'int' };
  if (types.includes('integer') || types.includes('number')) return { type: 'float' };
  return types.includes('boolean') ? { type: 'bool' } : { type: 'str' };
}

/** Of a literal at its place; undefined where no parameter can take its place. */
export function typeOfLiteral(node: ScalarNode, shape: Shape, key: string | number | undefined): ParameterType | undefined {
  const place = typeOfPlace(shape, key);
  // A resource as JSON cannot be told from the text of its name.
  if (!place || place.type === 'json') return undefined;
  if (shape.kind === 'scalar' && shape.types.includes('string')) return { type: 'str' };
  const value = plainValue(node);
  switch (typeof value) {
    case 'boolean':
      return { type: 'bool' };
    case 'number':
      return { type: Number.isInteger(value) && /^[-+]?\d+$/.test(node.text) && place.type !== 'float' ? 'int' : 'float' };
    case 'string':
      return { type: 'str' };
    default:
      return undefined;
  }
}

/** Of a parameter in a condition, by what it is compared with; undefined where it does not stand in one of these. */
export function typeInConditions(
  conditions: readonly Condition[],
  isMeant: (value: Value) => boolean,
): ParameterType | undefined {
  for (const { left, right, operator } of conditions) {
    const sides = [left, right];
    const inner = typeInConditions(
      sides.filter((side): side is Condition => side?.kind === 'condition'),
      isMeant,
    );
    if (inner) return inner;
    const index = sides.findIndex((side) => side && side.kind !== 'condition' && isMeant(side));
    if (index >= 0) return typeBeside(sides[1 - index], operator);
  }
  return undefined;
}

function typeBeside(other: Condition | Value | undefined, operator: string): ParameterType {
  const literal = other?.kind === 'list' ? other.items[0] : other;
  if (literal?.kind === 'scalar') {
    if (typeof literal.value === 'boolean') return { type: 'bool' };
    if (typeof literal.value === 'string') return { type: 'str' };
    return { type: operator === '==' || operator === '!=' ? 'int' : 'float' };
  }
  return { type: /[<>]/.test(operator) ? 'float' : 'str' };
}
