// Enumerations without members, and members on other types.
import { fieldOf, textAt } from '../ir/workflow.ts';
import { entryOf, itemsOf, parameterTypes } from './read.ts';
import type { Rule } from './rule.ts';

export const parameterEnumEmpty: Rule = {
  code: 'parameter-enum-empty',
  severity: 'error',
  scope: 'declaration',
  kind: 'parameter',
  source: 'Guide 5.2.2 (WG-41, WG-42)',
  docs: {
    en: 'A parameter of type enum offers its members for choice; without any it cannot get a value. On other types `enum` has no effect: a warning.',
    zh: '枚举参数以其成员供选择；没有成员则无法取值。其他类型的 `enum` 不起作用，因此只作警告。',
    fails: 'parameters:\n  layout: { type: enum, default: NCHW }\n',
    passes: 'parameters:\n  layout: { type: enum, enum: [NCHW, NHWC], default: NCHW }\n',
  },
  *check({ fields, name }) {
    const type = textAt(fields, 'type');
    const members = itemsOf(fieldOf(fields, 'enum'));
    if (type === 'enum' && members.length === 0) {
      yield {
        origin: entryOf(fields, 'enum')?.name.origin ?? name.origin,
        message: {
          en: `\`${name.text}\` is an enum without members: list them in \`enum\`.`,
          zh: `“${name.text}”是没有成员的枚举：请在 \`enum\` 中列出。`,
        },
      };
    } else if (type !== undefined && type !== 'enum' && parameterTypes.has(type) && members.length > 0) {
      yield {
        origin: entryOf(fields, 'enum')!.name.origin,
        severity: 'warning',
        message: {
          en: `\`enum\` has no effect on a parameter of type \`${type}\`; use type \`enum\`.`,
          zh: `\`enum\` 对 \`${type}\` 类型的参数不起作用；请使用 \`enum\` 类型。`,
        },
      };
    }
  },
};
