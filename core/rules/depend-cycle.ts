// Steps that wait for each other.
import type { Step } from '../ir/workflow.ts';
import type { Rule } from './rule.ts';

export const dependCycle: Rule = {
  code: 'depend-cycle',
  severity: 'error',
  scope: 'workflow',
  source: 'Guide 5.1.1: a workflow is a directed acyclic graph (WG-11)',
  docs: {
    en: 'Steps on a cycle wait for each other for ever, so the service refuses the workflow. Reported once per cycle, at one of its dependencies, with links to the others.',
    zh: '处于环中的步骤会永远互相等待，服务会拒绝该工作流。每个环只在其中一处依赖报告一次，并附其余位置。',
    fails: 'steps:\n  a: { type: job, depend_steps: [b] }\n  b: { type: job, depend_steps: [a] }\n',
    passes: 'steps:\n  a: { type: job, depend_steps: [] }\n  b: { type: job, depend_steps: [a] }\n',
  },
  *check({ graph }) {
    for (const cycle of graph.cycles) {
      /** Where a step of the cycle names the one it waits for. */
      const link = (step: Step) => {
        const before = cycle.at(cycle.indexOf(step) - 1)!;
        return graph.dependenciesOf(step).on.find((each) => each.step === before)!.name;
      };
      const names = cycle.map((step) => step.name.text);
      const way = [...names, names[0]].map((name) => `\`${name}\``).join(' → ');
      yield {
        origin: link(cycle[0]!).origin,
        message: {
          en: cycle.length === 1 ? `\`${names[0]}\` depends on itself.` : `These steps wait for each other: ${way}.`,
          zh: cycle.length === 1 ? `“${names[0]}”依赖于自身。` : `这些步骤互相等待：${way}。`,
        },
        related: cycle.slice(1).map((step) => ({
          origin: link(step).origin,
          message: { en: `\`${step.name.text}\` waits here`, zh: `“${step.name.text}”在此等待` },
        })),
      };
    }
  },
};
