// Formats that do not exist, or not for this type.
import { textAt, valueAt } from '../ir/workflow.ts';
import { nearest } from '../refs/nearest.ts';
import { replace } from './fixes.ts';
import { parameterTypes } from './read.ts';
import type { Rule } from './rule.ts';

const element = ['str', 'int', 'float', 'bool'];
const other = ['obs', 'flavor', 'train_flavor', 'swr', 'cluster', 'schedule'];

export const parameterFormatUnknown: Rule = {
  code: 'parameter-format-unknown',
  severity: 'error',
  scope: 'declaration',
  kind: 'parameter',
  source: 'Guide 5.2.2 and 5.11.2; REST CreateWorkflow (WG-44, WG-45)',
  docs: {
    en: 'The format tells the console which picker to show: obs, flavor, train_flavor, swr, cluster or schedule. For a list it is the type of the elements: str, int, float or bool.',
    zh: '`format` 决定控制台显示哪种选择器：obs、flavor、train_flavor、swr、cluster 或 schedule。对列表而言是元素类型：str、int、float 或 bool。',
    fails: 'parameters:\n  image: { type: str, format: docker }\n',
    passes: 'parameters:\n  image: { type: str, format: swr }\n',
  },
  *check({ fields }) {
    const value = valueAt(fields, 'format');
    const type = textAt(fields, 'type');
    if (value?.kind !== 'scalar' || value.text === '' || value.value === null) return;
    const known = type === undefined || !parameterTypes.has(type) ? [...element, ...other] : type === 'list' ? element : other;
    if (known.includes(value.text)) return;
    const suggestion = nearest(value.text, known);
    yield {
      origin: value.origin,
      message: {
        en: `\`${value.text}\` is no format of a parameter of type \`${type ?? '?'}\`; known are ${known.join(', ')}.`,
        zh: `\`${value.text}\` 不是 \`${type ?? '?'}\` 类型参数的格式；可用的有 ${known.join('、')}。`,
      },
      ...(suggestion && { fixes: () => [replace(value.origin, value.quoted ? JSON.stringify(suggestion) : suggestion)] }),
    };
  },
};
