// Values as one line of a debugger: JSON, shortened where it is long, without going through all of a large value.

const longest = 400;
/** A text by itself is edited where it is shown. */
const longestText = 10_000;

/** `no value` stands for undefined. */
export function briefly(value: unknown, limit = typeof value === 'string' ? longestText : longest): string {
  if (value === undefined) return 'no value';
  let room = limit;
  const parts: string[] = [];

  /** False when there is no room for more. */
  function put(text: string): boolean {
    parts.push(shortened(text, Math.max(0, room)));
    room -= text.length;
    return room >= 0;
  }

  function print(item: unknown): boolean {
    if (typeof item === 'string') return put(JSON.stringify(item.length > room ? item.slice(0, room + 1) : item));
    if (typeof item !== 'object' || item === null) return put(JSON.stringify(item) ?? 'null');
    if (Array.isArray(item)) {
      if (!put('[')) return false;
      for (let index = 0; index < item.length; index++) {
        if ((index > 0 && !put(',')) || !print(item[index])) return false;
      }
      return put(']');
    }
    if (!put('{')) return false;
    let first = true;
    for (const key in item) {
      const member = Object.hasOwn(item, key) ? (item as Readonly<Record<string, unknown>>)[key] : undefined;
      if (member === undefined) continue;
      if (!put(`${first ? '' : ','}${JSON.stringify(key)}:`) || !print(member)) return false;
      first = false;
    }
    return put('}');
  }

  print(value);
  return parts.join('');
}

export function shortened(text: string, limit = longest): string {
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

/** All of it, for the clipboard: a text as it is, everything else as JSON. */
export function wholly(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, undefined, 2) ?? '');
}
