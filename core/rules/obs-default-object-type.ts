// Defaults of OBS data that are not what the data are declared to be.
import { textAt, valueAt } from '../ir/workflow.ts';
import type { Rule } from './rule.ts';

export const obsDefaultObjectType: Rule = {
  code: 'obs-default-object-type',
  severity: 'warning',
  scope: 'declaration',
  kind: 'data',
  source: 'Guide 5.1.3 table 5-11 (WG-32, inferred)',
  docs: {
    en: 'A directory ends with `/`, a file does not. The console refuses a choice that is not of the declared `object_type`.',
    zh: '目录以 `/` 结尾，文件则不然。控制台不接受与声明的 `object_type` 不符的选择。',
    fails: 'data:\n  weights: { type: obs, object_type: file, default: /bucket/weights/ }\n',
    passes: 'data:\n  weights: { type: obs, object_type: file, default: /bucket/weights/best.pt }\n',
  },
  *check({ fields }) {
    if (textAt(fields, 'type') !== 'obs' || textAt(fields, 'object_type') !== 'file') return;
    const value = valueAt(fields, 'default', 'obs_path') ?? valueAt(fields, 'default');
    if (value?.kind !== 'scalar' || !value.text.endsWith('/')) return;
    yield {
      origin: value.origin,
      message: { en: 'This is a directory, but the data are declared as a file.', zh: '此处是目录，而数据声明为文件。' },
    };
  },
};
