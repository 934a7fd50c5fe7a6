// The texts of structural findings: what reading and checking by the schemas say. Codes are the rule's own where the schema
// names one (`x-rule`), else one of the seven of this file.
import type { EnumValue, Member, ObjectShape, Pattern, ScalarShape, Shape } from '../schema/descriptor.ts';
import { shapeName } from '../schema/shape.ts';
import { nearest } from '../refs/nearest.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Diagnostic, Fix, Localized, Severity } from '../text/diagnostic.ts';
import { type Origin, spanOf } from '../text/origin.ts';
import type { Name, ScalarValue } from './workflow.ts';

export const structuralCodes = [
  'member-unknown',
  'member-missing',
  'value-type',
  'value-unknown',
  'value-range',
  'value-format',
  'reference-not-allowed',
  'boolean-or-text',
] as const;

/** `meant`: what it was read as. */
export function memberUnknown(name: Name, shape: ObjectShape, meant?: string): Diagnostic {
  const known = shape.members.filter((member) => !member.bodyOnly).map((member) => member.name);
  const suggestion = meant ?? nearest(name.text, known);
  const holder = shape.title ?? { en: 'map', zh: '映射' };
  const shown = shape.members.filter((member) => !member.bodyOnly && !member.hidden).map((member) => `\`${member.name}\``);
  const list = shown.length > 12 ? `${shown.slice(0, 12).join(', ')}, ...` : shown.join(', ');
  return {
    code: 'member-unknown',
    severity: 'error',
    message: suggestion
      ? {
          en: `\`${name.text}\` is no member of a ${holder.en}; did you mean \`${suggestion}\`?`,
          zh: `${holder.zh}没有成员“${name.text}”；是否想写 \`${suggestion}\`？`,
        }
      : {
          en: `\`${name.text}\` is no member of a ${holder.en}${list ? `; there are ${list}` : ''}. What only the service knows stands below \`x-body\`.`,
          zh: `${holder.zh}没有成员“${name.text}”${list ? `；可用的有 ${list}` : ''}。仅服务端已知的成员请写在 \`x-body\` 下。`,
        },
    origin: name.origin,
    ...(suggestion && { fixes: () => [replaceWith(name.origin, suggestion)] }),
  };
}

/** A member of data that counts where the data are asked for, or where they are fixed, and not here. */
export function memberElsewhere(name: Name, section: 'data' | 'data_requirements'): Diagnostic {
  return {
    code: 'member-unknown',
    severity: 'error',
    message:
      section === 'data'
        ? {
            en: `\`${name.text}\` is for data that are asked for; these are fixed, since they have a \`value\`. Use \`default\` in its place, or leave \`${name.text}\` out.`,
            zh: `\`${name.text}\` 用于运行前询问的数据；此处有 \`value\`，是固定的数据。请改用 \`default\`，或去掉 \`${name.text}\`。`,
          }
        : {
            en: `\`${name.text}\` is for fixed data; these are asked for. Use \`default\` in its place.`,
            zh: `\`${name.text}\` 用于固定的数据；此处的数据在运行前询问。请改用 \`default\`。`,
          },
    origin: name.origin,
  };
}

export function memberMissing(member: Member, holder: Localized, at: Origin): Diagnostic {
  return {
    code: 'member-missing',
    severity: 'error',
    message: {
      en: `\`${member.name}\` is missing: a ${holder.en} needs it. ${member.text.en}`,
      zh: `缺少 \`${member.name}\`：${holder.zh}必须填写。${member.text.zh}`,
    },
    origin: at,
  };
}

export function wrongType(origin: Origin, shape: Shape, found: Localized, unquoted?: string): Diagnostic {
  const expected = shapeName(shape);
  return {
    ...codeOf(shape, 'value-type'),
    message: { en: `This should be ${expected.en}, not ${found.en}.`, zh: `此处应为${expected.zh}，而不是${found.zh}。` },
    origin,
    ...(unquoted !== undefined && { fixes: () => [replaceWith(origin, unquoted)] }),
  };
}

export function valueUnknown(scalar: ScalarValue, shape: ScalarShape, values: readonly EnumValue[]): Diagnostic {
  const known = values.map(({ value }) => String(value));
  const suggestion = nearest(scalar.text, known);
  const list = known.map((each) => `\`${each}\``);
  return {
    ...codeOf(shape, 'value-unknown'),
    message: {
      en: `\`${scalar.text}\` is not known here; ${suggestion ? `did you mean \`${suggestion}\`?` : `it is one of ${list.join(', ')}.`}`,
      zh: `未知的取值“${scalar.text}”；${suggestion ? `是否想写 \`${suggestion}\`？` : `可用的有 ${list.join('、')}。`}`,
    },
    origin: scalar.origin,
    ...(suggestion && { fixes: () => [replaceWith(scalar.origin, scalar.quoted ? JSON.stringify(suggestion) : suggestion)] }),
  };
}

export function outOfRange(scalar: ScalarValue, shape: ScalarShape): Diagnostic {
  const { min, max, above } = shape;
  const range: Localized =
    above !== undefined
      ? { en: `greater than ${above}`, zh: `大于 ${above}` }
      : max === undefined
        ? { en: `at least ${min}`, zh: `不小于 ${min}` }
        : min === undefined
          ? { en: `at most ${max}`, zh: `不大于 ${max}` }
          : { en: `from ${min} to ${max}`, zh: `介于 ${min} 与 ${max} 之间` };
  return {
    ...codeOf(shape, 'value-range'),
    message: {
      en: `\`${scalar.text}\` is out of range: the number is ${range.en}.`,
      zh: `“${scalar.text}”超出范围：应${range.zh}。`,
    },
    origin: scalar.origin,
  };
}

