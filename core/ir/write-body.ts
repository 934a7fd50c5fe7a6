// A part of the IR as the request body has it, by the shape that governs it: the way back of read-body.ts. Members go to their
// wire path, names of enumerations become the wire's numbers, references `$ref/...`, and what a file leaves out is computed.
import { dataOf } from '../refs/bind.ts';
import { printWireReference } from '../refs/reference.ts';
import {
  bodyMember,
  type Json,
  type Member,
  type ObjectShape,
  type ScalarShape,
  type Shape,
  type VariantShape,
} from '../schema/descriptor.ts';
import { appliesTo, memberOf, variantOf } from '../schema/shape.ts';
import { type BodyTree, isEmptyJson, isObject, merge, put, toJson } from './body-tree.ts';
import { derive, type Place } from './derive.ts';
import { bootFile, isLocalPath, storageFlags } from './paths.ts';
import { type MapPart, type Part, partOf, textOf } from './part.ts';
import type { Condition, Reference, ScalarValue, Value } from './workflow.ts';

/** What a local path is, for whoever says what stands in the body for it. */
export interface LocalPath {
  readonly kind: 'file' | 'folder' | 'any';
}

export interface BodyWriting extends Place {
  readonly section?: 'data' | 'data_requirements' | undefined;
  /** The data is a file, so a storage makes no directory of it. */
  readonly isFile?: boolean;
  /** What stands in the body for a path relative to the file (`./x`, `../x`). */
  readonly paths: (path: string, place: LocalPath) => string;
}

/** Undefined where nothing is written. */
export function writePart(writing: BodyWriting, part: Part, shape: Shape, outer?: BodyTree): Json | BodyTree | undefined {
  switch (part.kind) {
    case 'reference':
      return wireReference(writing, part.reference, shape);
    case 'select':
      return { data_list: part.items.map((item) => toJson(writePart(writing, item, shape) ?? null)) };
    case 'conditions':
      if (part.items.length === 0 && !(part.written.kind === 'list' && part.written.items.length === 0)) return undefined;
      return part.items.map((item) => writeCondition(writing, item));
  }
  switch (shape.kind) {
    case 'object':
    case 'variants':
      return part.kind === 'map' ? writeObject(writing, part, shape, outer) : writeShort(writing, part, shape);
    case 'named':
      if (part.kind !== 'map') break;
      return part.entries.map(({ name, value }, index) => {
        const at = { ...writing, index };
        return toJson(writeEntry(at, name.text, value, shape.entry, index === 0 ? outer : undefined));
      });
    case 'map':
      if (part.kind !== 'map') break;
      return new Map(part.entries.map(({ name, value }) => [name.text, writePart(writing, value, shape.value) ?? null]));
    case 'list':
      if (part.kind !== 'list') break;
      return part.items.map((item) => toJson(writePart(writing, item, shape.item) ?? null));
    case 'scalar':
      if (part.kind === 'scalar') return writeScalar(writing, part, shape);
  }
  return plain(writing, part);
}

/** An entry of a collection: its name, then its members. */
export function writeEntry(
  writing: BodyWriting,
  name: string,
  part: Part,
  shape: ObjectShape | VariantShape,
  outer?: BodyTree,
): BodyTree {
  const tree: BodyTree = new Map([['name', name]]);
  if (part.kind === 'map') writeObject(writing, part, shape, outer, tree);
  return tree;
}

export function writeObject(
  writing: BodyWriting,
  map: MapPart,
  shape: ObjectShape | VariantShape,
  outer?: BodyTree,
  tree: BodyTree = new Map(),
): BodyTree {
  const object = shape.kind === 'variants' ? variantOf(shape, textOf(partOf(map, shape.by))) : shape;
  for (const member of object.members) {
    if (!member.alias && appliesTo(member, writing.section)) writeMember(writing, map, object, member, outer, tree);
  }
  writeConstraints(writing, map, object, tree);
  const rest = partOf(map, bodyMember);
  const verbatim = rest?.kind === 'map' ? plain(writing, rest) : undefined;
  if (isObject(verbatim)) merge(tree, verbatim);
  return tree;
}

function writeMember(
  writing: BodyWriting,
  map: MapPart,
  object: ObjectShape,
  member: Member,
  outer: BodyTree | undefined,
  tree: BodyTree,
): void {
  const { wire = [member.name], shape } = member;
  const part = written(writing, map, member);
  if (wire === false) {
    for (const [name, value] of Object.entries((member.sets && member.sets[textOf(part) ?? '']) ?? {})) {
      if (partOf(map, name) === undefined) put(tree, wireOf(memberOf(object, name)!), value);
    }
    return;
  }
  if (wire[1]?.startsWith('=')) return;
  const value = part ? writePart(writing, part, shape, tree) : absent(writing, member);
  if (value === undefined || (member.empty && isEmptyJson(value))) return;
  if (wire[0] !== '^') put(tree, wire, value);
  else if (outer) put(outer, wire.slice(1), value);
}

