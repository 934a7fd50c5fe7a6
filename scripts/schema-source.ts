// Reads the JSON Schemas of schemas/ as shapes: resolves references, checks that every member is documented in both languages,
// and turns the `x-` keywords (docs/schema.md) into the members of core/schema/descriptor.ts. Throws where a schema is not well formed.
import { readFileSync } from 'node:fs';
import type {
  EnumValue,
  Json,
  ListShape,
  Member,
  ObjectShape,
  Pattern,
  References,
  ScalarShape,
  ScalarType,
  Shape,
  VariantShape,
} from '../core/schema/descriptor.ts';

type Schema = Readonly<Record<string, unknown>>;

/** A schema with the file that its references are relative to. */
interface Place {
  readonly schema: Schema;
  readonly file: URL;
  /** For messages. */
  readonly path: string;
}

const folder = new URL('../schemas/', import.meta.url);
const files = new Map<string, Schema>();

/** Keywords that say something about a member rather than about its value. */
const memberKeywords = new Set(
  (
    'description x-description-zh x-source x-default x-example x-wire x-wire-default x-derived x-empty x-fill x-body-only x-hidden ' +
    'x-alias x-section x-sets x-snippet x-missing x-expected'
  ).split(' '),
);
const shapeKeywords = new Set(
  (
    'type const enum properties required additionalProperties items minItems minimum maximum exclusiveMinimum minLength maxLength ' +
    'pattern oneOf title $defs $schema $id x-named x-short x-open x-title x-one x-loose x-ref x-rule x-severity x-enum ' +
    'x-open-enum x-ignore-case x-lenient x-wire-text x-path x-inside x-pattern-text x-patterns x-conditions x-discriminator x-rest'
  ).split(' '),
);

export function readShape(file: string): ObjectShape {
  const url = new URL(file, folder);
  return shapeOf({ schema: load(url), file: url, path: file }) as ObjectShape;
}

function load(file: URL): Schema {
  const known = files.get(file.href);
  if (known) return known;
  const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema;
  files.set(file.href, schema);
  return schema;
}

/** Follows `$ref`; what stands beside it is added. */
function resolve(place: Place): Place {
  const target = place.schema.$ref as string | undefined;
  if (target === undefined) return place;
  const url = new URL(target, place.file);
  const file = new URL(url.href.split('#')[0]!);
  let schema: unknown = load(file);
  for (const part of decodeURIComponent(url.hash).split('/').slice(1)) schema = (schema as Schema | undefined)?.[part];
  if (schema === undefined) throw new Error(`${place.path}: ${target} does not exist.`);
  const found = resolve({ schema: schema as Schema, file, path: `${place.path} -> ${target}` });
  const { $ref: _, ...beside } = place.schema;
  return { ...found, schema: { ...found.schema, ...beside } };
}

function shapeOf(reference: Place): Shape {
  const place = resolve(reference);
  const { schema, path } = place;
  for (const keyword of Object.keys(schema)) {
    if (!shapeKeywords.has(keyword) && !memberKeywords.has(keyword))
      throw new Error(`${path}: \`${keyword}\` is no known keyword.`);
  }
  const rest = {
    ...optional('refs', schema['x-ref'] as References | undefined),
    ...optional('rule', schema['x-rule'] as string | undefined),
    ...optional('severity', schema['x-severity'] as 'warning' | 'hint' | undefined),
  };
  if (schema['x-conditions']) return { kind: 'conditions', ...rest };
  if (schema['x-discriminator']) return { ...variants(place), ...rest };
  if (schema['x-named']) {
    const entry = shapeOf(child(place, schema.additionalProperties, '*')) as ObjectShape | VariantShape;
    return { kind: 'named', entry, ...rest };
  }
  if (schema.type === 'object' && !schema.properties) {
    return { kind: 'map', value: shapeOf(child(place, schema.additionalProperties ?? {}, '*')), ...rest };
  }
  if (schema.type === 'object') return { ...object(place), ...rest };
  if (schema.type === 'array') return { ...list(place), ...rest };
  if (schema.type !== undefined) return { ...scalar(schema), ...rest };
  return { kind: 'any', ...rest };
}

function child(place: Place, schema: unknown, name: string): Place {
  return { schema: schema as Schema, file: place.file, path: `${place.path}/${name}` };
}

function object(place: Place): ObjectShape {
  const { schema } = place;
  const required = new Set((schema.required as string[] | undefined) ?? []);
  const members = Object.entries(schema.properties as Record<string, Schema>).map(([name, property]) =>
    member(child(place, property, name), name, required.has(name)),
  );
  const title = schema['x-title'] as [string, string] | undefined;
  return {
    kind: 'object',
    ...(title && { title: { en: title[0], zh: title[1] } }),
    members,
    ...optional('short', schema['x-short'] as string | undefined),
    ...optional('open', schema['x-open'] as true | undefined),
  };
}

function variants(place: Place): VariantShape {
  const { schema, path } = place;
  const by = schema['x-discriminator'] as string;
  const of = (schema.oneOf as Schema[]).map((each, index) => {
    const shape = shapeOf(child(place, each, String(index)));
    const value = shape.kind === 'object' ? shape.members.find(({ name }) => name === by)?.shape : undefined;
    if (shape.kind !== 'object' || value?.kind !== 'scalar' || value.enum?.length !== 1)
      throw new Error(`${path}: \`${by}\` is no constant.`);
    return [String(value.enum[0]!.value), shape] as const;
  });
  const rest = shapeOf(child(place, schema['x-rest'], 'x-rest')) as ObjectShape;
  const decider = rest.members.find(({ name }) => name === by)!;
  // The deciding member is the same everywhere: its enumeration, not the constant of the variant, is what an author sees.
  const shared = of.map(([value, shape]) => {
    const members = shape.members.map((each) => (each.name === by ? { ...decider, text: decider.text } : each));
    return [value, { ...shape, members }] as const;
  });
  return { kind: 'variants', by, of: shared, rest };
}

