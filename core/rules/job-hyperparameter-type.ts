// Hyper-parameters bound to parameters that are no scalars.
import type { Declaration } from '../ir/workflow.ts';
import { textAt } from '../ir/workflow.ts';
import { isReference, mapAt } from './read.ts';
import type { Rule } from './rule.ts';

export const jobHyperparameterType: Rule = {
  code: 'job-hyperparameter-type',
  severity: 'warning',
  scope: 'step',
  stepType: 'job',
  source: 'Guide 5.4.5.4 (WG-49)',
  docs: {
    en: 'Hyper-parameters reach the code as `--name=value`: parameters of type int, str, bool, float and enum fit. A JSON or list value arrives as one text in a form that the guide does not define.',
    zh: '超参以 `--name=value` 传给代码：int、str、bool、float 和 enum 类型的参数适用。JSON 或列表会成为指南未定义格式的文本。',
    fails:
      'parameters:\n  layers: { type: list, format: int }\nsteps:\n  training:\n    type: job\n    algorithm: { parameters: { layers: "${{ parameters.layers }}" } }\n',
    passes:
      'parameters:\n  layers: { type: int }\nsteps:\n  training:\n    type: job\n    algorithm: { parameters: { layers: "${{ parameters.layers }}" } }\n',
  },
  *check({ step, binding }) {
    for (const { value } of mapAt(step.fields, 'algorithm', 'parameters')?.entries ?? []) {
      const bound = value.kind === 'map' ? value.entries.find((entry) => entry.name.text === 'value')?.value : value;
      if (!isReference(bound, 'parameters')) continue;
      const target = binding.uses.find((use) => use.value === bound)?.target as Declaration | undefined;
      const type = target && textAt(target.fields, 'type');
      if (type !== 'json' && type !== 'list') continue;
      // A list that does not say of what is one mistake, and another rule's.
      if (type === 'list' && textAt(target!.fields, 'format') === undefined) continue;
      yield {
        origin: bound.origin,
        message: {
          en: `\`${bound.reference.name.text}\` is of type ${type}; a hyper-parameter takes int, str, bool, float or enum.`,
          zh: `“${bound.reference.name.text}”为 ${type} 类型；超参接受 int、str、bool、float 或 enum。`,
        },
      };
    }
  },
};
