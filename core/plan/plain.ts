// Plain JSON data out of IR values.
import type { Reference, Value } from '../ir/workflow.ts';

export type Plain = null | boolean | number | string | readonly Plain[] | PlainMap;
export interface PlainMap {
  readonly [member: string]: Plain;
}

/** The value as JSON data; undefined where it holds a reference. */
export function plainOf(value: Value): Plain | undefined {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'list': {
      const items = value.items.map(plainOf);
      return items.includes(undefined) ? undefined : (items as Plain[]);
    }
    case 'map': {
      const entries = value.entries.map((entry) => [entry.name.text, plainOf(entry.value)] as const);
      return entries.some(([, item]) => item === undefined) ? undefined : (Object.fromEntries(entries) as PlainMap);
    }
    default:
      return undefined;
  }
}

/** Every reference in a value, in order, with the candidates of selectors. */
export function* referencesIn(value: Value | undefined): Generator<Reference> {
  switch (value?.kind) {
    case 'reference':
      yield value.reference;
      return;
    case 'list':
    case 'select':
      for (const item of value.items) yield* referencesIn(item);
      return;
    case 'map':
      for (const entry of value.entries) yield* referencesIn(entry.value);
  }
}
