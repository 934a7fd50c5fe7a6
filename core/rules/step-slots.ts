// Steps without the inputs or outputs that their kind needs, or with ones that it cannot have.
import { fieldOf } from '../ir/workflow.ts';
import type { Rule } from './rule.ts';

export const stepSlots: Rule = {
  code: 'step-slots',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.4, the table of each step; decision 9.2 (WG-10)',
  docs: {
    en: 'The steps that work on datasets need inputs and outputs, a model step needs an output; without them they fail when they start. A job or service without outputs is a warning, since nothing behind it can use its result.',
    zh: '数据集类步骤需要输入和输出，模型步骤需要输出，否则启动时失败。作业或服务没有输出时只作警告，因为后续步骤无法使用其结果。',
    fails:
      'steps:\n  release:\n    type: release_dataset\n    inputs: { input_data: "${{ data.pictures }}" }\ndata:\n  pictures: { type: label_task }\n',
    passes:
      'steps:\n  release:\n    type: release_dataset\n    inputs: { input_data: "${{ data.pictures }}" }\n    outputs: [version]\ndata:\n  pictures: { type: label_task }\n',
  },
  *check({ step, kind }) {
    if (!kind || step.unread) return;
    const slots = [
      ['inputs', kind.inputs, step.inputs, { en: 'inputs', zh: '输入' }] as const,
      ['outputs', kind.outputs, step.outputs, { en: 'outputs', zh: '输出' }] as const,
    ];
    for (const [member, need, written, what] of slots) {
      const first = written[0];
      if (fieldOf(step.fields, member)) continue;
      if (need === 'none' && first) {
        yield {
          origin: first.name.origin,
          message: { en: `A ${kind.type} step has no ${what.en}.`, zh: `${kind.type} 步骤没有${what.zh}。` },
        };
      } else if (written.length === 0 && (need === 'required' || need === 'expected')) {
        yield {
          origin: step.name.origin,
          severity: need === 'required' ? 'error' : 'warning',
          message: {
            en: `\`${step.name.text}\` has no ${what.en}: a ${kind.type} step names at least one below \`${member}\`.`,
            zh: `“${step.name.text}”没有${what.zh}：${kind.type} 步骤应在 \`${member}\` 下至少写一个。`,
          },
        };
      }
    }
  },
};