/** What is to be written of a member; undefined where it is absent or nothing stands behind its key. */
function written(writing: BodyWriting, map: MapPart, member: Member): Part | undefined {
  if (member.bodyOnly && member.derived) return undefined;
  const part = partOf(map, member.name);
  if (!part || (part.kind === 'scalar' && part.value === null)) return undefined;
  const inside = member.shape.kind === 'scalar' ? member.shape.inside : undefined;
  return inside === undefined ? part : bootFile(part, partOf(map, inside));
}

function absent(writing: BodyWriting, member: Member): Json | BodyTree | undefined {
  if (member.derived) return derive(member.derived, writing);
  if (member.wireDefault !== undefined) return member.wireDefault;
  const { shape } = member;
  if (!member.fill || shape.kind !== 'object') return undefined;
  return writeObject(writing, { kind: 'map', origin: writing.bound.workflow.origin, entries: [] }, shape);
}

function wireOf(member: Member): readonly string[] {
  return member.wire || [member.name];
}

/** Something else than a map in the place of an object: the short form, or what does not fit. */
function writeShort(writing: BodyWriting, part: Part, shape: ObjectShape | VariantShape): Json | BodyTree | undefined {
  const short = shape.kind === 'object' && shape.short !== undefined ? memberOf(shape, shape.short) : undefined;
  if (!short || (part.kind === 'scalar' && part.value === null)) return plain(writing, part);
  const entries = [{ name: { text: short.name, origin: part.origin }, value: part }];
  return writeObject(writing, { kind: 'map', origin: part.origin, entries }, shape);
}

// ---- constraints of data that is asked for

function writeConstraints(writing: BodyWriting, map: MapPart, object: ObjectShape, tree: BodyTree): void {
  const constraints: Json[] = [];
  let at: string | undefined;
  const add = (attribute: string, part: Part, shape: Shape) => {
    const value = writePart(writing, part, shape);
    if (value !== undefined) constraints.push({ attribute, operator: 'equal', value: toJson(value) });
  };
  for (const { name, value } of map.entries) {
    const member = memberOf(object, name.text);
    if (!member?.wire || !member.wire[1]?.startsWith('=') || !appliesTo(member, writing.section)) continue;
    if (value.kind === 'scalar' && value.value === null) continue;
    at = member.wire[0];
    const attribute = member.wire[1].slice(1);
    if (attribute !== '*') add(attribute, value, member.shape);
    else if (value.kind === 'map' && member.shape.kind === 'map') {
      for (const each of value.entries) add(each.name.text, each.value, member.shape.value);
    }
  }
  if (at !== undefined && constraints.length > 0) put(tree, [at], constraints);
}

// ---- values

function writeScalar(writing: BodyWriting, scalar: ScalarValue, shape: ScalarShape): Json {
  const wire = shape.enum?.find(({ value }) => value === scalar.value)?.wire;
  if (wire !== undefined) return wire;
  if (shape.wireText && typeof scalar.value === 'number') return String(scalar.value);
  if (shape.path && typeof scalar.value === 'string' && isLocalPath(scalar.value)) {
    return writing.paths(scalar.value, { kind: shape.path });
  }
  return literal(scalar);
}

function literal({ value, text }: ScalarValue): Json {
  return typeof value === 'number' && !Number.isFinite(value) ? text : value;
}

function wireReference(writing: BodyWriting, reference: Reference, shape?: Shape): string {
  const { bound } = writing;
  switch (reference.root) {
    case 'data': {
      const section = dataOf(bound, reference)?.section ?? reference.section;
      return printWireReference({ ...reference, ...(section && { section }) });
    }
    case 'storages': {
      const path = shape?.kind === 'scalar' ? shape.path : undefined;
      return printWireReference(storageFlags(reference, bound, path === 'file' || (path === 'any' && writing.isFile === true)));
    }
    default:
      return printWireReference(reference);
  }
}

function writeCondition(writing: BodyWriting, condition: Condition): Json {
  const operand = (side: Condition | Value | undefined): Json =>
    side?.kind === 'condition' ? writeCondition(writing, side) : side ? plain(writing, side) : null;
  return { type: condition.operator, left: operand(condition.left), right: operand(condition.right) };
}

/** Any value, with its references in wire form. */
function plain(writing: BodyWriting, part: Part): Json {
  switch (part.kind) {
    case 'scalar':
      return literal(part);
    case 'reference':
      return wireReference(writing, part.reference);
    case 'list':
      return part.items.map((item) => plain(writing, item));
    case 'map':
      return Object.fromEntries(part.entries.map(({ name, value }) => [name.text, plain(writing, value)]));
    default:
      return toJson(writePart(writing, part, { kind: 'any' }) ?? null);
  }
}
