// What the schemas state of single values, held against what was read: members, types, enumerations, ranges, forms.
// Both forms of a document read to the same parts, so one walk serves them. What needs to know other places is a rule.
import {
  bodyMember,
  type Member,
  type ObjectShape,
  type ScalarShape,
  type Shape,
  type VariantShape,
} from '../schema/descriptor.ts';
import { appliesTo, memberOf, variantOf } from '../schema/shape.ts';
import { referencesAt } from '../schema/describe.ts';
import type { Diagnostic, Localized } from '../text/diagnostic.ts';
import type { Origin } from '../text/origin.ts';
import * as findings from './findings.ts';
import { isNothing, type MapPart, type Part, partOf, textOf } from './part.ts';
import { startOf } from './read-file.ts';
import type { ScalarValue } from './workflow.ts';

export interface Checking {
  readonly form: 'file' | 'body';
  readonly findings: Diagnostic[];
  readonly section?: 'data' | 'data_requirements' | undefined;
  /** Inside of something whose type is not known: its members and references are not known either, and that is one mistake. */
  readonly undecided?: boolean;
}

/** `at` is where a missing member is reported: the key in front. */
export function checkPart(checking: Checking, part: Part, shape: Shape, at: Origin): void {
  if (part.kind === 'reference') return checkReference(checking, part.origin, part.reference.root, shape);
  if (part.kind === 'select') {
    if (!referencesAt(shape)?.select) checking.findings.push(findings.referenceHere(part.origin));
    return;
  }
  if (part.kind === 'scalar' && part.value === null) return;
  switch (shape.kind) {
    case 'any':
      return;
    case 'scalar':
      return part.kind === 'scalar' ? checkScalar(checking, part, shape) : mismatch(checking, part, shape);
    case 'conditions':
      return part.kind === 'conditions' ? undefined : mismatch(checking, part, shape);
    case 'list':
      if (part.kind !== 'list') return shape.loose && part.kind === 'map' ? undefined : mismatch(checking, part, shape);
      if (part.items.length < (shape.min ?? 0)) checking.findings.push(findings.tooFew(part.origin, shape));
      for (const item of part.items) {
        if (checking.form === 'body' && item.kind === 'scalar' && item.value === null) mismatch(checking, item, shape.item);
        else checkPart(checking, item, shape.item, startOf(item.origin));
      }
      return;
    case 'map':
      if (part.kind !== 'map') return mismatch(checking, part, shape);
      for (const { name, value } of part.entries) checkPart(checking, value, shape.value, name.origin);
      return;
    case 'named':
      if (part.kind !== 'map') return mismatch(checking, part, shape);
      for (const { name, value, origin } of part.entries) {
        checkPart(checking, value, shape.entry, origin && checking.form === 'body' ? startOf(origin) : name.origin);
      }
      return;
    case 'object':
    case 'variants':
      return part.kind === 'map' ? checkObject(checking, part, shape, at) : mismatch(checking, part, shape);
  }
}

export function checkObject(checking: Checking, map: MapPart, shape: ObjectShape | VariantShape, at: Origin): void {
  const object = shape.kind === 'variants' ? variantOf(shape, textOf(partOf(map, shape.by))) : shape;
  const undecided = checking.undecided || (shape.kind === 'variants' && object === shape.rest);
  const within: Checking = undecided ? { ...checking, undecided } : checking;
  let unknown = false;
  for (const { name, value } of map.entries) {
    if (name.text === bodyMember) continue;
    const member = memberOf(object, name.text);
    if (member && isOpen(checking, member)) checkPart(within, value, member.shape, name.origin);
    else if (!undecided && checking.form === 'file') {
      unknown = true;
      const elsewhere = member && !member.bodyOnly && checking.section;
      checking.findings.push(elsewhere ? findings.memberElsewhere(name, elsewhere) : findings.memberUnknown(name, object));
    }
  }
  // What has a name that nobody knows may well be what is missing.
  if (unknown) return;
  for (const member of object.members) {
    if (!member.required || member.missing || !appliesTo(member, checking.section)) continue;
    const value = partOf(map, member.name);
    if (value && !isNothing(value)) continue;
    const place = map.entries.find(({ name }) => name.text === member.name)?.name.origin ?? map.absent?.get(member.name) ?? at;
    checking.findings.push(findings.memberMissing(member, object.title ?? { en: 'map', zh: '该映射' }, place));
  }
}

