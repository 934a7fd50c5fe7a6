// Reading of settings that several rules need: where a member stands, and its value where it is a literal.
import type {
  Condition,
  Declaration,
  Field,
  ListValue,
  MapValue,
  Reference,
  ReferenceValue,
  Step,
  Value,
} from '../ir/workflow.ts';
import { fieldOf } from '../ir/workflow.ts';
import type { Origin } from '../text/origin.ts';

/** The member with its key; the last of that name, as `fieldOf`. */
export function entryOf(map: Value | undefined, name: string): Field | undefined {
  return map?.kind === 'map' ? map.entries.findLast((entry) => entry.name.text === name) : undefined;
}

export function mapAt(map: Value | undefined, ...path: readonly string[]): MapValue | undefined {
  let value: Value | undefined = map;
  for (const name of path) value = value?.kind === 'map' ? fieldOf(value, name) : undefined;
  return value?.kind === 'map' ? value : undefined;
}

/** True and false as written; undefined for anything else, references too. */
export function booleanOf(map: MapValue, name: string): boolean | undefined {
  const value = fieldOf(map, name);
  if (value?.kind !== 'scalar') return undefined;
  if (typeof value.value === 'boolean') return value.value;
  return /^true$/i.test(value.text) ? true : /^false$/i.test(value.text) ? false : undefined;
}

/** A number, also one that is written as text; undefined for anything else. */
export function numberOf(value: Value | undefined): number | undefined {
  if (value?.kind !== 'scalar') return undefined;
  if (typeof value.value === 'number') return value.value;
  return typeof value.value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value.value) ? Number(value.value) : undefined;
}

export function itemsOf(value: Value | undefined): readonly Value[] {
  if (!value) return [];
  return value.kind === 'list' ? (value as ListValue).items : [value];
}

/** Where to mark a missing member of a declaration or step: its name. */
export function placeOf(node: Declaration | Step): Origin {
  return node.name.origin;
}

/** The comparisons of condition trees, `or` nodes opened. */
export function* comparisons(conditions: readonly Condition[]): Generator<Condition> {
  for (const condition of conditions) {
    if (condition.operator !== 'or') yield condition;
    for (const operand of [condition.left, condition.right]) if (operand?.kind === 'condition') yield* comparisons([operand]);
  }
}

export function isReference<R extends Reference['root']>(
  value: Value | Condition | undefined,
  root: R,
): value is ReferenceValue & { readonly reference: Reference & { readonly root: R } } {
  return value?.kind === 'reference' && value.reference.root === root;
}
