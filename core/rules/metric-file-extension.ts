// Metrics files that the service will not read.
import { fieldOf } from '../ir/workflow.ts';
import { isReference, itemsOf } from './read.ts';
import type { Rule } from './rule.ts';

export const metricFileExtension: Rule = {
  code: 'metric-file-extension',
  severity: 'warning',
  scope: 'step',
  source: 'Guide 5.12.3 (WG-86)',
  docs: {
    en: 'Metrics are read from a JSON file whose name ends with `.json`.',
    zh: '指标从文件名以 `.json` 结尾的 JSON 文件中读取。',
    fails: 'steps:\n  training:\n    type: job\n    outputs:\n      metrics: { metric_files: [/bucket/out/metrics.txt] }\n',
    passes: 'steps:\n  training:\n    type: job\n    outputs:\n      metrics: { metric_files: [/bucket/out/metrics.json] }\n',
  },
  *check({ step }) {
    for (const output of step.outputs) {
      for (const item of itemsOf(fieldOf(output.fields, 'metric_files'))) {
        const path = item.kind === 'scalar' ? item.text : isReference(item, 'storages') ? item.reference.path : undefined;
        if (path === undefined || path === '' || path.endsWith('.json')) continue;
        yield {
          origin: item.origin,
          message: { en: 'A metrics file ends with `.json`.', zh: '指标文件须以 `.json` 结尾。' },
        };
      }
    }
  },
};
