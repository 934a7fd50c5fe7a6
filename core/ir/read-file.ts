// A node of a workflow file, read by the shape that governs it: short forms, list forms and single items are brought to one
// form, references and conditions are read, literals get their type. What does not fit its shape is kept as it stands, for
// check.ts to judge. Findings here are only about texts that cannot be read at all.
import { parseCondition } from '../refs/expression.ts';
import { parseReference } from '../refs/reference.ts';
import {
  bodyMember,
  type Member,
  type ObjectShape,
  type References,
  type ScalarShape,
  type Shape,
  type VariantShape,
} from '../schema/descriptor.ts';
import { inlineParameter, referencesAt } from '../schema/describe.ts';
import { memberOf, variantOf } from '../schema/shape.ts';
import type { MapEntry, MapNode, ScalarNode, SyntaxNode } from '../syntax/tree.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Origin } from '../text/origin.ts';
import { booleanOrText, listExpected, referenceHere } from './findings.ts';
import { jsonScalar, nothing, typedScalar, verbatim } from './literal.ts';
import { type ConditionsPart, emptyMap, type MapPart, type Part, type PartField, valueOf } from './part.ts';
import type { Condition, ListValue, Name, Reference, ReferenceValue, SelectValue, Value } from './workflow.ts';

/** What comes up while an entry is read. */
export interface FileReading {
  readonly findings: Diagnostic[];
  /** Parameters that are declared where they are used. */
  readonly inline: InlineParameter[];
}

export interface InlineParameter {
  readonly name: Name;
  readonly origin: Origin;
  readonly fields: MapPart;
}

/** `at` is where to put what has no text of its own: the key in front. */
export function readPart(reading: FileReading, node: SyntaxNode | undefined, shape: Shape, at: Origin): Part {
  const special = node?.kind === 'map' ? readSpecial(reading, node, shape) : undefined;
  if (special) return special;
  switch (shape.kind) {
    case 'object':
    case 'variants':
      return node ? readObject(reading, node, shape, at) : nothing(at);
    case 'named':
      return readNamed(reading, node, shape.entry, at);
    case 'map':
      return node?.kind === 'map'
        ? readMap(node, (value, key) => readPart(reading, value, shape.value, key))
        : loose(reading, node, shape, at);
    case 'list':
      return readList(reading, node, shape, at);
    case 'conditions':
      return readConditions(reading, node, at);
    case 'any':
      return readAny(reading, node, shape.refs, at);
    case 'scalar': {
      if (node?.kind !== 'scalar') return loose(reading, node, shape, at);
      const text = shape.refs ? readText(reading, node) : readLiteral(reading, node, shape);
      if (typeof text !== 'string') return text;
      const value = typedScalar(node, shape, text);
      if (shape.types.length > 1 && !value.quoted && /^(?:true|false)$/i.test(value.text) && typeof value.value === 'string') {
        reading.findings.push(booleanOrText(node));
      }
      return value;
    }
  }
}

/** A map whose members the shape knows; `named` entries of a list leave their `name` out. */
export function readObject(
  reading: FileReading,
  node: SyntaxNode | undefined,
  shape: ObjectShape | VariantShape,
  at: Origin,
  listed = false,
): Part {
  if (!node) return emptyMap(at);
  const decider = node.kind === 'map' && shape.kind === 'variants' ? lastEntry(node, shape.by)?.value : undefined;
  const object = variantOf(shape, decider?.kind === 'scalar' ? decider.text : undefined);
  const short = object.short === undefined ? undefined : memberOf(object, object.short)!;
  if (short && standsFor(node, object, short)) {
    const value = readPart(reading, node, short.shape, at);
    return { kind: 'map', origin: node.origin, entries: [{ name: { text: short.name, origin: node.origin }, value }] };
  }
  if (node.kind === 'scalar' && (object.refs || short)) return readAny(reading, node, object.refs, at);
  if (node.kind !== 'map') return loose(reading, node, object, at);
  const entries: PartField[] = [];
  for (const { key, value } of node.entries) {
    if (listed && key.text === 'name') continue;
    const member = memberOf(object, key.text);
    const name: Name = { text: member?.alias ?? key.text, origin: key.origin };
    if (key.text === bodyMember) entries.push({ name, value: verbatim(value, key.origin) });
    else if (member) entries.push({ name, value: readPart(reading, value, member.shape, key.origin) });
    else if (!(object.open && key.text.startsWith('x-')))
      entries.push({ name, value: readAny(reading, value, undefined, key.origin) });
  }
  return { kind: 'map', origin: node.origin, entries };
}

