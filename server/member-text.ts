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
  default: { en: 'Default', zh: '默认值' },
  example: { en: 'Example', zh: '示例' },
  values: { en: 'Values', zh: '取值' },
  reference: { en: 'or a reference', zh: '或引用' },
  source: { en: 'Source', zh: '出处' },
} as const satisfies Record<string, Localized>;

/** Markdown: what it is, its type, default and values, and where it is documented. */
export function memberText(member: Member, language: Language): string {
  const values = enumOf(member.shape);
  return [
    `**${member.name}** · ${typeText(member, language)}`,
    member.text[language],
    ...(values.length > 0 ? [valueList(values, language)] : []),
    ...(member.default === undefined ? [] : [`${words.default[language]}: ${code(member.default)}`]),
    ...(member.example === undefined ? [] : [`${words.example[language]}: ${code(member.example)}`]),
    ...(member.source ? [`*${words.source[language]}: ${member.source}*`] : []),
  ].join('\n\n');
}

/** One line: `path or a reference · required`. */
export function typeText({ shape, required }: Member, language: Language): string {
  const refs = referencesAt(shape);
  const type = shapeName(shape)[language];
  const either = refs && shape.kind !== 'conditions' ? ` ${words.reference[language]}` : '';
  return type + either + (required ? ` · ${words.required[language]}` : '');
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
