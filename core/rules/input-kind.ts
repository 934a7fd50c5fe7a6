// Data that an input of this kind of step cannot take.
import type { Value } from '../ir/workflow.ts';
import type { DataKind } from '../steps/step-kind.ts';
import type { Rule } from './rule.ts';

const names: Readonly<Record<DataKind, readonly [en: string, zh: string]>> = {
  dataset: ['a dataset', '数据集'],
  label_task: ['a labelling task', '标注任务'],
  obs: ['an object storage path', '对象存储路径'],
  swr: ['a container image', '容器镜像'],
  model: ['a model', '模型'],
  service: ['a service', '服务'],
  model_list: ['a list of models', '模型列表'],
  data_selector: ['a choice of OBS or dataset', '数据选择'],
  metrics: ['a metrics output', '指标输出'],
  service_content: ['a service configuration', '服务配置'],
};

export const inputKind: Rule = {
  code: 'input-kind',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.4, tables 5-19, 5-25, 5-30, 5-36, 5-39, 5-54 and 5-60; decision 9.8 (WG-21, WG-22, WG-23)',
  docs: {
    en: 'Each kind of step takes certain kinds of data: a job takes datasets and object storage paths, a labelling step datasets and labelling tasks, and so on. Others are refused when the step starts.',
    zh: '每种步骤只接受特定类型的数据：作业接受数据集和对象存储路径，标注接受数据集和标注任务，等等。其他类型在步骤启动时被拒绝。',
    fails:
      'data:\n  image: { type: swr, value: { swr_path: "org/image:1.0" } }\nsteps:\n  training:\n    type: job\n    inputs: { data_url: "${{ data.image }}" }\n',
    passes: 'data:\n  files: { type: obs }\nsteps:\n  training:\n    type: job\n    inputs: { data_url: "${{ data.files }}" }\n',
  },
  *check({ step, kind, inputKind, valueKind }) {
    if (!kind || kind.inputs === 'none') return;
    for (const input of step.inputs) {
      const values: readonly (Value | undefined)[] = input.data?.kind === 'select' ? input.data.items : [input.data];
      for (const value of values) {
        const found = valueKind(value) ?? (value === input.data ? inputKind(input) : undefined);
        if (!found || kind.takes.includes(found)) continue;
        const [en, zh] = names[found];
        const takes = kind.takes.map((each) => names[each]);
        yield {
          origin: value?.origin ?? input.name.origin,
          message: {
            en: `A ${kind.type} step does not take ${en}; it takes ${takes.map(([text]) => text).join(' or ')}.${hint(found).en}`,
            zh: `${kind.type} 步骤不接受${zh}；它接受${takes.map(([, text]) => text).join('或')}。${hint(found).zh}`,
          },
        };
      }
    }
  },
};

function hint(kind: DataKind): { en: string; zh: string } {
  if (kind === 'metrics') return { en: ' Metrics are read by conditions only.', zh: '指标只能由条件读取。' };
  if (kind === 'model') {
    return {
      en: ' A service takes the model by its name: data of type `model_list`.',
      zh: '服务按名称选择模型：请使用 `model_list` 类型的数据。',
    };
  }
  return { en: '', zh: '' };
}
