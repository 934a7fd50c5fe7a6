// Conditions that read something of a step that is no metric.
import type { Output, Step } from '../ir/workflow.ts';
import { stepKind } from '../steps/step-kinds.ts';
import { comparisons, isReference } from './read.ts';
import type { Rule } from './rule.ts';

export const conditionMetric: Rule = {
  code: 'condition-metric',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.4.8.2 table 5-64 (WG-115)',
  docs: {
    en: 'Of steps, a condition can only read metrics: an entry, by its key, of the metrics file of a job.',
    zh: '条件只能读取步骤的指标：即作业指标文件中某个 key 对应的条目。',
    fails:
      'steps:\n  training:\n    type: job\n    outputs:\n      metrics: { metric_files: [/bucket/m.json] }\n  check:\n    type: condition\n    conditions: steps.training.outputs.metrics > 0.9\n',
    passes:
      'steps:\n  training:\n    type: job\n    outputs:\n      metrics: { metric_files: [/bucket/m.json] }\n  check:\n    type: condition\n    conditions: steps.training.outputs.metrics.accuracy > 0.9\n',
  },
  *check({ step, binding }) {
    for (const { left, right } of comparisons([...step.conditions, ...step.skipConditions])) {
      for (const operand of [left, right]) {
        if (!isReference(operand, 'steps')) continue;
        const { step: from, output: name, key } = operand.reference;
        const uses = binding.uses.filter((use) => use.value === operand);
        const source = uses.find((use) => use.kind === 'step')?.target as Step | undefined;
        const output = uses.find((use) => use.kind === 'output')?.target as Output | undefined;
        const kind = output && stepKind(source?.type)?.makes(output, []);
        if (!output || kind === undefined) continue;
        if (kind !== 'metrics') {
          yield {
            origin: name.origin,
            message: {
              en: `\`${name.text}\` of \`${from.text}\` is no metrics output: a condition reads an output with \`metric_files\`.`,
              zh: `“${from.text}”的“${name.text}”不是指标输出：条件读取的是带有 \`metric_files\` 的输出。`,
            },
          };
        } else if (!key) {
          yield {
            origin: name.origin,
            message: {
              en: `Say which metric is compared: \`steps.${from.text}.outputs.${name.text}.<key>\`.`,
              zh: `请指明要比较的指标：\`steps.${from.text}.outputs.${name.text}.<key>\`。`,
            },
          };
        }
      }
    }
  },
};
