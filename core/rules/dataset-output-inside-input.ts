// Datasets that would be written into the files they are made of.
import type { Declaration, Input } from '../ir/workflow.ts';
import { textAt, valueAt } from '../ir/workflow.ts';
import type { StepBinding } from '../refs/bind.ts';
import { isReference } from './read.ts';
import type { Rule } from './rule.ts';

export const datasetOutputInsideInput: Rule = {
  code: 'dataset-output-inside-input',
  severity: 'error',
  scope: 'step',
  stepType: 'create_dataset',
  source: 'Guide 3.2.2; SDK P4 (WG-61)',
  docs: {
    en: 'The files that a dataset keeps must not lie in the folder that it is made of, or it would import itself.',
    zh: '数据集的输出目录不能位于输入目录之内，否则会导入自身。',
    fails:
      'steps:\n  create:\n    type: create_dataset\n    inputs: { files: /bucket/pictures/ }\n    outputs: { dataset: { obs_path: /bucket/pictures/out/ } }\n',
    passes:
      'steps:\n  create:\n    type: create_dataset\n    inputs: { files: /bucket/pictures/ }\n    outputs: { dataset: { obs_path: /bucket/datasets/ } }\n',
  },
  *check({ step, binding }) {
    const inputs = step.inputs.flatMap((input) => pathOf(input, binding) || []);
    for (const { fields } of step.outputs) {
      const value = valueAt(fields, 'obs_path');
      if (value?.kind !== 'scalar') continue;
      const path = normal(value.text);
      if (!inputs.some((input) => path.startsWith(normal(input)))) continue;
      yield {
        origin: value.origin,
        message: { en: 'The dataset would be written inside of its own input.', zh: '数据集会写入自身的输入目录。' },
      };
    }
  },
};

function pathOf({ data }: Input, binding: StepBinding): string | undefined {
  if (data?.kind === 'scalar') return data.text;
  if (data?.kind === 'map') return textAt(data, 'obs_path');
  if (!isReference(data, 'data')) return undefined;
  const declaration = binding.uses.find((use) => use.value === data)?.target as Declaration | undefined;
  return (
    declaration &&
    (textAt(declaration.fields, 'value', 'obs_path') ??
      textAt(declaration.fields, 'value') ??
      textAt(declaration.fields, 'obs_path'))
  );
}

function normal(path: string): string {
  return `${path.replace(/^obs:\/\//, '/').replace(/\/+$/, '')}/`;
}
