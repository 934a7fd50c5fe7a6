// Choices whose candidates may all be there.
import type { Step } from '../ir/workflow.ts';
import type { Rule } from './rule.ts';

export const selectNotExclusive: Rule = {
  code: 'select-not-exclusive',
  severity: 'warning',
  scope: 'graph',
  source: 'Guide 5.1.3 table 5-17; decision 9.6 (WG-38)',
  docs: {
    en: 'Of the candidates only one may be valid at a time. Where several of their steps run, the first in order is taken. Make them exclusive by opposite branches or opposite skip conditions.',
    zh: '候选项同一时间只能有一个有效；若多个步骤都运行，则取顺序中的第一个。请用相反的分支或跳过条件使其互斥。',
    fails:
      'steps:\n  a:\n    type: job\n    outputs: { out: { obs_path: /bucket/a/ } }\n  b:\n    type: job\n    outputs: { out: { obs_path: /bucket/b/ } }\n  model:\n    type: model\n    inputs:\n      model_input:\n        select:\n          - ${{ steps.a.outputs.out }}\n          - ${{ steps.b.outputs.out }}\n',
    passes:
      'parameters:\n  small: { type: bool, default: true }\nsteps:\n  a:\n    type: job\n    outputs: { out: { obs_path: /bucket/a/ } }\n    policy: { skip_conditions: parameters.small == true }\n  b:\n    type: job\n    outputs: { out: { obs_path: /bucket/b/ } }\n    policy: { skip_conditions: parameters.small == false }\n  model:\n    type: model\n    inputs:\n      model_input:\n        select:\n          - ${{ steps.a.outputs.out }}\n          - ${{ steps.b.outputs.out }}\n',
  },
  *check({ step, binding: { uses }, graph }) {
    for (const input of step.inputs) {
      if (input.data?.kind !== 'select' || graph.hasCycle) continue;
      const { exclusive } = graph.skipping;
      const steps = uses
        .filter((use) => use.kind === 'step' && use.place.kind === 'input' && use.place.input === input)
        .map((use) => use.target as Step | undefined)
        .filter((each) => each !== undefined);
      const pair = steps
        .flatMap((a, index) => steps.slice(index + 1).map((b) => [a, b] as const))
        .find(([a, b]) => !exclusive(a, b));
      if (!pair) continue;
      const [a, b] = pair.map((each) => each.name.text);
      yield {
        origin: input.data.origin,
        message: {
          en: `\`${a}\` and \`${b}\` may both run; then the first in order is taken.`,
          zh: `“${a}”与“${b}”可能都会运行，届时取顺序中的第一个。`,
        },
      };
    }
  },
};
