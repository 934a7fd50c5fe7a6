// What may stand at a place of a text: the shape that governs it, and the member or entry that its last key names.
// Completion and hover read it. It looks at the tree only to tell variants apart; it finds nothing wrong.
import { workflowShape } from '../generated/shapes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { bodyMember, type Member, type NamedShape, type ObjectShape, type References, type Shape } from './descriptor.ts';
import { appliesTo, memberOf, variantOf } from './shape.ts';

/** Keys and item numbers from the root of a document. */
export type KeyPath = readonly (string | number)[];

export interface Description {
  /** Governs the value at the path. Variants are decided already, by the tree. */
  readonly shape: Shape;
  /** The last key is this member. */
  readonly member?: Member;
  /** The last key or number is an entry of a collection, with a name of the author's. */
  readonly entry?: true;
  /** The collection or list form that the value is an item of: then `name` is a member too. */
  readonly listed?: true;
  /** Data: which section of the body the entry is written for; undefined where its members decide. */
  readonly section?: 'data_requirements';
}

/** Undefined where the language has nothing: below an unknown member, below a scalar. `root` is one of core/generated/shapes.ts. */
export function describeAt(
  tree: SyntaxNode | undefined,
  path: KeyPath,
  root: ObjectShape = workflowShape,
): Description | undefined {
  let description: Description | undefined = { shape: root };
  let node = tree;
  for (const key of path) {
    description = below(description, key, node);
    if (!description) return undefined;
    node = childOf(node, key);
    description = decide(description, node);
  }
  return description;
}

/** Members that an author can add to the map at this place, in the order of the schema. */
export function offeredMembers(description: Description, present: ReadonlySet<string>): readonly Member[] {
  const shape = description.shape;
  const offered = membersOf(shape, present).filter(
    (member) =>
      !present.has(member.name) &&
      !(member.alias && present.has(member.alias)) &&
      !member.hidden &&
      !member.bodyOnly &&
      appliesTo(member, description.section),
  );
  return description.listed && !present.has('name') ? [nameMember, ...offered] : offered;
}

/** The references that may stand in place of the value; those of the short form included. */
export function referencesAt(shape: Shape): References | undefined {
  if (shape.kind === 'object' && shape.short) {
    const inner = referencesAt(memberOf(shape, shape.short)!.shape);
    return shape.refs || inner ? { ...inner, ...shape.refs } : undefined;
  }
  if (shape.kind === 'list' && shape.one && !shape.refs) return referencesAt(shape.item);
  return shape.refs;
}

/** `name` of an entry in list form. */
export const nameMember: Member = {
  name: 'name',
  shape: { kind: 'scalar', types: ['string'] },
  text: { en: 'Name of the entry.', zh: '名称。' },
  required: true,
};

/** `parameter` of an inline declaration: `{ parameter: batch_size, type: int }`. */
export const parameterMember: Member = {
  name: 'parameter',
  shape: { kind: 'scalar', types: ['string'] },
  text: {
    en: 'Name of the parameter that is declared here, where it is used.',
    zh: '在使用处声明的参数的名称。',
  },
  required: true,
};

/** `select` in place of a source. */
export const selectMember: Member = {
  name: 'select',
  shape: { kind: 'list', item: { kind: 'any', refs: { data: [], steps: [] } } },
  text: {
    en: 'Sources of which the one whose step ran is taken.',
    zh: '候选数据来源，取实际运行的节点的输出。',
  },
};

/** What an inline declaration may have: the members of a parameter. */
export function inlineParameter(): ObjectShape {
  const parameters = memberOf(workflowShape, 'parameters')!.shape as NamedShape;
  const declared = parameters.entry as ObjectShape;
  return { ...declared, members: [parameterMember, ...declared.members] };
}

function membersOf(shape: Shape, present: ReadonlySet<string>): readonly Member[] {
  if (shape.kind === 'list' && shape.one) return membersOf(shape.item, present);
  const refs = referencesAt(shape);
  const special = present.size === 0 ? [...(refs?.select ? [selectMember] : [])] : [];
  if (shape.kind !== 'object') return special;
  const short = shape.short ? memberOf(shape, shape.short)! : undefined;
  if (short?.shape.kind !== 'object') return [...shape.members, ...special];
  // An input: its data may be written in its place.
  return [...short.shape.members, ...(present.size === 0 ? [] : shape.members), ...special];
}

function below(description: Description, key: string | number, node: SyntaxNode | undefined): Description | undefined {
  const { shape } = description;
  if (key === bodyMember) return { shape: { kind: 'any' } };
  switch (shape.kind) {
    case 'object': {
      if (typeof key === 'number') {
        return shape.short ? below({ shape: memberOf(shape, shape.short)!.shape }, key, node) : undefined;
      }
      const member = memberOf(shape, key);
      if (member) {
        return { shape: member.shape, member, ...(member.section === 'data_requirements' && { section: member.section }) };
      }
      if (description.listed && key === 'name') return { shape: nameMember.shape, member: nameMember };
      if (shape.short) return below({ shape: memberOf(shape, shape.short)!.shape }, key, node) ?? special(shape, key, node);
      return special(shape, key, node);
    }
    case 'variants':
      return below({ ...description, shape: decided(shape, node) }, key, node);
    case 'named':
      return {
        shape: shape.entry,
        entry: true,
        ...(typeof key === 'number' && { listed: true }),
        ...(description.section && { section: description.section }),
      };
    case 'map':
      return { shape: shape.value, entry: true };
    case 'list':
      if (typeof key === 'number') return { shape: shape.item };
      return shape.one || shape.loose ? below({ shape: shape.item }, key, node) : undefined;
    case 'any':
      return special(shape, key, node) ?? { shape: { kind: 'any', ...(shape.refs && { refs: shape.refs }) } };
    case 'conditions':
      return typeof key === 'number' ? { shape } : undefined;
    case 'scalar':
      return special(shape, key, node);
  }
}

/** Members that may stand where a value is expected: of an inline declaration, or a choice of sources. */
function special(shape: Shape, key: string | number, node: SyntaxNode | undefined): Description | undefined {
  if (typeof key === 'number') return undefined;
  const refs = referencesAt(shape);
  if (refs?.select && key === 'select') return { shape: selectMember.shape, member: selectMember };
  if (!refs?.parameters || node?.kind !== 'map' || !node.entries.some((entry) => entry.key.text === 'parameter'))
    return undefined;
  const member = memberOf(inlineParameter(), key);
  return member && { shape: member.shape, member };
}

function decide(description: Description, node: SyntaxNode | undefined): Description {
  if (description.shape.kind !== 'variants') return description;
  return { ...description, shape: decided(description.shape, node) };
}

function decided(shape: Shape & { kind: 'variants' }, node: SyntaxNode | undefined): ObjectShape {
  const type = node?.kind === 'map' ? node.entries.findLast((entry) => entry.key.text === shape.by)?.value : undefined;
  return variantOf(shape, type?.kind === 'scalar' ? type.text : undefined);
}

function childOf(node: SyntaxNode | undefined, key: string | number): SyntaxNode | undefined {
  if (typeof key === 'number') return node?.kind === 'seq' ? node.items[key] : undefined;
  return node?.kind === 'map' ? node.entries.findLast((entry) => entry.key.text === key)?.value : undefined;
}
