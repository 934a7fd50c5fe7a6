// A JSON object while it is written: members are put at paths, and what a body had beyond the language is merged back in.
import type { Json } from '../schema/descriptor.ts';

export type JsonObject = { readonly [name: string]: Json };

/** Members in the order in which they were put. */
export type BodyTree = Map<string, Json | BodyTree>;

/** Puts a value at a path, making the objects on the way; an object is merged into one that is there. */
export function put(tree: BodyTree, path: readonly string[], value: Json | BodyTree): void {
  const [name, ...rest] = path as [string, ...string[]];
  if (rest.length > 0) put(objectAt(tree, name), rest, value);
  else if (value instanceof Map) {
    const target = objectAt(tree, name);
    for (const [inner, each] of value) put(target, [inner], each);
  } else tree.set(name, value);
}

/** Puts a verbatim value over what is there: objects are merged member by member, all else is replaced; null replaces nothing. */
export function merge(tree: BodyTree, value: JsonObject): void {
  for (const [name, each] of Object.entries(value)) {
    const there = tree.get(name);
    if (there instanceof Map && isObject(each)) merge(there, each);
    else if (each !== null || !tree.has(name)) tree.set(name, each);
  }
}

export function toJson(value: Json | BodyTree): Json {
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([name, each]) => [name, toJson(each)]));
}

export function isEmptyJson(value: Json | BodyTree): boolean {
  if (value instanceof Map) return value.size === 0;
  if (value === '') return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectAt(tree: BodyTree, name: string): BodyTree {
  const there = tree.get(name);
  if (there instanceof Map) return there;
  const made: BodyTree = new Map();
  tree.set(name, made);
  return made;
}
