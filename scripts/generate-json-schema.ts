// schemas/*.schema.json -> schemas/published/workflow.schema.json: the workflow file in standard JSON Schema (2020-12), for editors
// that know nothing of Weft. It says what such a tool can hold: members, types, enumerations, ranges; references are texts to it.
import {
  bodyMember,
  type Member,
  type ObjectShape,
  type References,
  type ScalarShape,
  type Shape,
  type VariantShape,
} from '../core/schema/descriptor.ts';
import { inlineParameter, referencesAt } from '../core/schema/describe.ts';
import { memberOf } from '../core/schema/shape.ts';
import type { GeneratedFile } from './generate-contributes.ts';
import { readShape } from './schema-source.ts';

interface Schema {
  readonly [keyword: string]: unknown;
}

const path = 'schemas/published/workflow.schema.json';
/** A reference is the whole text; after a storage a path may follow. */
const reference: Schema = { type: 'string', pattern: '^\\s*\\$\\{\\{.*\\}\\}.*$' };

export function jsonSchemaFiles(): readonly GeneratedFile[] {
  const root = readShape('workflow.schema.json');
  const writer = new Writer();
  writer.shared(inlineParameter(), 'inline parameter', () => ({ ...writer.object(inlineParameter()), required: ['parameter'] }));
  const schema = writer.object(root);
  const file = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://weft.dev/schemas/published/workflow.schema.json',
    title: 'Weft workflow file',
    description: 'A Huawei ModelArts workflow (*.workflow.yaml). Generated from schemas/ of Weft by `npm run generate`.',
    ...schema,
    $defs: Object.fromEntries([...writer.definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return [{ path, text: `${JSON.stringify(file, null, 1)}\n` }];
}

/** Writes shapes; objects become definitions, equal ones once. */
class Writer {
  readonly definitions = new Map<string, Schema>();
  private readonly names = new Map<string, string>();

  /** The definition of a shape, made at its first use. */
  shared(shape: Shape, title: string, make: () => Schema): Schema {
    const key = `${title} ${JSON.stringify(shape)}`;
    let name = this.names.get(key);
    if (!name) {
      const base = title.replace(/[^A-Za-z0-9]+/g, '_');
      name = base;
      for (let count = 2; this.definitions.has(name); count++) name = `${base}_${count}`;
      this.names.set(key, name);
      this.definitions.set(name, {});
      this.definitions.set(name, make());
    }
    return { $ref: `#/$defs/${name}` };
  }

  /** `called` names the definition of an object that has no title. */
  private value(shape: Shape, called: string): Schema {
    return either([this.plain(shape, called), ...this.inPlaceOf(referencesAt(shape), shape)]);
  }

  /** Without what may stand in place of the value. */
  private plain(shape: Shape, called: string): Schema {
    switch (shape.kind) {
      case 'scalar':
        return scalar(shape);
      case 'any':
        return {};
      case 'conditions':
        return either([{ type: 'string' }, { type: 'array', items: { type: 'string' } }]);
      case 'map':
        return { type: ['object', 'null'], additionalProperties: this.value(shape.value, called) };
      case 'list': {
        const item = this.value(shape.item, called);
        const list = { type: 'array', items: item, ...(shape.min !== undefined && { minItems: shape.min }) };
        return either([list, ...(shape.one ? [item] : []), ...(shape.loose ? [{ type: 'object' }] : [])]);
      }
      case 'named':
        return this.collection(shape.entry, called);
      case 'object':
      case 'variants':
        return this.entry(shape, called);
    }
  }

  private entry(shape: ObjectShape | VariantShape, called: string): Schema {
    const title = titleOf(shape) ?? called;
    if (shape.kind === 'variants') {
      return this.shared(shape, title, () => this.variants(shape, (object) => this.entry(object, called)));
    }
    const object = this.shared(shape, title, () => this.object(shape));
    const short = shape.short === undefined ? undefined : memberOf(shape, shape.short)!;
    return short ? either([object, this.value(short.shape, short.name)]) : object;
  }

  object(shape: ObjectShape): Schema {
    const members = shape.members.filter((member) => !member.bodyOnly);
    const required = members.filter((member) => member.required && !member.missing).map((member) => member.name);
    return {
      type: 'object',
      properties: {
        ...Object.fromEntries(members.map((member) => [member.name, this.member(member)])),
        [bodyMember]: { description: 'Members of the request body that the language does not know, verbatim.', type: 'object' },
      },
      ...(shape.open && { patternProperties: { '^x-': {} } }),
      additionalProperties: false,
      ...(required.length > 0 && { required }),
    };
  }

  /** An object with its name as a member: the other members are those of its definition. */
  private listed(shape: ObjectShape, called: string): Schema {
    const title = titleOf(shape) ?? called;
    return this.shared(shape, `listed ${title}`, () => {
      const { $ref } = this.shared(shape, title, () => this.object(shape));
      const { properties, required = [], ...rest } = this.object(shape);
      const members = Object.keys(properties as Schema).map((member) => [
        member,
        { $ref: `${String($ref)}/properties/${member}` },
      ]);
      const name: Schema = { description: 'Name of the entry.\n\n名称。', type: ['string', 'number'] };
      return { ...rest, properties: { name, ...Object.fromEntries(members) }, required: ['name', ...(required as string[])] };
    });
  }

  private member(member: Member): Schema {
    const { text, default: value, example } = member;
    return {
      description: `${text.en}\n\n${text.zh}`,
      ...(value !== undefined && { default: value }),
      ...(example !== undefined && { examples: [example] }),
      ...nullable(this.value(member.shape, member.name)),
    };
  }

  private variants({ by, of, rest }: VariantShape, write: (object: ObjectShape) => Schema): Schema {
    const decider = memberOf(rest, by)!;
    return {
      type: 'object',
      properties: { [by]: this.member(decider) },
      required: [by],
      allOf: of.map(([value, object]) => ({
        if: { properties: { [by]: { const: value } }, required: [by] },
        then: write(object),
      })),
    };
  }

  /** A map of names, or the list form, in which entries have their name as a member. */
  private collection(entry: ObjectShape | VariantShape, called: string): Schema {
    const item =
      entry.kind === 'object'
        ? this.listed(entry, called)
        : this.shared(entry, `listed ${titleOf(entry) ?? called}`, () =>
            this.variants(entry, (object) => this.listed(object, called)),
          );
    return either([
      { type: 'object', additionalProperties: nullable(this.entry(entry, called)) },
      { type: 'array', items: either([item, { type: 'string' }]) },
    ]);
  }

  private inPlaceOf(refs: References | undefined, shape: Shape): readonly Schema[] {
    if (!refs) return [];
    const inline = refs.parameters && shape.kind !== 'any' ? [{ $ref: '#/$defs/inline_parameter' }] : [];
    const source = { anyOf: [reference, { type: 'object' }] };
    const select = {
      type: 'object',
      properties: { select: { type: 'array', items: source } },
      required: ['select'],
      additionalProperties: false,
    };
    return [reference, ...inline, ...(refs.select ? [select] : [])];
  }
}

function titleOf(shape: ObjectShape | VariantShape): string | undefined {
  return (shape.kind === 'object' ? shape.title : shape.rest.title)?.en;
}

/** Where nothing is written behind a key. */
function nullable(schema: Schema): Schema {
  return Object.keys(schema).length === 0 ? schema : either([schema, { type: 'null' }]);
}

/** One of several, without nesting; anything is anything. */
function either(schemas: readonly Schema[]): Schema {
  const flat = schemas.flatMap((each) => (Object.keys(each).length === 1 && each.anyOf ? (each.anyOf as Schema[]) : [each]));
  if (flat.some((each) => Object.keys(each).length === 0)) return {};
  const isType = (each: Schema) => Object.keys(each).length === 1 && each.type !== undefined;
  const types = [...new Set(flat.filter(isType).flatMap((each) => each.type as string | string[]))];
  const others = new Map(flat.filter((each) => !isType(each)).map((each) => [JSON.stringify(each), each]));
  const unique = [...others.values(), ...(types.length > 0 ? [{ type: types.length === 1 ? types[0] : types }] : [])];
  return unique.length === 1 ? unique[0]! : { anyOf: unique };
}

/** Where a text is expected a plain `1.10` is one to Weft, and a number to other readers of YAML. */
function scalar(shape: ScalarShape): Schema {
  if (shape.enum && !shape.openEnum) return enumeration(shape);
  const types = new Set<string>(shape.types);
  if (types.has('string')) for (const type of ['number', 'boolean']) types.add(type);
  if (types.has('number')) types.delete('integer');
  const bounds = {
    ...(shape.min !== undefined && { minimum: shape.min }),
    ...(shape.max !== undefined && { maximum: shape.max }),
    ...(shape.above !== undefined && { exclusiveMinimum: shape.above }),
    ...(shape.minLength !== undefined && { minLength: shape.minLength }),
    ...(shape.maxLength !== undefined && { maxLength: shape.maxLength }),
  };
  const patterns = shape.patterns?.map(({ pattern }) => ({ pattern })) ?? [];
  const plain = {
    type: types.size === 1 ? [...types][0] : [...types].sort(),
    ...bounds,
    ...(patterns.length === 1 ? patterns[0] : {}),
  };
  const whole = patterns.length > 1 ? { ...plain, allOf: patterns } : plain;
  const known = shape.enum?.map(({ value }) => value);
  const digits = { type: 'string', pattern: '^\\s*[-+]?[0-9.]+\\s*$' };
  return either([...(known ? [{ enum: known }] : []), whole, ...(shape.lenient && !types.has('string') ? [digits] : [])]);
}

function enumeration(shape: ScalarShape): Schema {
  const values = shape.enum!.map(({ value }) => value);
  const others: Schema[] = [];
  if (shape.enum!.some(({ wire }) => typeof wire === 'number')) others.push({ type: 'integer' });
  if (shape.ignoreCase) {
    const letters = (text: string) => text.replace(/[A-Za-z]/g, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
    others.push({ type: 'string', pattern: `^(?:${values.map((value) => letters(String(value))).join('|')})$` });
  }
  return either([{ enum: values }, ...others]);
}