/** An entry of a collection, in either form. */
export interface NamedNode {
  /** The object of the tree that stands for the entry: the same one as long as its text does not change. */
  readonly key: MapEntry | SyntaxNode;
  readonly name: Name;
  readonly node: SyntaxNode | undefined;
  /** From the name to the end of the value; of an item of a list, the item. */
  readonly origin: Origin;
  /** Where a missing member is reported. */
  readonly at: Origin;
  readonly listed: boolean;
}

/** Whether the node is a collection, or nothing. */
export function isCollection(node: SyntaxNode | undefined, form: 'file' | 'body'): boolean {
  return !node || node.kind === 'map' || (node.kind === 'seq' && node.items.every((item) => isEntry(item, form)));
}

function isEntry(item: SyntaxNode | undefined, form: 'file' | 'body'): item is ScalarNode | MapNode {
  return item?.kind === 'map' || (item?.kind === 'scalar' && form === 'file');
}

/** Undefined where the node is no collection. In a file a plain name in a list is an entry without settings. */
export function namedNodes(node: SyntaxNode | undefined, form: 'file' | 'body'): readonly NamedNode[] | undefined {
  if (!node) return [];
  if (node.kind === 'map') {
    return node.entries.map((entry) => ({
      key: entry,
      name: { text: entry.key.text, origin: entry.key.origin },
      node: entry.value,
      origin: entry.origin,
      at: entry.key.origin,
      listed: false,
    }));
  }
  if (node.kind !== 'seq') return undefined;
  const nodes: NamedNode[] = [];
  for (const item of node.items) {
    if (!isEntry(item, form)) return undefined;
    if (item.kind === 'scalar') {
      const name = { text: item.text, origin: item.origin };
      nodes.push({ key: item, name, node: undefined, origin: item.origin, at: item.origin, listed: true });
    } else {
      const start = startOf(item.origin);
      const written = lastEntry(item, 'name')?.value;
      const name = written?.kind === 'scalar' ? { text: written.text, origin: written.origin } : { text: '', origin: start };
      nodes.push({ key: item, name, node: item, origin: item.origin, at: start, listed: true });
    }
  }
  return nodes;
}

/** The first character of a range. */
export function startOf(origin: Origin): Origin {
  return { anchor: origin.anchor, from: origin.from, to: Math.min(origin.from + 1, origin.to) };
}

function readNamed(reading: FileReading, node: SyntaxNode | undefined, entry: ObjectShape | VariantShape, at: Origin): Part {
  const nodes = namedNodes(node, 'file');
  if (!nodes) return readAny(reading, node, undefined, at);
  const entries = nodes.map((each) => ({
    name: each.name,
    value: readObject(reading, each.node, entry, each.at, each.listed),
    origin: each.origin,
  }));
  return { kind: 'map', origin: node?.origin ?? at, entries };
}

function readList(reading: FileReading, node: SyntaxNode | undefined, shape: Shape & { kind: 'list' }, at: Origin): Part {
  if (node?.kind === 'seq') {
    const items = node.items.map((item) => readPart(reading, item, shape.item, node.origin));
    return { kind: 'list', origin: node.origin, items: items.map(valueOf) };
  }
  if (!node || !shape.one || (shape.loose && node.kind === 'map')) return loose(reading, node, shape, at);
  if (shape.one === 'warn') reading.findings.push(listExpected(node, shape.rule, true));
  return { kind: 'list', origin: node.origin, items: [valueOf(readPart(reading, node, shape.item, at))] };
}

function readConditions(reading: FileReading, node: SyntaxNode | undefined, at: Origin): Part {
  const written = verbatim(node, at);
  if (!node || node.kind === 'map') return written;
  const items: Condition[] = [];
  let broken = false;
  for (const item of node.kind === 'seq' ? node.items : [node]) {
    if (item?.kind !== 'scalar') return written;
    const parsed = parseCondition(item.text, item.origin);
    if (parsed.finding) reading.findings.push(parsed.finding);
    broken ||= parsed.finding !== undefined;
    items.push(...parsed.conditions);
  }
  return { kind: 'conditions', origin: node.origin, items: broken ? [] : items, written } satisfies ConditionsPart;
}

