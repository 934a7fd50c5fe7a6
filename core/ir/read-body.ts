// A node of a request body, read by the shape that governs it into what the file would say: members are found by their wire
// path, numbers of enumerations become names, constraints become members. What the language cannot say stays in `x-body`.
import { printCondition } from '../refs/expression.ts';
import { parseWireReference } from '../refs/reference.ts';
import type { ConditionsShape, ListShape, Member, ObjectShape, References, Shape, VariantShape } from '../schema/descriptor.ts';
import { referencesAt } from '../schema/describe.ts';
import { appliesTo, variantOf } from '../schema/shape.ts';
import type { MapNode, ScalarNode, SyntaxNode } from '../syntax/tree.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Origin } from '../text/origin.ts';
import { listExpected, listInBody, wrongType } from './findings.ts';
import { jsonScalar, nothing, unreadable, verbatim, wireScalar } from './literal.ts';
import { type ConditionsPart, isEmptyPart, type MapPart, type Part, type PartField, valueOf } from './part.ts';
import { checkEntry, type NamedNode, namedNodes } from './read-file.ts';
import { type Found, Taker } from './taker.ts';
import type { Condition, Field, Name, ReferenceValue, Value } from './workflow.ts';

export interface BodyReading {
  readonly findings: Diagnostic[];
  readonly section?: 'data' | 'data_requirements' | undefined;
}

export function readBodyPart(reading: BodyReading, node: SyntaxNode | undefined, shape: Shape, at: Origin, outer?: Taker): Part {
  const special = node && shape.kind !== 'conditions' && referencesAt(shape) ? readSpecial(reading, node, shape) : undefined;
  if (special) return special;
  switch (shape.kind) {
    case 'object':
    case 'variants':
      return node?.kind === 'map' ? readBodyObject(reading, new Taker(node), shape, outer) : readBodyAny(node, shape.refs, at);
    case 'named': {
      const nodes = node?.kind === 'seq' ? namedNodes(node, 'body') : undefined;
      if (!nodes) return readBodyAny(node, undefined, at);
      const entries = nodes.map((each, index) => readBodyEntry(reading, each, shape.entry, index === 0 ? outer : undefined));
      return { kind: 'map', origin: node!.origin, entries };
    }
    case 'map':
      return node?.kind === 'map' ? readMap(reading, node, shape.value) : readBodyAny(node, shape.refs, at);
    case 'list':
      return readList(reading, node, shape, at);
    case 'conditions':
      return readConditions(reading, node, shape, at);
    case 'scalar':
      return node?.kind === 'scalar' ? wireScalar(node, shape) : readBodyAny(node, shape.refs, at);
    case 'any':
      return readBodyAny(node, shape.refs, at);
  }
}

/** An entry of a collection; its `name` is taken. */
export function readBodyEntry(
  reading: BodyReading,
  named: NamedNode,
  shape: ObjectShape | VariantShape,
  outer?: Taker,
): PartField {
  if (!checkEntry(reading, named, shape) || named.node?.kind !== 'map') {
    return { name: named.name, value: unreadable(named.origin), origin: named.origin };
  }
  const taker = new Taker(named.node);
  taker.find(['name'])?.take();
  return { name: named.name, value: readBodyObject(reading, taker, shape, outer), origin: named.origin };
}

export function readBodyObject(reading: BodyReading, taker: Taker, shape: ObjectShape | VariantShape, outer?: Taker): MapPart {
  const decider = shape.kind === 'variants' ? taker.find([shape.by])?.entry.value : undefined;
  const object = variantOf(shape, decider?.kind === 'scalar' ? decider.text : undefined);
  const entries: PartField[] = [];
  const absent = new Map<string, Origin>();
  for (const member of object.members) {
    if (member.alias || !appliesTo(member, reading.section)) continue;
    const place = readMember(reading, taker, member, outer, entries);
    if (place) absent.set(member.name, place);
  }
  readConstraints(reading, taker, object, entries);
  const rest = taker.restField();
  if (rest) entries.push(rest);
  return { kind: 'map', origin: taker.node.origin, entries, ...(absent.size > 0 && { absent }) };
}

/** Answers where the member would stand, when it does not and something is there on the way to it. */
function readMember(
  reading: BodyReading,
  taker: Taker,
  member: Member,
  outer: Taker | undefined,
  into: PartField[],
): Origin | undefined {
  const wire = member.wire ?? [member.name];
  if (wire === false || wire[1]?.startsWith('=')) return undefined;
  const [holder, path] = wire[0] === '^' ? [outer, wire.slice(1)] : [taker, wire];
  const found = holder?.find(path);
  if (!found) return holder?.place(path);
  const { key, value } = found.entry;
  // The service writes null for what is not there; no member of the language says so.
  if (!value || (value.kind === 'scalar' && jsonScalar(value).value === null)) return key.origin;
  if (member.shape.kind === 'named' && value.kind === 'map') {
    reading.findings.push(listInBody(key.origin));
    into.push({ name: { text: member.name, origin: key.origin }, value: unreadable(key.origin) });
    return undefined;
  }
  const part = readMemberPart(reading, found, member.shape, taker);
  if (member.bodyOnly && member.shape.kind === 'any' && !isEmptyPart(part)) return undefined;
  const exact = part.kind !== 'conditions' || isExact(part, value);
  if (exact) found.take();
  if (!(member.empty && isEmptyPart(part))) into.push({ name: { text: member.name, origin: key.origin }, value: part });
  return undefined;
}