function list(place: Place): ListShape {
  const { schema } = place;
  return {
    kind: 'list',
    item: shapeOf(child(place, schema.items ?? {}, 'items')),
    ...optional('one', schema['x-one'] as true | 'warn' | undefined),
    ...optional('min', schema.minItems as number | undefined),
    ...optional('loose', schema['x-loose'] as true | undefined),
  };
}

function scalar(schema: Schema): ScalarShape {
  const values = schema.const !== undefined ? [schema.const] : (schema.enum as (string | number | boolean)[] | undefined);
  return {
    kind: 'scalar',
    types: [schema.type].flat() as ScalarType[],
    ...optional(
      'enum',
      values?.map((value) => enumValue(value as string | number | boolean, schema)),
    ),
    ...optional('openEnum', schema['x-open-enum'] as true | undefined),
    ...optional('patterns', patterns(schema)),
    ...optional('min', schema.minimum as number | undefined),
    ...optional('max', schema.maximum as number | undefined),
    ...optional('above', schema.exclusiveMinimum as number | undefined),
    ...optional('minLength', schema.minLength as number | undefined),
    ...optional('maxLength', schema.maxLength as number | undefined),
    ...optional('ignoreCase', schema['x-ignore-case'] as true | undefined),
    ...optional('lenient', schema['x-lenient'] as true | undefined),
    ...optional('wireText', schema['x-wire-text'] as true | undefined),
    ...optional('path', schema['x-path'] as 'file' | 'folder' | 'any' | undefined),
    ...optional('inside', schema['x-inside'] as string | undefined),
  };
}

function enumValue(value: string | number | boolean, schema: Schema): EnumValue {
  const more = (schema['x-enum'] as Record<string, { wire?: string | number; en?: string; zh?: string }> | undefined)?.[
    String(value)
  ];
  return {
    value,
    ...optional('wire', more?.wire),
    ...(more?.en !== undefined && more.zh !== undefined && { text: { en: more.en, zh: more.zh } }),
  };
}

function patterns(schema: Schema): readonly Pattern[] | undefined {
  const found = readPatterns(schema);
  for (const { pattern } of found ?? []) new RegExp(pattern, 'u'); // Throws here rather than in an editor.
  return found;
}

function readPatterns(schema: Schema): readonly Pattern[] | undefined {
  const several = schema['x-patterns'] as { pattern: string; rule?: string; en: string; zh: string }[] | undefined;
  if (several) return several.map(({ pattern, rule, en, zh }) => ({ pattern, ...optional('rule', rule), text: { en, zh } }));
  const text = schema['x-pattern-text'] as [string, string] | undefined;
  if (schema.pattern === undefined) return undefined;
  if (!text) throw new Error(`The pattern ${String(schema.pattern)} has no x-pattern-text.`);
  return [{ pattern: schema.pattern as string, text: { en: text[0], zh: text[1] } }];
}

function member(place: Place, name: string, required: boolean): Member {
  const { schema, path } = place;
  const { description, 'x-description-zh': zh } = schema;
  if (typeof description !== 'string' || typeof zh !== 'string')
    throw new Error(`${path} needs \`description\` and \`x-description-zh\`.`);
  return {
    name,
    shape: shapeOf(place),
    text: { en: description, zh },
    ...optional('source', schema['x-source'] as string | undefined),
    ...(required && { required: true as const }),
    ...optional('missing', schema['x-missing'] as string | undefined),
    ...optional('expected', schema['x-expected'] as true | undefined),
    ...optional('default', schema['x-default'] as Json | undefined),
    ...optional('example', schema['x-example'] as Json | undefined),
    ...optional('wire', wirePath(schema['x-wire'] as string | false | undefined)),
    ...optional('wireDefault', schema['x-wire-default'] as Json | undefined),
    ...optional('derived', schema['x-derived'] as string | undefined),
    ...optional('empty', schema['x-empty'] as true | undefined),
    ...optional('fill', schema['x-fill'] as true | undefined),
    ...optional('bodyOnly', schema['x-body-only'] as true | undefined),
    ...optional('hidden', schema['x-hidden'] as true | undefined),
    ...optional('alias', schema['x-alias'] as string | undefined),
    ...optional('section', schema['x-section'] as 'data' | 'data_requirements' | undefined),
    ...optional('sets', schema['x-sets'] as Member['sets']),
    ...optional('snippet', schema['x-snippet'] as string | undefined),
  };
}

/** `a.b`, `^a.b` for the object around, `conditions[x]` for the constraint x. */
function wirePath(path: string | false | undefined): readonly string[] | false | undefined {
  if (typeof path !== 'string') return path;
  const constraint = /^(\w+)\[(.+)\]$/.exec(path);
  if (constraint) return [constraint[1]!, `=${constraint[2]}`];
  return path.startsWith('^') ? ['^', ...path.slice(1).split('.')] : path.split('.');
}

function optional<K extends string, V>(name: K, value: V | undefined): { readonly [_ in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [_ in K]?: V };
}
