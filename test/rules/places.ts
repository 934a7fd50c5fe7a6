// Every place of a workflow that the descriptor table describes, in a file or in a request body, as the plain data that it is.
import { workflowShape } from '../../core/generated/shapes.ts';
import { referencesAt } from '../../core/schema/describe.ts';
import type { Member, ObjectShape, Shape, VariantShape } from '../../core/schema/descriptor.ts';
import { appliesTo, memberOf, variantOf } from '../../core/schema/shape.ts';

export type Plain = string | number | boolean | null | Plain[] | { [name: string]: Plain };
export type Path = readonly (string | number)[];
export type Form = 'file' | 'body';

export interface Place {
  /** Keys and item numbers from the root. */
  readonly path: Path;
  readonly value: Plain;
  readonly shape: Shape;
  /** The member that it is the value of. */
  readonly member?: Member;
  /** The object that the member belongs to; of a member of the body that stands elsewhere, the object that it is looked for in. */
  readonly holder?: Path;
}

export function places(document: Plain, form: Form): readonly Place[] {
  const found: Place[] = [];
  addObject(found, { path: [], value: document, shape: workflowShape }, form, undefined, []);
  return found;
}

type Section = 'data' | 'data_requirements' | undefined;

function add(into: Place[], place: Place, form: Form, section: Section, outer: Path, root: Plain): void {
  const { value, shape, path } = place;
  into.push(place);
  if (isReference(value)) return;
  const inner = (key: string | number, each: Plain, of: Shape, from: Path = outer) =>
    add(into, { path: [...path, key], value: each, shape: of }, form, section, from, root);
  if (isMap(value) && referencesAt(shape)?.select) {
    const key = form === 'file' ? 'select' : 'data_list';
    if (Array.isArray(value[key])) {
      for (const [index, item] of value[key].entries()) {
        add(into, { path: [...path, key, index], value: item, shape }, form, section, outer, root);
      }
      return;
    }
  }
  switch (shape.kind) {
    case 'object':
    case 'variants':
      return addObject(into, place, form, section, outer);
    case 'named':
      if (Array.isArray(value)) for (const [index, item] of value.entries()) inner(index, item, shape.entry, outer);
      else if (isMap(value)) for (const [key, each] of Object.entries(value)) if (each !== null) inner(key, each, shape.entry);
      return;
    case 'map':
      if (isMap(value)) for (const [key, each] of Object.entries(value)) inner(key, each, shape.value);
      return;
    case 'list':
      if (Array.isArray(value)) for (const [index, item] of value.entries()) inner(index, item, shape.item);
      else if (shape.one === true && form === 'file') add(into, { ...place, shape: shape.item }, form, section, outer, root);
  }
}

function addObject(into: Place[], place: Place, form: Form, section: Section, outer: Path): void {
  const { value, path } = place;
  const shape = place.shape as ObjectShape | VariantShape;
  if (path.length === 0) into.push(place);
  const object = objectOf(shape, value);
  const short = object.short === undefined ? undefined : memberOf(object, object.short)!;
  if (form === 'file' && short && (!isMap(value) || !Object.keys(value).some((key) => memberOf(object, key)))) {
    add(into, { ...place, shape: short.shape }, form, section, outer, value);
    return;
  }
  if (!isMap(value)) return;
  for (const member of object.members) {
    const own = member.section === undefined || section === undefined ? section : section;
    if (form === 'body' && !appliesTo(member, own)) continue;
    const at = form === 'file' ? [member.name] : wireOf(member, value);
    if (!at || (member.alias && form === 'body')) continue;
    const [from, rest] = at[0] === '^' ? [outer, at.slice(1)] : [path, at];
    const written = valueAt(from === path ? value : into[0]!.value, from === path ? rest : [...from, ...rest]);
    if (written === undefined) continue;
    const inside: Section =
      path.length > 0
        ? section
        : member.name === 'data' && form === 'body'
          ? 'data'
          : member.name === 'data_requirements'
            ? 'data_requirements'
            : undefined;
    add(
      into,
      { path: [...from, ...rest], value: written, shape: member.shape, member, holder: path },
      form,
      inside,
      member.shape.kind === 'named' ? path : outer,
      value,
    );
  }
}

/** The object that holds, by its deciding member. */
export function objectOf(shape: ObjectShape | VariantShape, value: Plain): ObjectShape {
  if (shape.kind === 'object') return shape;
  const decider = isMap(value) ? value[shape.by] : undefined;
  return variantOf(shape, typeof decider === 'string' ? decider : undefined);
}

/** Where the member stands in an object of the body; undefined where it is nowhere. */
function wireOf(member: Member, value: { [name: string]: Plain }): Path | undefined {
  if (member.wire === false) return undefined;
  const wire = member.wire ?? [member.name];
  if (!wire[1]?.startsWith('=')) return wire;
  const list = value[wire[0]!];
  const index = Array.isArray(list) ? list.findIndex((each) => isMap(each) && `=${String(each.attribute)}` === wire[1]) : -1;
  return index < 0 ? undefined : [wire[0]!, index, 'value'];
}

export function isReference(value: Plain | undefined): value is string {
  return typeof value === 'string' && (value.includes('${{') || value.startsWith('$ref/'));
}

export function isMap(value: Plain | undefined): value is { [name: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(value: Plain, path: Path): Plain | undefined {
  let at: Plain | undefined = value;
  for (const key of path) {
    at = Array.isArray(at) ? at[key as number] : isMap(at) ? at[key] : undefined;
    if (at === undefined) return undefined;
  }
  return at;
}

/** A copy with another value at the path; without the member where that is undefined; under another key where one is given. */
export function changed(value: Plain, path: Path, to: Plain | undefined, key?: string): Plain {
  const [first, ...rest] = path;
  if (first === undefined) return to!;
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      if (index !== first) return [item];
      return rest.length === 0 && to === undefined ? [] : [changed(item, rest, to, key)];
    });
  }
  const map = value as { [name: string]: Plain };
  const entries = Object.entries(map).flatMap(([name, each]): [string, Plain][] => {
    if (name !== first) return [[name, each]];
    if (rest.length > 0) return [[name, changed(each, rest, to, key)]];
    return to === undefined ? [] : [[key ?? name, to]];
  });
  if (!(first in map) && to !== undefined) entries.push([String(first), rest.length > 0 ? changed({}, rest, to) : to]);
  return Object.fromEntries(entries);
}
