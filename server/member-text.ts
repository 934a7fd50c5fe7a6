// How members, values and step kinds of the language are described to a person: the texts of completion and hover.
import type { EnumValue, Json, Member, Shape } from '../core/schema/descriptor.ts';
import { referencesAt } from '../core/schema/describe.ts';
import { shapeName } from '../core/schema/shape.ts';
import { stepKind } from '../core/steps/step-kinds.ts';
import { isStepType } from '../core/steps/step-types.ts';
import type { Localized } from '../core/text/diagnostic.ts';
import type { Language } from './language.ts';

const words = {
  required: { en: 'required', zh: '必填' },
  expected: { en: 'should be given', zh: '建议填写' },
  default: { en: 'Default', zh: '默认值' },
  example: { en: 'Example', zh: '示例' },
  values: { en: 'Values', zh: '取值' },
  reference: { en: 'or a reference', zh: '或引用' },
  source: { en: 'Source', zh: '出处' },
} as const satisfies Record<string, Localized>;

/** Markdown: the member as it is written, with its type; what it is, its default and values, and where it is documented. */
export function memberText(member: Member, language: Language): string {
  const values = enumOf(member.shape);
  return [
    signature(memberSignature(member, language)),
    member.text[language],
    ...(values.length > 0 ? [valueList(values, language)] : []),
    ...(member.default === undefined ? [] : [`${words.default[language]}: ${code(member.default)}`]),
    ...(member.example === undefined ? [] : [`${words.example[language]}: ${code(member.example)}`]),
    ...(member.source ? [`*${words.source[language]}: ${member.source}*`] : []),
  ].join('\n\n');
}

/** A line in the colours of YAML, which every editor knows. */
export function signature(line: string): string {
  return `\`\`\`yaml\n${line}\n\`\`\``;
}

/** `policy: { poll_interval_seconds, max_execution_minutes, skip_conditions }`, `node_count: whole number = 1  # required`. */
function memberSignature({ name, shape, required, expected, default: initial }: Member, language: Language): string {
  const type = membersLine(shape) ?? eitherText(shape, language);
  const value = initial === undefined ? '' : ` = ${typeof initial === 'string' ? initial : JSON.stringify(initial)}`;
  const must = required ? words.required[language] : expected && initial === undefined ? words.expected[language] : undefined;
  return `${name}: ${type}${value}${must ? `  # ${must}` : ''}`;
}

/** The members that a map may have, those first that it should have; of many only some. */
function membersLine(shape: Shape): string | undefined {
  if (shape.kind === 'list') {
    const item = membersLine(shape.item);
    return item && `[${item}]`;
  }
  const object = shape.kind === 'variants' ? shape.rest : shape;
  if (object.kind !== 'object') return undefined;
  const members = object.members.filter(({ hidden, bodyOnly }) => !hidden && !bodyOnly);
  const needed = (member: Member) => (member.required ? 0 : member.expected ? 1 : 2);
  const names = members.toSorted((a, b) => needed(a) - needed(b)).map(({ name }) => name);
  if (names.length === 0) return undefined;
  return `{ ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''} }`;
}

/** One line: `path or a reference · required`. */
export function typeText({ shape, required }: Member, language: Language): string {
  return eitherText(shape, language) + (required ? ` · ${words.required[language]}` : '');
}

function eitherText(shape: Shape, language: Language): string {
  const either = referencesAt(shape) && shape.kind !== 'conditions' ? ` ${words.reference[language]}` : '';
  return shapeName(shape)[language] + either;
}

/** The values that a place takes, for a list those of its items. */
export function enumOf(shape: Shape): readonly EnumValue[] {
  if (shape.kind === 'list') return enumOf(shape.item);
  return shape.kind === 'scalar' ? (shape.enum ?? []) : [];
}

/** What a value means; for a type of step more than the schema's line. */
export function valueText({ value, text }: EnumValue, isStep: boolean, language: Language): string {
  const kind = isStep && isStepType(String(value)) ? stepKind(String(value) as Parameters<typeof stepKind>[0]) : undefined;
  return kind ? `**${kind.label[language]}**\n\n${kind.summary[language]}` : (text?.[language] ?? '');
}

function valueList(values: readonly EnumValue[], language: Language): string {
  const shown = values.slice(0, 20).map(({ value, text }) => `- \`${value}\`${text ? `: ${text[language]}` : ''}`);
  return `${words.values[language]}:\n\n${shown.join('\n')}${values.length > shown.length ? '\n- ...' : ''}`;
}

function code(value: Json): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
