// Defaults and values that are not of their parameter's type.
import type { ScalarValue, Value } from '../ir/workflow.ts';
import { fieldOf, textAt } from '../ir/workflow.ts';
import { itemsOf } from './read.ts';
import type { Found, Rule } from './rule.ts';

type Test = (value: ScalarValue) => boolean;

const scalars: Readonly<Record<string, Test>> = {
  int: ({ value }) => typeof value === 'number' && Number.isInteger(value),
  float: ({ value }) => typeof value === 'number',
  str: ({ value }) => typeof value === 'string',
  bool: ({ value }) => typeof value === 'boolean',
};

export const parameterDefaultType: Rule = {
  code: 'parameter-default-type',
  severity: 'error',
  scope: 'declaration',
  kind: 'parameter',
  source: 'Guide 5.2.2 (WG-43)',
  docs: {
    en: 'A default has the type of its parameter; that of an enum is one of its members, the elements of a list have the declared format. The service hands the value on as it is, and the step fails on it.',
    zh: '默认值须与参数类型一致；枚举的默认值须为其成员，列表的元素须符合声明的格式。服务会原样传递该值，步骤随之失败。',
    fails: 'parameters:\n  epochs: { type: int, default: many }\n',
    passes: 'parameters:\n  epochs: { type: int, default: 10 }\n',
  },
  *check({ fields, name }) {
    for (const member of ['default', 'value']) {
      const value = fieldOf(fields, member);
      // An empty default is how consoles write "none".
      if (!value || (value.kind === 'scalar' && value.value === null) || value.kind === 'reference') continue;
      const found = complaint(
        value,
        textAt(fields, 'type') ?? '',
        textAt(fields, 'format') ?? textAt(fields, 'items'),
        fieldOf(fields, 'enum'),
      );
      if (found)
        yield {
          origin: found.origin,
          message: {
            en: `The ${member} of \`${name.text}\` ${found.message.en}`,
            zh: `“${name.text}”的 \`${member}\` ${found.message.zh}`,
          },
        };
    }
  },
};

function complaint(value: Value, type: string, format: string | undefined, members: Value | undefined): Found | undefined {
  const test = scalars[type];
  const { origin } = value;
  if (test) {
    if (value.kind === 'scalar' && test(value)) return undefined;
    return { origin, message: { en: `is no ${type}.`, zh: `不是 ${type} 类型。` } };
  }
  if (type === 'enum') {
    const allowed = itemsOf(members).filter((each) => each.kind === 'scalar');
    if (
      value.kind === 'scalar' &&
      (allowed.length === 0 || allowed.some((each) => each.value === value.value || each.text === value.text))
    )
      return undefined;
    const list = allowed.map((each) => `\`${each.text}\``).join(', ');
    return { origin, message: { en: `is none of its members ${list}.`, zh: `不在其成员 ${list} 之中。` } };
  }
  if (type === 'list') {
    if (value.kind !== 'list') return { origin, message: { en: 'is no list.', zh: '不是列表。' } };
    const element = format === undefined ? undefined : scalars[format];
    const wrong = element && value.items.find((item) => item.kind !== 'scalar' || !element(item));
    return (
      wrong && {
        origin: wrong.origin,
        message: { en: `has an element that is no ${format}.`, zh: `含有不是 ${format} 类型的元素。` },
      }
    );
  }
  if (type === 'json' && value.kind === 'scalar' && typeof value.value !== 'string') {
    return { origin, message: { en: 'is no JSON object or list.', zh: '不是 JSON 对象或列表。' } };
  }
  return undefined;
}