function isOpen(checking: Checking, member: Member): boolean {
  return checking.form === 'body' || (!member.bodyOnly && appliesTo(member, checking.section));
}

function checkReference(checking: Checking, origin: Origin, root: string, shape: Shape): void {
  const refs = referencesAt(shape);
  // Which data an input takes is a question of kinds, for a rule.
  if (refs && (root in refs || shape.kind === 'object')) return;
  if (shape.kind === 'any' && !refs) return;
  if (checking.undecided) return;
  const allowed = Object.keys(refs ?? {}).filter((each) => each !== 'select');
  checking.findings.push(findings.referenceHere(origin, root, allowed));
}

function checkScalar(checking: Checking, scalar: ScalarValue, shape: ScalarShape): void {
  const found = scalarFinding(scalar, shape);
  if (found) checking.findings.push(found);
}

function scalarFinding(scalar: ScalarValue, shape: ScalarShape): Diagnostic | undefined {
  const { value } = scalar;
  const numeric = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (shape.enum && !shape.openEnum && fits(value, shape)) {
    return shape.enum.some((each) => each.value === value) ? undefined : findings.valueUnknown(scalar, shape, shape.enum);
  }
  if (!fits(value, shape) && !(shape.lenient && !Number.isNaN(numeric))) {
    const unquoted = scalar.quoted && !Number.isNaN(numeric) && !shape.types.includes('boolean') ? scalar.text : undefined;
    return findings.wrongType(scalar.origin, shape, nameOf(scalar), unquoted);
  }
  const number = typeof value === 'number' ? value : shape.lenient ? numeric : undefined;
  if (number !== undefined) {
    const integer = !shape.types.includes('integer') || shape.types.includes('number') || Number.isInteger(number);
    if (!integer) return findings.wrongType(scalar.origin, shape, nameOf(scalar));
    if (number < (shape.min ?? number) || number > (shape.max ?? number) || number <= (shape.above ?? Number.NEGATIVE_INFINITY)) {
      return findings.outOfRange(scalar, shape);
    }
  }
  if (typeof value !== 'string') return undefined;
  const broken = shape.patterns?.find(({ pattern }) => !new RegExp(pattern, 'u').test(value));
  if (broken) return findings.badFormat(scalar, shape, broken);
  if (value.length < (shape.minLength ?? 0) || value.length > (shape.maxLength ?? value.length))
    return findings.badLength(scalar, shape);
  return undefined;
}

function fits(value: ScalarValue['value'], shape: ScalarShape): boolean {
  switch (typeof value) {
    case 'string':
      return shape.types.includes('string');
    case 'boolean':
      return shape.types.includes('boolean');
    case 'number':
      return shape.types.includes('number') || (shape.types.includes('integer') && Number.isInteger(value));
    default:
      return true;
  }
}

function mismatch(checking: Checking, part: Part, shape: Shape): void {
  checking.findings.push(findings.wrongType(part.origin, shape, nameOf(part)));
}

function nameOf(part: Part): Localized {
  switch (part.kind) {
    case 'list':
      return { en: 'a list', zh: '列表' };
    case 'map':
      return { en: 'a map', zh: '映射' };
    case 'scalar':
      return typeof part.value === 'string' ? { en: 'a text', zh: '文本' } : { en: `\`${part.text}\``, zh: `“${part.text}”` };
    default:
      return { en: 'a reference', zh: '引用' };
  }
}