/** An object of which other members took parts already (`policy.scenes`) is read on, so that nothing is read twice. */
function readMemberPart(reading: BodyReading, found: Found, shape: Shape, outer: Taker): Part {
  const { key, value } = found.entry;
  const within = shape.kind === 'object' && value?.kind === 'map' ? found.open() : undefined;
  const special = within && value && referencesAt(shape) ? readSpecial(reading, value, shape) : undefined;
  if (within && !special && shape.kind === 'object') return readBodyObject(reading, within, shape, outer);
  return special ?? readBodyPart(reading, value, shape, key.origin, outer);
}

// ---- constraints of data that is asked for

interface Constraint {
  readonly name: Name;
  readonly value: SyntaxNode | undefined;
}

function readConstraints(reading: BodyReading, taker: Taker, object: ObjectShape, into: PartField[]): void {
  const members = object.members.filter(
    (member) => member.wire && member.wire[1]?.startsWith('=') && appliesTo(member, reading.section),
  );
  if (members.length === 0) return;
  const found = taker.find([(members[0]!.wire as readonly string[])[0]!]);
  const constraints = found && constraintsOf(found.entry.value);
  if (!found || !constraints) return;
  found.take();
  const others: Field[] = [];
  for (const { name, value } of constraints) {
    const member = members.find((each) => (each.wire as readonly string[])[1] === `=${name.text}`);
    if (member)
      into.push({
        name: { text: member.name, origin: name.origin },
        value: readBodyPart(reading, value, member.shape, name.origin),
      });
    else others.push({ name, value: readBodyAny(value, { parameters: [] }, name.origin) });
  }
  const rest = members.find((each) => (each.wire as readonly string[])[1] === '=*');
  if (rest && others.length > 0) {
    const { origin } = found.entry.key;
    into.push({ name: { text: rest.name, origin }, value: { kind: 'map', origin: found.entry.value!.origin, entries: others } });
  }
}

/** Undefined where they say more than that attributes equal values, once each. */
function constraintsOf(node: SyntaxNode | undefined): readonly Constraint[] | undefined {
  if (node?.kind !== 'seq') return undefined;
  const constraints: Constraint[] = [];
  for (const item of node.items) {
    if (item?.kind !== 'map' || item.entries.length !== 3) return undefined;
    const attribute = valueIn(item, 'attribute');
    const operator = valueIn(item, 'operator');
    const value = valueIn(item, 'value');
    if (!isText(attribute) || operator?.kind !== 'scalar' || operator.text !== 'equal' || !value) return undefined;
    if (value.kind === 'scalar' && jsonScalar(value).value === null) return undefined;
    if (constraints.some(({ name }) => name.text === attribute.text)) return undefined;
    constraints.push({ name: { text: attribute.text, origin: attribute.origin }, value });
  }
  return constraints;
}

// ---- conditions

function readConditions(reading: BodyReading, node: SyntaxNode | undefined, shape: ConditionsShape, at: Origin): Part {
  const written = verbatim(node, at);
  if (node?.kind !== 'seq') return written;
  for (const item of node.items) {
    if (item?.kind !== 'map')
      reading.findings.push(wrongType(item?.origin ?? node.origin, shape, { en: 'another value', zh: '其他类型' }));
  }
  const items = node.items.flatMap((item) => (item?.kind === 'map' ? [readCondition(reading, item, shape.refs)] : []));
  return { kind: 'conditions', origin: node.origin, items, written } satisfies ConditionsPart;
}

function readCondition(reading: BodyReading, node: MapNode, refs: References | undefined): Condition {
  const type = valueIn(node, 'type');
  const side = (name: string) => {
    const value = valueIn(node, name);
    const nested = value?.kind === 'map' && valueIn(value, 'type') ? value : undefined;
    return nested ? readCondition(reading, nested, refs) : value && readOperand(reading, value, refs);
  };
  return {
    kind: 'condition',
    origin: node.origin,
    operator: type?.kind === 'scalar' ? type.text : '',
    operatorOrigin: type?.origin ?? node.origin,
    left: side('left'),
    right: side('right'),
  };
}

function readOperand(reading: BodyReading, node: SyntaxNode, refs: References | undefined): Value {
  if (node.kind === 'seq') {
    const items = node.items.map((item) => (item ? readOperand(reading, item, refs) : nothing(node.origin)));
    return { kind: 'list', origin: node.origin, items };
  }
  return (node.kind === 'map' && metricOf(node)) || readValue(reading, node, refs);
}

