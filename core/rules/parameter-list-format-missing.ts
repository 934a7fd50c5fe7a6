// Lists that do not say what they are lists of.
import { textAt, valueAt } from '../ir/workflow.ts';
import type { Rule } from './rule.ts';

export const parameterListFormatMissing: Rule = {
  code: 'parameter-list-format-missing',
  severity: 'error',
  scope: 'declaration',
  kind: 'parameter',
  source: 'Guide 5.2.2 (WG-44)',
  docs: {
    en: 'A parameter of type list says the type of its elements in `format`: str, int, float or bool.',
    zh: '列表参数须在 `format` 中声明元素类型：str、int、float 或 bool。',
    fails: 'parameters:\n  milestones: { type: list, default: [1, 2] }\n',
    passes: 'parameters:\n  milestones: { type: list, format: int, default: [1, 2] }\n',
  },
  *check({ fields, name }) {
    if (textAt(fields, 'type') !== 'list' || valueAt(fields, 'format') || valueAt(fields, 'items')) return;
    yield {
      origin: name.origin,
      message: {
        en: `\`${name.text}\` is a list of what? Add \`format\`: str, int, float or bool.`,
        zh: `“${name.text}”未声明元素类型：请添加 \`format\`：str、int、float 或 bool。`,
      },
    };
  },
};
