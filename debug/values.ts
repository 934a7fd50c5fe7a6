// Parts of values: what a path leads to, the whole value with one part replaced, and what a person types as a value.

type Members = Readonly<Record<string, unknown>>;

/** JSON where it is JSON, else the text itself. */
export function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Undefined where the path leads nowhere. */
export function partOf(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, key) => (isContainer(part) && Object.hasOwn(part, key) ? part[key] : undefined), value);
}

/** `value` with the part replaced that the path leads to, which may be new in a map. Throws where there is nothing to replace it in. */
export function withPart(value: unknown, [first, ...rest]: readonly string[], by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) {
    if (!Object.hasOwn(value, first)) throw new Error(`The list has ${value.length} items, and no [${first}].`);
    return value.map((item, index) => (String(index) === first ? withPart(item, rest, by) : item));
  }
  if (!isContainer(value)) throw new Error(`"${first}" cannot be set: what it would be part of is no map and no list.`);
  return { ...value, [first]: withPart(Object.hasOwn(value, first) ? value[first] : undefined, rest, by) };
}

export function isContainer(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
