// A part of the IR as a workflow file has it, by the shape that governs it: the way back of read-file.ts. What a body computes or
// has by default is left out, objects with one member take their short form, references `${{ ... }}`.
import { printCondition } from '../refs/expression.ts';
import { escapeLiteral, printTarget } from '../refs/reference.ts';
import {
  bodyMember,
  type Json,
  type Member,
  type NamedShape,
  type ObjectShape,
  type Shape,
  type VariantShape,
} from '../schema/descriptor.ts';
import { referencesAt } from '../schema/describe.ts';
import { appliesTo, memberOf, variantOf } from '../schema/shape.ts';
import type { YamlEntry, YamlNode } from '../syntax/print-yaml.ts';
import { derive, type Place } from './derive.ts';
import { fileFlags } from './paths.ts';
import { type ConditionsPart, type MapPart, type Part, type PartField, partOf, textOf } from './part.ts';
import type { Reference, ScalarValue } from './workflow.ts';

export interface FileWriting extends Place {
  readonly section?: 'data' | 'data_requirements' | undefined;
  /** The data is a file, so a storage makes no directory of it. */
  readonly isFile?: boolean;
  /** Names that both sections of data have: a reference says which one it means. */
  readonly ambiguous: ReadonlySet<string>;
  /** What the parts were read from: a body says outright what a file implies. */
  readonly form: 'file' | 'body';
}

/** Undefined where nothing is written. */
export function writePart(writing: FileWriting, part: Part, shape: Shape): YamlNode | undefined {
  switch (part.kind) {
    case 'reference':
      return scalar(printReference(writing, part.reference, shape));
    case 'select':
      return {
        kind: 'map',
        entries: [{ key: 'select', value: list(part.items.map((item) => writePart(writing, item, shape) ?? scalar(null))) }],
      };
    case 'conditions':
      return writeConditions(part);
  }
  switch (shape.kind) {
    case 'object':
    case 'variants':
      return part.kind === 'map' ? writeObject(writing, part, shape) : plain(writing, part, isReferable(shape));
    case 'named':
      return part.kind === 'map' ? writeNamed(writing, part.entries, shape) : plain(writing, part, false);
    case 'map':
      if (part.kind !== 'map') break;
      return map(
        part.entries.map(({ name, value }) => ({
          key: name.text,
          value: writePart(writing, value, shape.value) ?? scalar(null),
        })),
      );
    case 'list':
      if (part.kind === 'list') return list(part.items.map((item) => writePart(writing, item, shape.item) ?? scalar(null)));
  }
  return plain(writing, part, shape.kind === 'scalar' || isReferable(shape));
}

/** A collection: by names, or as a list where a name occurs twice. */
export function writeNamed(writing: FileWriting, entries: readonly PartField[], shape: NamedShape): YamlNode {
  const nodes = entries.map(({ value }, index) => {
    const at = { ...writing, index };
    return value.kind === 'map' ? writeMembers(at, value, shape.entry) : [];
  });
  return collection(
    entries.map(({ name }) => name.text),
    nodes,
    shape.entry,
    entries.map(({ value }) => value),
  );
}

/** Puts entries that are written already together. */
export function collection(
  names: readonly string[],
  members: readonly (readonly YamlEntry[])[],
  entry: ObjectShape | VariantShape,
  parts: readonly Part[],
): YamlNode {
  if (new Set(names).size < names.length) {
    return list(members.map((each, index) => map([{ key: 'name', value: scalar(names[index]!) }, ...each])));
  }
  if (names.length > 0 && members.every((each) => each.length === 0)) return list(names.map(scalar));
  return map(
    members.map((each, index) => {
      const value = each.length === 0 ? scalar(null) : shortened(each, shapeFor(entry, parts[index]!), parts[index]!);
      return { key: names[index]!, value };
    }),
  );
}

export function writeObject(writing: FileWriting, part: MapPart, shape: ObjectShape | VariantShape): YamlNode {
  return shortened(writeMembers(writing, part, shape), shapeFor(shape, part), part);
}

/** The members of an object, what the language does not know last. */
export function writeMembers(writing: FileWriting, part: MapPart, shape: ObjectShape | VariantShape): YamlEntry[] {
  const object = shapeFor(shape, part);
  const entries: YamlEntry[] = [];
  const said = new Set<string>();
  for (const member of object.members) {
    if (member.alias || member.bodyOnly || said.has(member.name) || !appliesTo(member, writing.section)) continue;
    const kind = member.sets && impliedBy(part, member);
    if (kind !== undefined) {
      for (const name of Object.keys(member.sets![kind]!)) said.add(name);
      entries.push({ key: member.name, value: scalar(kind) });
      continue;
    }
    const value = writeMember(writing, part, member);
    if (value) entries.push({ key: member.name, value });
  }
  const rest = partOf(part, bodyMember);
  if (rest) entries.push({ key: bodyMember, value: plain(writing, rest, false) });
  return entries;
}

