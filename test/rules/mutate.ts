// Mistakes made on purpose: one place of a valid workflow changed at a time, as the schemas say that it must not be.
// Works on plain data, so that what is changed is what an author writes and not how it is written.
import { referencesAt } from '../../core/schema/describe.ts';
import type { ScalarShape, Shape } from '../../core/schema/descriptor.ts';
import { memberOf } from '../../core/schema/shape.ts';
import { changed, type Form, isMap, isReference, objectOf, type Path, type Place, type Plain, places } from './places.ts';

export interface Mutation {
  /** What was done, and where: unique. */
  readonly name: string;
  /** Keys from the root to what was changed; of a removed member, to the object that lacks it. */
  readonly path: Path;
  readonly document: Plain;
}

/** Every mistake of single values that the descriptor table knows of. */
export function mutations(document: Plain, form: Form): readonly Mutation[] {
  const found = new Map<string, Mutation>();
  for (const place of places(document, form)) {
    for (const { what, path, to, key, where } of changesOf(place, form)) {
      const name = `${what} at ${(where ?? path).join('/') || '/'}`;
      if (!found.has(name)) found.set(name, { name, path: where ?? path, document: changed(document, path, to, key) });
    }
  }
  return [...found.values()];
}

interface Change {
  readonly what: string;
  readonly path: Path;
  /** Removed when undefined. */
  readonly to: Plain | undefined;
  /** The new key. */
  readonly key?: string;
  /** Where the finding is expected, when not at the path. */
  readonly where?: Path;
}

function* changesOf(place: Place, form: Form): Generator<Change> {
  const { member, path, holder, value } = place;
  if (member && holder) {
    const missing = !member.bodyOnly && (member.required || member.missing);
    const around = path.slice(0, -1);
    if (missing)
      yield { what: `no ${member.name}`, path, to: undefined, where: form === 'body' && around.length > 0 ? around : holder };
    if (form === 'file') {
      const key = `${member.name}x`;
      yield { what: `a misspelt key ${member.name}`, path, to: value, key, where: [...path.slice(0, -1), key] };
    }
  }
  yield* ofValue(place, form);
}

function* ofValue({ path, value, shape }: Place, form: Form): Generator<Change> {
  const to = (what: string, other: Plain): Change => ({ what, path, to: other });
  if (isReference(value)) {
    yield* ofReference(value, path, form);
    return;
  }
  if (isMap(value) && ('select' in value || 'data_list' in value) && referencesAt(shape)?.select) return;
  switch (shape.kind) {
    case 'scalar':
      yield* ofScalar(path, value, shape, form);
      return;
    case 'object':
    case 'variants': {
      if (!isMap(value)) return;
      const object = objectOf(shape, value);
      const hasShort = form === 'file' && object.short !== undefined;
      if (!hasShort && path.length > 0) yield to('a list', [1]);
      if (!hasShort && !object.refs && path.length > 0) yield to('a number', 5);
      if (form === 'file' && !isShort(value, object)) yield { what: 'an unknown member', path: [...path, 'zzz'], to: 1 };
      return;
    }
    case 'named':
      yield to('a number', 5);
      if (Array.isArray(value)) {
        for (const index of value.keys()) {
          if (isMap(value[index]))
            yield { what: 'no name', path: [...path, index, 'name'], to: undefined, where: [...path, index] };
          if (form === 'body') yield { what: 'a number', path: [...path, index], to: 5 };
        }
      }
      return;
    case 'map':
      yield to('a number', 5);
      return;
    case 'list':
      // One item may stand for a list, whatever is in it.
      if (!shape.loose && shape.item.kind !== 'any' && !(shape.one && shape.item.kind === 'object')) yield to('a map', { a: 1 });
      if (Array.isArray(value) && shape.min) yield to('no item', []);
      return;
    case 'conditions':
      yield* ofConditions(path, value, form);
      return;
    case 'any':
      return;
  }
}

function* ofScalar(path: Path, value: Plain, shape: ScalarShape, form: Form): Generator<Change> {
  const to = (what: string, other: Plain): Change => ({ what, path, to: other });
  yield to('a list', [1]);
  if (form === 'body' || !referencesAt(shape)?.parameters) yield to('a map', { a: 1 });
  const text = shape.types.includes('string');
  if (shape.enum && !shape.openEnum) {
    if (typeof value === 'string') yield to('a misspelt value', `${value}x`);
    else yield to('an unknown number', 77);
  }
  if (form === 'body' && text && !shape.types.includes('number') && !shape.types.includes('integer') && !shape.enum)
    yield to('a number', 5);
  if (!text && shape.types.includes('boolean')) yield to('a text', 'maybe');
  if (!text && !shape.types.includes('boolean')) yield to('a text', 'many');
  if (shape.types.length === 1 && shape.types[0] === 'integer') yield to('a fraction', 1.5);
  if (shape.min !== undefined) yield to('too small', shape.min - 1);
  if (shape.above !== undefined) yield to('too small', shape.above);
  if (shape.max !== undefined) yield to('too large', shape.max + 1);
  if (shape.maxLength !== undefined) yield to('too long', 'a'.repeat(shape.maxLength + 1));
  if (shape.patterns?.length) yield to('of another form', '& <');
}

/** Each name of a reference or an expression in turn. */
function* ofReference(text: string, path: Path, form: Form): Generator<Change> {
  const pattern =
    form === 'file'
      ? /\b(?:parameters|data|storages|data_requirements)\.(?<name>[\w-]+)|\bsteps\.(?<step>[\w-]+)\.outputs\.(?<output>[\w-]+)/g
      : /^\$ref\/(?:parameters|data|storages(?:\([^)]*\))?|data_requirements)\/(?<name>[\w-]+)|^\$ref\/consumptions\/(?<step>[\w-]+)\/(?<output>[\w-]+)/g;
  for (const match of text.matchAll(pattern)) {
    for (const name of Object.values(match.groups!)) {
      if (name === undefined) continue;
      const at = match.index + match[0].lastIndexOf(name);
      yield { what: `an unknown name ${name}`, path, to: `${text.slice(0, at)}${name}x${text.slice(at + name.length)}` };
    }
  }
}

function* ofConditions(path: Path, value: Plain, form: Form): Generator<Change> {
  if (form === 'file') {
    yield { what: 'a map', path, to: { a: 1 } };
    const operand = /[\w.]+/.exec(String(Array.isArray(value) ? value[0] : value))![0];
    yield { what: 'an unknown operator', path, to: `${operand} =~ 1` };
    for (const [index, item] of (Array.isArray(value) ? value : [value]).entries()) {
      yield* ofReference(String(item), Array.isArray(value) ? [...path, index] : path, form);
    }
    return;
  }
  yield { what: 'a number', path, to: 5 };
  for (const [index, item] of (value as Plain[]).entries()) yield* ofTree([...path, index], item);
}

function* ofTree(path: Path, value: Plain): Generator<Change> {
  if (isReference(value)) return yield* ofReference(value, path, 'body');
  if (!isMap(value)) return;
  if ('input_data' in value) return yield* ofReference(String(value.input_data), [...path, 'input_data'], 'body');
  if (!('type' in value)) return;
  yield { what: 'an unknown operator', path: [...path, 'type'], to: '~' };
  for (const side of ['left', 'right']) {
    yield { what: `no ${side}`, path: [...path, side], to: undefined, where: path };
    yield* ofTree([...path, side], value[side]!);
  }
}

function isShort(value: Readonly<Record<string, Plain>>, object: Shape & { kind: 'object' }): boolean {
  return object.short !== undefined && !Object.keys(value).some((key) => memberOf(object, key));
}
