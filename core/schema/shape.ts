// Questions to one shape: which member has a name, which variant holds, what a shape is called. No tree is walked here.
import type { Localized } from '../text/diagnostic.ts';
import type { Member, ObjectShape, ScalarShape, Shape, VariantShape } from './descriptor.ts';

export function memberOf(shape: ObjectShape, name: string): Member | undefined {
  return shape.members.find((member) => member.name === name);
}

/** The object that holds where the deciding member has this value. */
export function variantOf(shape: ObjectShape | VariantShape, decider: string | undefined): ObjectShape {
  if (shape.kind === 'object') return shape;
  return shape.of.find(([value]) => value === decider)?.[1] ?? shape.rest;
}

/** Whether this member counts for data of the section. */
export function appliesTo(member: Member, section: 'data' | 'data_requirements' | undefined): boolean {
  return section === undefined || member.section === undefined || member.section === section;
}

/** What an author calls the values of a shape: `int`, `list of text`, `job`. */
export function shapeName(shape: Shape): Localized {
  switch (shape.kind) {
    case 'scalar':
      return scalarName(shape);
    case 'list': {
      const item = shapeName(shape.item);
      return { en: `list of ${item.en}`, zh: `${item.zh}的列表` };
    }
    case 'object':
      return shape.title ?? { en: 'map', zh: '映射' };
    case 'variants':
      return shape.rest.title ?? { en: 'map', zh: '映射' };
    case 'named': {
      const entry = shapeName(shape.entry);
      return { en: `map of names to ${entry.en}`, zh: `以名称为键的${entry.zh}` };
    }
    case 'map':
      return { en: 'map', zh: '映射' };
    case 'conditions':
      return { en: 'condition', zh: '条件表达式' };
    case 'any':
      return { en: 'any value', zh: '任意值' };
  }
}

const scalarNames: Readonly<Record<string, Localized>> = {
  string: { en: 'text', zh: '文本' },
  integer: { en: 'whole number', zh: '整数' },
  number: { en: 'number', zh: '数字' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
};

function scalarName(shape: ScalarShape): Localized {
  if (shape.enum && !shape.openEnum && shape.types.length === 1 && shape.types[0] === 'string') {
    return { en: 'one of the listed values', zh: '所列取值之一' };
  }
  if (shape.path) return { en: 'path', zh: '路径' };
  const names = shape.types.map((type) => scalarNames[type]!);
  return { en: names.map(({ en }) => en).join(' or '), zh: names.map(({ zh }) => zh).join('或') };
}
