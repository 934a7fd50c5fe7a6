// Steps that run although one that they read was skipped.
import type { Step } from '../ir/workflow.ts';
import type { Rule } from './rule.ts';

export const readMayBeSkipped: Rule = {
  code: 'read-may-be-skipped',
  severity: 'warning',
  scope: 'graph',
  source: 'Guide 5.5 and 5.6 (WG-17, WG-117, inferred)',
  docs: {
    en: 'A step that was skipped has no output and no metrics. A step that reads them and runs nevertheless, because of an own skip policy or another dependency, fails. Choose among sources with `select`, or skip both by the same condition.',
    zh: '被跳过的步骤没有输出和指标。若读取它的步骤因自身策略或其他依赖仍然运行，则会失败。请用 `select` 选择来源，或用相同条件同时跳过。',
    fails:
      'parameters:\n  skip: { type: bool, default: false }\nsteps:\n  prepare:\n    type: job\n    outputs: { out: { obs_path: /bucket/a/ } }\n    policy: { skip_conditions: parameters.skip }\n  check:\n    type: job\n  training:\n    type: job\n    depend_steps: [prepare, check]\n    inputs: { data_url: "${{ steps.prepare.outputs.out }}" }\n',
    passes:
      'parameters:\n  skip: { type: bool, default: false }\nsteps:\n  prepare:\n    type: job\n    outputs: { out: { obs_path: /bucket/a/ } }\n    policy: { skip_conditions: parameters.skip }\n  training:\n    type: job\n    depend_steps: [prepare]\n    inputs: { data_url: "${{ steps.prepare.outputs.out }}" }\n',
  },
  *check({ step, binding, graph }) {
    if (graph.hasCycle) return;
    const { maySkip, implies } = graph.skipping;
    if (!graph.dependenciesOf(step).reads.some((read) => maySkip(read.step))) return;
    const seen = new Set<Step>();
    for (const { kind, value, target, place, name } of binding.uses) {
      if (kind !== 'step' || !value || !target || (place.kind === 'input' && place.select)) continue;
      const source = target as Step;
      if (seen.has(source) || !maySkip(source)) continue;
      seen.add(source);
      if (implies(step, source)) continue;
      // Its own skip conditions are read before the step would run; nothing else shows that their source ran.
      yield {
        origin: name.origin,
        message: {
          en: `\`${source.name.text}\` may be skipped while \`${step.name.text}\` runs; then there is nothing to read.`,
          zh: `“${source.name.text}”可能被跳过而“${step.name.text}”仍运行，届时没有内容可读。`,
        },
        related: [
          {
            origin: source.name.origin,
            message: { en: `\`${source.name.text}\` is declared here`, zh: `“${source.name.text}”在此声明` },
          },
        ],
      };
    }
  },
};
