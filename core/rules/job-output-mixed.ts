// Job outputs that are two things at once, or nothing.
import { fieldOf } from '../ir/workflow.ts';
import { entryOf } from './read.ts';
import type { Rule } from './rule.ts';

const kinds = ['obs_path', 'metric_files', 'model_type', 'config_file'];

export const jobOutputMixed: Rule = {
  code: 'job-output-mixed',
  severity: 'error',
  scope: 'step',
  stepType: 'job',
  source: 'Guide 5.4.5.2 table 5-40 (WG-84, inferred)',
  docs: {
    en: 'An output of a job is a directory (`obs_path`), metrics (`metric_files`) or a model (`model_type`): exactly one.',
    zh: '作业的输出是目录（`obs_path`）、指标（`metric_files`）或模型（`model_type`）之一。',
    fails:
      'steps:\n  training:\n    type: job\n    outputs:\n      result: { obs_path: /bucket/out/, metric_files: [/bucket/out/m.json] }\n',
    passes:
      'steps:\n  training:\n    type: job\n    outputs:\n      result: { obs_path: /bucket/out/ }\n      metrics: { metric_files: [/bucket/out/m.json] }\n',
  },
  *check({ step }) {
    for (const { name, fields, type, unread } of step.outputs) {
      if (unread) continue;
      const used = kinds.filter((kind) => fieldOf(fields, kind));
      if (used.length > 1) {
        yield {
          origin: entryOf(fields, used[1]!)!.name.origin,
          message: {
            en: `\`${name.text}\` has both \`${used[0]}\` and \`${used[1]}\`: make two outputs of it.`,
            zh: `“${name.text}”同时有 \`${used[0]}\` 与 \`${used[1]}\`：请拆成两个输出。`,
          },
        };
      } else if (used.length === 0 && (type === undefined || type === 'obs')) {
        yield {
          origin: name.origin,
          message: {
            en: `\`${name.text}\` says nothing about what the job writes: add \`obs_path\` or \`metric_files\`.`,
            zh: `“${name.text}”没有说明作业写出什么：请添加 \`obs_path\` 或 \`metric_files\`。`,
          },
        };
      }
    }
  },
};
