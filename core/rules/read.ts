// Reading of settings that several rules need: where a member stands, and its value where it is a literal.
import type {
  Condition,
  Declaration,
  Field,
  ListValue,
  MapValue,
  Output,
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

/**
 * Whether nothing is written at a path. Something that could not be read on the way there is a finding of its own, and so is what
 * a reference stands for: nothing can be said of what they lack.
 */
export function lacks(map: MapValue, ...path: readonly string[]): boolean {
  let value: Value | undefined = map;
  for (const name of path) {
    if (value.kind !== 'map') return false;
    value = fieldOf(value, name);
    if (value === undefined || (value.kind === 'scalar' && value.value === null && !value.quoted)) return true;
  }
  return false;
}

/** Types of parameters; of one that is none of them nothing else is known. */
export const parameterTypes: ReadonlySet<string> = new Set(['int', 'str', 'bool', 'float', 'enum', 'json', 'list']);

/** Where to mark a missing member: the key of the last object that is there on the way to it, else the name. */
export function placeOf({ name, fields }: Declaration | Step | Output, ...path: readonly string[]): Origin {
  let place = name.origin;
  let value: Value | undefined = fields;
  for (const member of path) {
    if (value?.kind !== 'map') break;
    const entry = entryOf(value, member);
    place = entry?.name.origin ?? value.absent?.get(member) ?? place;
    value = entry?.value;
  }
  return place;
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