/** The SDK's MetricInfo as an operand: `{ input_data: $ref/consumptions/..., json_key }`. */
function metricOf(node: MapNode): ReferenceValue | undefined {
  const input = valueIn(node, 'input_data');
  const key = valueIn(node, 'json_key');
  if (node.entries.length !== 2 || !isText(input) || !isText(key)) return undefined;
  const read = parseWireReference(input.text, input.origin);
  if (read?.kind !== 'reference' || read.reference.root !== 'steps' || read.reference.key) return undefined;
  const reference = { ...read.reference, key: { text: key.text, origin: key.origin } };
  return { kind: 'reference', origin: node.origin, reference };
}

/** Whether an expression says all that the trees say; else they stay verbatim beside it. */
function isExact(part: ConditionsPart, node: SyntaxNode): boolean {
  if (part.items.length === 0) return isEmptyPart(part.written);
  if (node.kind !== 'seq' || part.items.length !== node.items.length) return false;
  const plain = (each: SyntaxNode | undefined): boolean =>
    each?.kind !== 'map' ||
    !valueIn(each, 'type') ||
    (each.entries.length === 3 && each.entries.every(({ value }) => plain(value)));
  return node.items.every(plain) && printCondition(part.items) !== undefined;
}

// ---- values

function readList(reading: BodyReading, node: SyntaxNode | undefined, shape: ListShape, at: Origin): Part {
  if (node?.kind === 'seq') {
    const items = node.items.map((item) => valueOf(readBodyPart(reading, item, shape.item, node.origin)));
    return { kind: 'list', origin: node.origin, items };
  }
  if (!node || !shape.one || (shape.loose && node.kind === 'map')) return readBodyAny(node, referencesAt(shape), at);
  if (shape.item.kind === 'scalar' && node.kind !== 'scalar') return readBodyAny(node, referencesAt(shape), at);
  if (shape.one === 'warn') reading.findings.push(listExpected(node, shape.rule, false));
  return { kind: 'list', origin: node.origin, items: [valueOf(readBodyPart(reading, node, shape.item, at))] };
}

function readMap(reading: BodyReading, node: MapNode, shape: Shape): MapPart {
  const entries = node.entries.map(({ key, value }) => ({
    name: { text: key.text, origin: key.origin },
    value: readBodyPart(reading, value, shape, key.origin),
  }));
  return { kind: 'map', origin: node.origin, entries };
}

/** A reference, or a choice of sources; undefined where the node is neither. */
function readSpecial(reading: BodyReading, node: SyntaxNode, shape: Shape): Value | undefined {
  if (node.kind === 'scalar') return readReference(reading, node);
  const refs = referencesAt(shape);
  if (!refs?.select || node.kind !== 'map' || node.entries.length !== 1 || node.entries[0]!.key.text !== 'data_list')
    return undefined;
  const list = node.entries[0]!.value;
  if (list?.kind !== 'seq') return undefined;
  const items = list.items.map((item) => valueOf(readBodyPart(reading, item, shape, list.origin)));
  return { kind: 'select', origin: node.origin, items };
}

function readReference(reading: BodyReading, node: ScalarNode): Value | undefined {
  if (node.style === 'plain') return undefined;
  const read = parseWireReference(node.text, node.origin);
  if (read?.kind === 'reference') return { kind: 'reference', origin: node.origin, reference: read.reference };
  if (read?.kind === 'broken') reading.findings.push(read.finding);
  return undefined;
}

function readValue(reading: BodyReading, node: SyntaxNode | undefined, refs: References | undefined): Value {
  if (!node) return nothing({ anchor: { offset: 0 }, from: 0, to: 0 });
  return (node.kind === 'scalar' && refs && readReference(reading, node)) || readAnyIn(reading, node, refs);
}

function readBodyAny(node: SyntaxNode | undefined, refs: References | undefined, at: Origin): Value {
  if (!node) return nothing(at);
  return refs ? readAnyIn({ findings: [] }, node, refs) : verbatim(node, at);
}

function readAnyIn(reading: BodyReading, node: SyntaxNode, refs: References | undefined): Value {
  switch (node.kind) {
    case 'scalar':
      return (refs && readReference(reading, node)) || jsonScalar(node);
    case 'seq':
      return {
        kind: 'list',
        origin: node.origin,
        items: node.items.map((item) => (item ? readAnyIn(reading, item, refs) : nothing(node.origin))),
      };
    case 'map':
      return {
        kind: 'map',
        origin: node.origin,
        entries: node.entries.map(({ key, value }) => ({
          name: { text: key.text, origin: key.origin },
          value: value ? readAnyIn(reading, value, refs) : nothing(key.origin),
        })),
      };
  }
}

function isText(node: SyntaxNode | undefined): node is ScalarNode {
  return node?.kind === 'scalar' && node.style !== 'plain';
}

function valueIn(node: MapNode, name: string): SyntaxNode | undefined {
  return node.entries.findLast(({ key }) => key.text === name)?.value;
}
