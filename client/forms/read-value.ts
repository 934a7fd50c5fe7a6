// What a person types for a value of a declared type -> the value, or what is wrong with it. Knows no editor.
import type { Json } from '../../core/config/members.ts';

export type ReadValue =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'wrong'; readonly expected: Expected };

export type Expected = 'int' | 'float' | 'bool' | 'json' | 'list' | 'value';

/** The engine checks again, with the declaration at hand; this says at once what cannot fit. */
export function readValue(type: string, text: string): ReadValue {
  const given = text.trim();
  if (type !== 'str' && given === '') return { kind: 'wrong', expected: 'value' };
  switch (type) {
    case 'int':
      return /^[+-]?\d+$/.test(given) && Number.isSafeInteger(Number(given)) ? value(Number(given)) : wrong('int');
    case 'float':
      return Number.isFinite(Number(given)) ? value(Number(given)) : wrong('float');
    case 'bool':
      return /^(?:true|false)$/i.test(given) ? value(given.toLowerCase() === 'true') : wrong('bool');
    case 'json':
    case 'list': {
      const read = parse(given);
      const fits = type === 'list' ? Array.isArray(read) : typeof read === 'object' && read !== null;
      return fits ? value(read as Json) : wrong(type);
    }
    // Lists of models, and data that is more than a path: an object is written as JSON, else it is a name or a path.
    case 'model_list':
      return given.startsWith('[') ? readValue('list', given) : wrong('list');
    default:
      if (type === 'str') return value(text);
      if (!given.startsWith('{')) return value(given);
      return readValue('json', given);
  }
}

/** How a value stands in the input when it is asked for again. */
export function writeValue(given: unknown): string {
  if (given === undefined || given === null) return '';
  return typeof given === 'string' ? given : JSON.stringify(given);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const value = (read: Json): ReadValue => ({ kind: 'value', value: read });
const wrong = (expected: Expected): ReadValue => ({ kind: 'wrong', expected });
