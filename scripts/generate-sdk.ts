// schemas/*.schema.json -> sdk/generated/settings.ts: the settings of the SDK's calls as types, with the texts of the schemas as comments.
// The compiler then knows members, enumerations and which references may stand where; what it cannot know, Weft's rules say.
import {
  bodyMember,
  type Json,
  type Member,
  type NamedShape,
  type ObjectShape,
  type References,
  type ScalarShape,
  type Shape,
  type VariantShape,
} from '../core/schema/descriptor.ts';
import { referencesAt } from '../core/schema/describe.ts';
import { memberOf } from '../core/schema/shape.ts';
import type { GeneratedFile } from './generate-contributes.ts';
import { readShape } from './schema-source.ts';

const path = 'sdk/generated/settings.ts';

/** Members of the workflow that the SDK gives in another way: by calls, or typed by hand where they name steps. */
const given: ReadonlySet<string> = new Set([
  'name',
  'storages',
  'parameters',
  'data',
  'data_requirements',
  'steps',
  'scenes',
  'sub_graphs',
]);
/** Members that name steps. */
const stepLists: ReadonlySet<string> = new Set(['depend_steps', 'if_then_steps', 'else_then_steps']);

export function sdkFiles(): readonly GeneratedFile[] {
  const root = readShape('workflow.schema.json');
  const writer = new Writer();
  const entry = (name: string) => (memberOf(root, name)!.shape as NamedShape).entry;
  writer.define('WorkflowSettings', without(root, given), true);
  writer.define('ParameterSettings', without(entry('parameters') as ObjectShape, new Set()), true);
  writer.define('StorageSettings', without(entry('storages') as ObjectShape, new Set()), true);
  const data = (entry('data') as VariantShape).of.map(([type, shape]) => {
    const name = `${pascal(type)}Data`;
    writer.define(name, without(shape, new Set(['type'])), true);
    return `  readonly ${type}: ${name};`;
  });
  for (const [type, shape] of (entry('steps') as VariantShape).of) {
    const outputs = memberOf(shape, 'outputs')!;
    if (!outputs.hidden) writer.define(`${pascal(type)}Output`, outputEntry(outputs.shape as NamedShape), true);
    writer.define(`${pascal(type)}Settings`, without(shape, new Set(['type', 'outputs'])), true);
  }
  const text = [
    '// Generated from schemas/ by `npm run generate`; do not edit.',
    "import type { Conditions, Data, Json, Output, Parameter, Select, StepName, StoragePath, Variable } from '../references.ts';",
    '',
    ...writer.lines,
    '/** The settings of data by its type. */',
    'export interface DataSettings {',
    ...data,
    '}',
    '',
  ].join('\n');
  return [{ path, text }];
}

/** An output has its type by its step; members that a file does not write are left out. */
function outputEntry(shape: NamedShape): ObjectShape {
  return without(shape.entry as ObjectShape, new Set(['type']));
}

function without(shape: ObjectShape, names: ReadonlySet<string>): ObjectShape {
  return { ...shape, members: shape.members.filter(({ name, bodyOnly }) => !names.has(name) && !bodyOnly) };
}

/** Writes interfaces; equal objects become one. */
class Writer {
  readonly lines: string[] = [];
  private readonly names = new Map<string, string>();
  private readonly taken = new Set([
    'Data',
    'Output',
    'Parameter',
    'Select',
    'Condition',
    'Json',
    'Variable',
    'Metric',
    'Step',
    'StoragePath',
  ]);

  /** `own`: the name is wanted even where an equal object has another one. */
  define(name: string, shape: ObjectShape, own = false): string {
    const { short: _, refs: __, ...plain } = shape;
    const key = JSON.stringify(plain);
    const known = this.names.get(key);
    if (known && !own) return known;
    const chosen = this.free(name);
    if (!known) this.names.set(key, chosen);
    const members = shape.members
      .filter((member) => !member.bodyOnly)
      .flatMap((member) => [
        ...comment(member),
        `  readonly ${quoted(member.name)}${member.required ? '' : '?'}: ${this.member(member, chosen)};`,
      ]);
    const title = [`${capital(shape.title?.en ?? words(chosen))}.`, shape.title?.zh].filter(Boolean).join(' ');
    const body = [
      '  /** Members of the request body that the language does not know, verbatim. */',
      `  readonly '${bodyMember}'?: Json;`,
    ];
    // Definitions that the members need stand in front by now.
    this.lines.push(`/** ${title} */`, `export interface ${chosen} {`, ...members, ...body, '}', '');
    return chosen;
  }

