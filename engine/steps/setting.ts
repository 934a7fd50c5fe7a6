// Reads members of a resolved step: what is missing or of another kind is undefined, and a text may have been given as a number.
import type { Plain, PlainMap } from '../../core/plan/plain.ts';

export function mapAt(map: PlainMap | undefined, name: string): PlainMap | undefined {
  const value = map?.[name];
  return isMap(value) ? value : undefined;
}

/** Undefined for an empty text too: the console stores "not chosen" so. */
export function textAt(map: PlainMap | undefined, name: string): string | undefined {
  const value = map?.[name];
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

export function numberAt(map: PlainMap | undefined, name: string): number | undefined {
  const value = map?.[name];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** `true`, and the texts that the SDK's enumerations and prompts have for it. */
export function flagAt(map: PlainMap | undefined, name: string): boolean | undefined {
  const value = map?.[name];
  if (typeof value === 'boolean') return value;
  return value === 'true' || value === 'True' ? true : value === 'false' || value === 'False' ? false : undefined;
}

/** A list, or the one item that stands for it. */
export function listAt(map: PlainMap | undefined, name: string): readonly Plain[] {
  const value = map?.[name];
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value as Plain];
}

export function isMap(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