function writeMember(writing: FileWriting, part: MapPart, member: Member): YamlNode | undefined {
  const value = partOf(part, member.name);
  if (!value || (value.kind === 'scalar' && value.value === null)) return undefined;
  const computed = member.derived ? derive(member.derived, writing) : member.wireDefault;
  if (computed !== undefined && isSame(value, computed)) return undefined;
  const node = writePart(writing, value, member.shape);
  const empty = node && node.kind !== 'scalar' && (node.kind === 'map' ? node.entries : node.items).length === 0;
  return empty && (member.empty || member.fill) ? undefined : node;
}

/** The value of a member such as `kind` that says all of what stands in the map. */
function impliedBy(part: MapPart, member: Member): string | undefined {
  if (partOf(part, member.name)) return undefined;
  return Object.keys(member.sets!).find((kind) =>
    Object.entries(member.sets![kind]!).every(([name, value]) => {
      const there = partOf(part, name);
      return there && isSame(there, value);
    }),
  );
}

function isSame(part: Part, value: Json): boolean {
  if (part.kind === 'scalar') return part.value === value;
  return part.kind === 'list' && Array.isArray(value) && part.items.length === value.length
    ? part.items.every((item, index) => isSame(item, value[index] as Json))
    : false;
}

function shapeFor(shape: ObjectShape | VariantShape, part: Part): ObjectShape {
  if (shape.kind === 'object') return shape;
  return variantOf(shape, part.kind === 'map' ? textOf(partOf(part, shape.by)) : undefined);
}

/** The object, or its only member in place of it where the reader takes that for the object again. */
function shortened(entries: readonly YamlEntry[], object: ObjectShape, part: Part): YamlNode {
  const whole = map(entries);
  const [only] = entries;
  if (object.short === undefined || entries.length !== 1 || only!.key !== object.short) return whole;
  const { value } = only!;
  const inner = memberOf(object, object.short)!.shape;
  const content = part.kind === 'map' ? partOf(part, object.short) : undefined;
  switch (value.kind) {
    case 'scalar': {
      const root = content?.kind === 'reference' ? content.reference.root : undefined;
      return value.value === null || (root && object.refs && root in object.refs && inner.kind !== 'object') ? whole : value;
    }
    case 'list':
      return inner.kind === 'list' ? value : whole;
    case 'map': {
      const clear = value.entries.length > 0 && !value.entries.some(({ key }) => key === bodyMember || memberOf(object, key));
      return clear && inner.kind === 'object' ? value : whole;
    }
  }
}

// ---- values

function writeConditions(part: ConditionsPart): YamlNode | undefined {
  if (part.items.length === 0) {
    return part.written.kind === 'list' && part.written.items.length === 0 ? list([]) : undefined;
  }
  const texts = part.items.map((item) => printCondition([item]));
  if (texts.includes(undefined)) return undefined;
  return texts.length === 1 ? scalar(texts[0]!) : { kind: 'list', items: (texts as string[]).map(scalar), block: true };
}

function printReference(writing: FileWriting, reference: Reference, shape?: Shape): string {
  if (reference.root === 'storages') {
    const path = shape?.kind === 'scalar' ? shape.path : undefined;
    const isFile = path === 'file' || (path === 'any' && writing.isFile === true);
    const shown = writing.form === 'body' ? fileFlags(reference, writing.bound, isFile) : reference;
    return `\${{ ${printTarget(shown)} }}${reference.path}`;
  }
  const explicit = reference.root === 'data' && writing.ambiguous.has(reference.name.text);
  return `\${{ ${printTarget(reference, explicit)} }}`;
}

/** Any value; `referable` where a text could be taken for a reference. */
function plain(writing: FileWriting, part: Part, referable: boolean): YamlNode {
  switch (part.kind) {
    case 'scalar':
      return scalar(literal(part, referable));
    case 'reference':
      return scalar(printReference(writing, part.reference));
    case 'list':
      return list(part.items.map((item) => plain(writing, item, referable)));
    case 'map':
      return map(
        part.entries.map(({ name, value }) => ({
          key: name.text,
          value: plain(writing, value, referable),
          // Else the map would be a declaration of that parameter.
          ...(referable && name.text === 'parameter' && { quoted: true }),
        })),
      );
    default:
      return writePart(writing, part, { kind: 'any' }) ?? scalar(null);
  }
}

function literal({ value }: ScalarValue, referable: boolean): ScalarValue['value'] {
  return typeof value === 'string' && referable ? escapeLiteral(value) : value;
}

function isReferable(shape: Shape): boolean {
  return referencesAt(shape) !== undefined;
}

function scalar(value: ScalarValue['value']): YamlNode {
  return { kind: 'scalar', value };
}

function list(items: readonly YamlNode[]): YamlNode {
  return { kind: 'list', items };
}

function map(entries: readonly YamlEntry[]): YamlNode {
  return { kind: 'map', entries };
}