/** A choice of sources, or a parameter declared in place. */
function readSpecial(reading: FileReading, node: MapNode, shape: Shape): SelectValue | ReferenceValue | undefined {
  const refs = referencesAt(shape);
  const first = node.entries[0];
  if (!refs || !first) return undefined;
  if (refs.select && first.key.text === 'select' && node.entries.length === 1 && first.value?.kind === 'seq') {
    const items = first.value.items.map((item) => valueOf(readPart(reading, item, shape, first.key.origin)));
    return { kind: 'select', origin: node.origin, items };
  }
  const name = refs.parameters && lastEntry(node, 'parameter')?.value;
  if (name?.kind !== 'scalar' || !isDeclaration(node, shape)) return undefined;
  const parameter: Name = { text: name.text, origin: name.origin };
  const declared = { ...node, entries: node.entries.filter((entry) => entry.key.text !== 'parameter') };
  const fields = readObject(reading, declared, { ...inlineParameter(), kind: 'object' }, name.origin) as MapPart;
  reading.inline.push({ name: parameter, origin: node.origin, fields });
  return { kind: 'reference', origin: node.origin, reference: { root: 'parameters', name: parameter } };
}

/** Where any map may stand, one with a member `parameter` is a declaration only if it looks like one, its key without quotes. */
function isDeclaration(node: MapNode, shape: Shape): boolean {
  if (shape.kind === 'object') return memberOf(shape, 'parameter') === undefined && shape.short !== undefined;
  if (shape.kind !== 'any' && !(shape.kind === 'list' && shape.loose)) return shape.kind === 'scalar' || shape.kind === 'list';
  if (lastEntry(node, 'parameter')!.key.style !== 'plain') return false;
  const declaration = inlineParameter();
  return lastEntry(node, 'type') !== undefined && node.entries.every(({ key }) => memberOf(declaration, key.text));
}

/** Whether a node is the short form of an object. */
function standsFor(node: SyntaxNode, object: ObjectShape, short: Member): boolean {
  const refs = referencesAt(short.shape);
  if (node.kind === 'scalar') {
    if (!object.refs) return true;
    const read = parseReference(node.text, node.origin);
    return read?.kind !== 'reference' || !(read.reference.root in object.refs);
  }
  if (node.kind === 'seq') return short.shape.kind === 'list';
  if (node.entries.length === 0 || node.entries.some(({ key }) => key.text === bodyMember || memberOf(object, key.text)))
    return false;
  if (short.shape.kind === 'object') return true;
  return (refs?.select && node.entries[0]!.key.text === 'select') || (refs?.parameters && lastEntry(node, 'parameter'))
    ? true
    : false;
}

function readAny(reading: FileReading, node: SyntaxNode | undefined, refs: References | undefined, at: Origin): Value {
  if (!node) return nothing(at);
  if (!refs) return verbatim(node, at);
  switch (node.kind) {
    case 'scalar': {
      const text = readText(reading, node);
      if (typeof text !== 'string') return text;
      return text === node.text ? jsonScalar(node) : { ...jsonScalar(node), text, value: text };
    }
    case 'seq':
      return {
        kind: 'list',
        origin: node.origin,
        items: node.items.map((item) => readAny(reading, item, refs, node.origin)),
      } satisfies ListValue;
    case 'map':
      return readMap(node, (value, key) => readAny(reading, value, refs, key)) as Value;
  }
}

function readMap(node: MapNode, read: (value: SyntaxNode | undefined, at: Origin) => Part): MapPart {
  const entries = node.entries.map(({ key, value }) => ({
    name: { text: key.text, origin: key.origin },
    value: read(value, key.origin),
  }));
  return { kind: 'map', origin: node.origin, entries };
}

/** A value of another kind than its shape: kept with its references, so that what it names still counts as used. */
function loose(reading: FileReading, node: SyntaxNode | undefined, shape: Shape, at: Origin): Value {
  return readAny(reading, node, referencesAt(shape), at);
}

/** The literal text, or what stands in its place: a reference, or nothing where the text cannot be read. */
function readText(reading: FileReading, node: ScalarNode): string | Value {
  const read = parseReference(node.text, node.origin);
  switch (read?.kind) {
    case undefined:
      return node.text;
    case 'literal':
      if (read.finding) reading.findings.push(read.finding);
      return read.text;
    case 'reference':
      return { kind: 'reference', origin: node.origin, reference: read.reference satisfies Reference };
    case 'broken':
      reading.findings.push(read.finding);
      return { kind: 'scalar', origin: node.origin, text: node.text, value: null, quoted: true };
  }
}

/** Where no reference may stand a text is itself, and `$${{` is `${{` there too; one that looks like a reference is told. */
function readLiteral(reading: FileReading, node: ScalarNode, shape: ScalarShape): string | Value {
  if (!/^\s*\$\{\{[^]*\}\}\s*$/.test(node.text)) return node.text.replaceAll('$${{', () => '${{');
  reading.findings.push(referenceHere(node.origin));
  return shape.types[0] === 'string' ? node.text : { ...nothing(node.origin), text: node.text, quoted: true };
}

function lastEntry(node: MapNode, name: string): MapEntry | undefined {
  return node.entries.findLast((entry) => entry.key.text === name);
}
