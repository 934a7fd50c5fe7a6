// Paging, sorting and filters that the list routes share. Source: API reference section 5.
// `offset` counts items; `total` is the number of all items of the caller, `count` of those that match.
import type { Page } from '../../core/api/service.ts';
import { Problem } from './problem.ts';

export interface ListRules<Item> {
  /** What `sort_by` may name. */
  readonly keys: Readonly<Record<string, (item: Item) => string | number>>;
  /** The order without `sort_by`: newest first when absent. */
  readonly filter: (item: Item) => boolean;
}

export function page<Item>(all: readonly Item[], query: URLSearchParams, rules: ListRules<Item>): Page<Item> {
  const matching = all.filter(rules.filter);
  const sortBy = query.get('sort_by');
  const key = sortBy ? rules.keys[sortBy] : undefined;
  if (sortBy && !key) {
    throw new Problem(400, 'ModelArts.0107', `sort_by is one of ${Object.keys(rules.keys).join(', ')}, and not "${sortBy}"`);
  }
  const order = query.get('order') ?? 'desc';
  if (order !== 'asc' && order !== 'desc') throw new Problem(400, 'ModelArts.0107', `order is asc or desc, and not "${order}"`);
  const sorted = key ? matching.toSorted((a, b) => compare(key(a), key(b))) : [...matching];
  if (order === 'desc') sorted.reverse();
  const offset = whole(query, 'offset', 0, 0);
  const items = sorted.slice(offset, offset + whole(query, 'limit', 100, 1));
  return { total: all.length, count: matching.length, items };
}

/** `search_type` decides how a text is matched: `contain` (default) or `equal`. */
export function textFilter(query: URLSearchParams, name: string): (text: string) => boolean {
  const wanted = query.get(name);
  if (wanted === null) return () => true;
  if (query.get('search_type') === 'equal') return (text) => text === wanted;
  return (text) => text.includes(wanted);
}

/** One of the given values; all pass where none is given. The parameter may be repeated. */
export function anyOf(query: URLSearchParams, name: string): (values: readonly string[]) => boolean {
  const wanted = query.getAll(name);
  return wanted.length === 0 ? () => true : (values) => wanted.some((each) => values.includes(each));
}

function whole(query: URLSearchParams, name: string, otherwise: number, least: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Problem(400, 'ModelArts.0107', `${name} is a whole number from ${least}, and not "${text}"`);
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
