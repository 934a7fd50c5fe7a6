// Weights of a model list that do not sum to 100, entries without what they need, and empty lists.
import { fieldOf } from '../ir/workflow.ts';
import { spanOf } from '../text/origin.ts';
import { modelLists } from './model-lists.ts';
import { entryOf, numberOf } from './read.ts';
import type { Rule } from './rule.ts';

export const serviceModelWeights: Rule = {
  code: 'service-model-weights',
  severity: 'error',
  scope: 'declaration',
  kind: 'data',
  source: 'Guide 5.4.7.4; SDK C1 (WG-106, WG-107)',
  docs: {
    en: 'The weights are shares of the traffic in percent: those of all entries sum to 100, or the service is not deployed.',
    zh: '权重是流量百分比：所有条目之和须为 100，否则无法部署服务。',
    fails:
      'data:\n  models:\n    type: model_list\n    default:\n      - { model_name: a, model_version: 0.0.1, specification: modelarts.vm.cpu.2u, weight: 70 }\n      - { model_name: a, model_version: 0.0.2, specification: modelarts.vm.cpu.2u, weight: 20 }\n',
    passes:
      'data:\n  models:\n    type: model_list\n    default:\n      - { model_name: a, model_version: 0.0.1, specification: modelarts.vm.cpu.2u, weight: 70 }\n      - { model_name: a, model_version: 0.0.2, specification: modelarts.vm.cpu.2u, weight: 30 }\n',
  },
  *check(declaration) {
    for (const { list, entries } of modelLists(declaration)) {
      const weights = entries.map((entry) => fieldOf(entry, 'weight'));
      const numbers = weights.map(numberOf);
      if (numbers.some((each) => each !== undefined && (each < 0 || each > 100 || !Number.isInteger(each)))) continue;
      if (entries.length === 0 || entries.length !== list.items.length || numbers.includes(undefined)) continue;
      const sum = numbers.reduce<number>((total, each) => total + each!, 0);
      if (Math.abs(sum - 100) < 1e-9) continue;
      const last = entryOf(entries.at(-1), 'weight')!;
      yield {
        origin: last.value.origin,
        message: { en: `The weights sum to ${sum}, not to 100.`, zh: `权重之和为 ${sum}，而不是 100。` },
        fixes: () => [
          {
            title: { en: 'Spread the weights evenly', zh: '平均分配权重' },
            edits: weights.map((weight, index) => ({ span: spanOf(weight!.origin), text: String(share(index, weights.length)) })),
            preferred: true,
          },
        ],
      };
    }
  },
};

/** Whole numbers that sum to 100, the first ones one larger where it does not divide. */
function share(index: number, count: number): number {
  return Math.floor(100 / count) + (index < 100 % count ? 1 : 0);
}