export function badFormat(scalar: ScalarValue, shape: ScalarShape, pattern: Pattern): Diagnostic {
  const code = codeOf(shape, 'value-format');
  const shown = scalar.text.length > 40 ? `${scalar.text.slice(0, 40)}…` : scalar.text;
  return {
    ...code,
    ...(pattern.rule && { code: pattern.rule }),
    message: {
      en: `\`${shown}\` does not have the right form. ${pattern.text.en}.`,
      zh: `“${shown}”的格式不正确。${pattern.text.zh}。`,
    },
    origin: scalar.origin,
  };
}

export function badLength(scalar: ScalarValue, shape: ScalarShape): Diagnostic {
  const { minLength: least, maxLength: most } = shape;
  return {
    ...codeOf(shape, 'value-format'),
    message: {
      en: `The text has ${scalar.text.length} characters; ${most === undefined ? `at least ${least}` : `at most ${most}`} are allowed.`,
      zh: `文本有 ${scalar.text.length} 个字符；${most === undefined ? `至少 ${least}` : `最多 ${most}`} 个。`,
    },
    origin: scalar.origin,
  };
}

export function tooFew(origin: Origin, shape: Shape): Diagnostic {
  return {
    ...codeOf(shape, 'value-range'),
    message: { en: 'The list is empty; it needs at least one item.', zh: '列表为空；至少需要一项。' },
    origin,
  };
}

export function listExpected(node: SyntaxNode, rule: string | undefined, fixable: boolean): Diagnostic {
  return {
    code: rule ?? 'value-type',
    severity: 'warning',
    message: {
      en: 'A list is expected here; a single value is taken as a list of one and written as a list on release.',
      zh: '此处应为列表；单个值按只有一项的列表处理，发布时写为列表。',
    },
    origin: node.origin,
    ...(fixable && node.kind === 'scalar' && { fixes: () => [bracketed(node.origin)] }),
  };
}

/** Collections of a file are maps by name; those of a body are lists. */
export function listInBody(origin: Origin): Diagnostic {
  return {
    code: 'value-type',
    severity: 'error',
    message: {
      en: 'A request body has a list of objects with their `name` here, not a map.',
      zh: '请求体中此处应为带 `name` 的对象列表，而不是映射。',
    },
    origin,
  };
}

/** `root` is what the reference begins with; undefined where no reference may stand at all. */
export function referenceHere(origin: Origin, root?: string, allowed: readonly string[] = []): Diagnostic {
  const list = allowed.map((each) => `\`${each}\``).join(', ');
  return {
    code: 'reference-not-allowed',
    severity: 'error',
    message:
      root === undefined || allowed.length === 0
        ? { en: 'No reference can stand here: the service takes the text as it is.', zh: '此处不能使用引用：服务会按原文处理。' }
        : {
            en: `A reference to \`${root}\` cannot stand here; allowed are ${list}.`,
            zh: `此处不能引用 \`${root}\`；可用的有 ${list}。`,
          },
    origin,
  };
}

export function booleanOrText(node: SyntaxNode & { kind: 'scalar' }): Diagnostic {
  const { origin, text } = node;
  return {
    code: 'boolean-or-text',
    severity: 'hint',
    message: {
      en: `Text or boolean? \`${text}\` is passed on as the text; write \`${text.toLowerCase()}\` for the boolean.`,
      zh: `文本还是布尔值？\`${text}\` 按文本传递；布尔值请写 \`${text.toLowerCase()}\`。`,
    },
    origin,
    fixes: () => [replaceWith(origin, JSON.stringify(text)), replaceWith(origin, text.toLowerCase())],
  };
}

function codeOf(shape: Shape, code: string): { readonly code: string; readonly severity: Severity } {
  return { code: shape.rule ?? code, severity: shape.severity ?? 'error' };
}

function replaceWith(origin: Origin, text: string): Fix {
  return {
    title: { en: `Change to \`${text}\``, zh: `改为 \`${text}\`` },
    edits: [{ span: spanOf(origin), text }],
    preferred: true,
  };
}

function bracketed(origin: Origin): Fix {
  const { start, end } = spanOf(origin);
  return {
    title: { en: 'Make it a list', zh: '改为列表' },
    edits: [
      { span: { start, end: start }, text: '[' },
      { span: { start: end, end }, text: ']' },
    ],
    preferred: true,
  };
}
