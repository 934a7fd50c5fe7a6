// Jobs without a resource.
import { lacks, placeOf } from './read.ts';
import type { Rule } from './rule.ts';

export const jobFlavorMissing: Rule = {
  code: 'job-flavor-missing',
  severity: 'error',
  scope: 'step',
  stepType: 'job',
  source: 'Guide 5.4.5.2 table 5-48 (WG-81)',
  docs: {
    en: 'A job says what it runs on: `spec.resource.flavor`, usually a parameter of format train_flavor.',
    zh: '作业需要指明运行资源：`spec.resource.flavor`，通常是 train_flavor 格式的参数。',
    fails: 'steps:\n  training:\n    type: job\n    spec: { resource: { node_count: 1 } }\n',
    passes: 'steps:\n  training:\n    type: job\n    spec: { resource: { flavor_id: modelarts.vm.cpu.8u } }\n',
  },
  *check({ step }) {
    const given = ['flavor', 'flavor_id', 'pool_id'].some((name) => !lacks(step.fields, 'spec', 'resource', name));
    if (given || step.unread) return;
    yield {
      origin: placeOf(step, 'spec', 'resource'),
      message: {
        en: `The job \`${step.name.text}\` has no resource to run on: add \`spec.resource.flavor\`.`,
        zh: `作业“${step.name.text}”没有运行资源：请添加 \`spec.resource.flavor\`。`,
      },
    };
  },
};
