// Parameters, data and storages that nothing refers to.
import { isUsed } from '../refs/symbols.ts';
import type { Rule } from './rule.ts';

const names = { parameter: ['Parameter', '参数'], data: ['Data', '数据'], storage: ['Storage', '存储'] } as const;

export const declaredUnused: Rule = {
  code: 'declared-unused',
  severity: 'hint',
  scope: 'workflow',
  source: 'WG-16',
  docs: {
    en: 'What is declared but never referred to is asked for before every run, for nothing.',
    zh: '声明却从未被引用的内容，会在每次运行前白白询问。',
    fails: 'parameters:\n  epochs: { type: int }\nsteps:\n  training:\n    type: job\n',
    passes:
      'parameters:\n  epochs: { type: int }\nsteps:\n  training:\n    type: job\n    algorithm: { parameters: { epochs: "${{ parameters.epochs }}" } }\n',
  },
  *check({ bound }) {
    const { parameters, data, storages } = bound.workflow;
    for (const node of [...parameters, ...data, ...storages]) {
      if (isUsed(bound, node)) continue;
      const [en, zh] = names[node.kind];
      yield {
        origin: node.name.origin,
        unnecessary: true,
        message: { en: `${en} \`${node.name.text}\` is not used.`, zh: `${zh}“${node.name.text}”未被使用。` },
      };
    }
  },
};