  /** What an input of a step of this type takes. */
  input(name: string, { entry }: NamedShape): string {
    const chosen = this.free(name);
    const data = memberOf(entry as ObjectShape, 'data')!;
    const object = data.shape.kind === 'object' ? this.define('InlineData', data.shape) : undefined;
    const types = [...(object ? [object, 'string'] : ['Json']), ...references(data.shape.refs)];
    this.lines.push(
      `/** What such an input reads. */`,
      `export type ${chosen} = ${union(types)} | { readonly data: ${union(types)} };`,
      '',
    );
    return chosen;
  }

  private free(name: string): string {
    let own = name;
    for (let count = 2; this.taken.has(own); count++) own = `${name}${count}`;
    this.taken.add(own);
    return own;
  }

  private member(member: Member, holder: string): string {
    if (stepLists.has(member.name)) return 'readonly StepName[] | StepName';
    if (member.name === 'inputs' && member.shape.kind === 'named') {
      return `Readonly<Record<string, ${this.input(holder.replace(/Settings$/, 'Input'), member.shape)}>>`;
    }
    return union(this.types(member.shape, pascal(member.name)));
  }

  private types(shape: Shape, name: string): readonly string[] {
    return shape.kind === 'conditions' ? ['Conditions'] : [...this.plain(shape, name), ...references(referencesAt(shape))];
  }

  /** Without what may stand in place of the value. */
  private plain(shape: Exclude<Shape, { kind: 'conditions' }>, name: string): readonly string[] {
    const one = name.replace(/ies$/, 'y').replace(/s$/, '');
    switch (shape.kind) {
      case 'scalar':
        return scalar(shape);
      case 'any':
        return ['Json', ...(shape.refs ? ['{ readonly [name: string]: unknown }'] : [])];
      case 'map':
        return [`Readonly<Record<string, ${union(this.types(shape.value, name))}>>`];
      case 'list': {
        const item = this.types(shape.item, one);
        const loose = shape.loose ? ['{ readonly [name: string]: Json }'] : [];
        return [`readonly ${item.length > 1 ? `(${union(item)})` : item[0]}[]`, ...(shape.one ? item : []), ...loose];
      }
      case 'named':
        return [`Readonly<Record<string, ${union(this.types(shape.entry, one))}>>`];
      case 'variants':
        return shape.of.map(([value, object]) => this.define(`${pascal(value)}${name}`, object));
      case 'object': {
        const short = shape.short === undefined ? undefined : memberOf(shape, shape.short)!;
        const object = this.define(titled(shape) ?? name, shape);
        return short ? [object, ...this.types(short.shape, pascal(short.name))] : [object];
      }
    }
  }
}

function references(refs: References | undefined): readonly string[] {
  if (!refs) return [];
  const of = (type: string, kinds: readonly string[]) =>
    kinds.length > 0 ? `${type}<${kinds.map((kind) => `'${kind}'`).join(' | ')}>` : type;
  const { data, steps } = refs;
  const isInput = data !== undefined || refs.select !== undefined;
  return [
    ...(refs.parameters ? [of('Parameter', refs.parameters)] : []),
    ...(refs.storages || isInput ? ['StoragePath'] : []),
    ...(data ? [of('Data', data)] : []),
    ...(steps ? [isInput ? of('Output', steps) : steps.includes('service') ? 'Variable' : 'Metric'] : []),
    ...(refs.select ? [of('Select', [...new Set([...(data ?? []), ...(steps ?? [])])])] : []),
  ];
}

function scalar(shape: ScalarShape): readonly string[] {
  const known = shape.enum?.map(({ value }) => JSON.stringify(value)) ?? [];
  const types = shape.types.map((type) => (type === 'integer' ? 'number' : type));
  const loose = shape.lenient && !types.includes('string') ? ['string'] : [];
  if (known.length === 0) return [...types, ...loose];
  const strings = shape.openEnum ? ['(string & {})'] : [];
  return [...known, ...strings, ...(shape.openEnum && types.includes('number') ? ['number'] : [])];
}

function comment({ text, default: value, example, source }: Member): readonly string[] {
  const lines = [
    text.en,
    text.zh,
    ...(value === undefined ? [] : [`@default ${shown(value)}`]),
    ...(example === undefined ? [] : [`@example ${shown(example)}`]),
    ...(source ? [`@see ${source}`] : []),
  ].map((line) => line.replaceAll('*/', '*\u2215'));
  return ['  /**', ...lines.map((line) => `   * ${line}`), '   */'];
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A title of one word or two is a good name; the texts of others are sentences. */
function titled({ title }: ObjectShape): string | undefined {
  return title && /^[\w -]+$/.test(title.en) ? pascal(title.en) : undefined;
}

function pascal(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map(capital)
    .join('');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function words(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(' | ');
}
