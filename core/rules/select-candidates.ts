// Choices of sources that are not one: other things than outputs, mixed kinds, or a single candidate.
import { isReference } from './read.ts';
import type { Rule } from './rule.ts';

export const selectCandidates: Rule = {
  code: 'select-candidates',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.1.3 table 5-17 (WG-37, inferred)',
  docs: {
    en: '`select` takes the one output whose step ran. Its candidates are outputs of steps, all of one kind.',
    zh: '`select` 取实际运行的步骤的输出。候选项必须是步骤输出，且类型相同。',
    fails:
      'data:\n  files: { type: obs }\nsteps:\n  a:\n    type: job\n    outputs: { out: { obs_path: /bucket/a/ } }\n  model:\n    type: model\n    inputs:\n      model_input:\n        select:\n          - ${{ steps.a.outputs.out }}\n          - ${{ data.files }}\n',
    passes:
      'steps:\n  a:\n    type: job\n    outputs: { out: { obs_path: /bucket/a/ } }\n  b:\n    type: job\n    outputs: { out: { obs_path: /bucket/b/ } }\n  model:\n    type: model\n    inputs:\n      model_input:\n        select:\n          - ${{ steps.a.outputs.out }}\n          - ${{ steps.b.outputs.out }}\n',
  },
  *check({ step, kind, valueKind }) {
    for (const { data } of step.inputs) {
      if (data?.kind !== 'select') continue;
      if (kind && !kind.takesChoice) {
        yield {
          origin: data.origin,
          message: {
            en: `An input of a ${kind.type} step cannot be a choice.`,
            zh: `${kind.type} 步骤的输入不能使用 \`select\`。`,
          },
        };
        continue;
      }
      const first = data.items.map((item) => valueKind(item)).find((each) => each !== undefined);
      for (const item of data.items) {
        const found = valueKind(item);
        if (!isReference(item, 'steps')) {
          yield {
            origin: item.origin,
            message: { en: 'A candidate of `select` is an output of a step.', zh: '`select` 的候选项必须是步骤的输出。' },
          };
        } else if (found && first && found !== first) {
          yield {
            origin: item.origin,
            message: {
              en: `The candidates are of different kinds: this is \`${found}\`, the first is \`${first}\`.`,
              zh: `候选项类型不同：此项为 \`${found}\`，第一项为 \`${first}\`。`,
            },
          };
        }
      }
      if (data.items.length === 1) {
        yield {
          origin: data.origin,
          severity: 'hint',
          message: { en: 'A choice of one: refer to the output itself.', zh: '只有一个候选项：请直接引用该输出。' },
        };
      }
    }
  },
};
