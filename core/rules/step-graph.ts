// What waits for what, as the rules ask about it. Everything is worked out when it is first asked for.
import type { Step } from '../ir/workflow.ts';
import type { Bound } from '../refs/bind.ts';
import { Digraph, type Reachability } from '../refs/digraph.ts';
import type { StepGraph } from './rule.ts';
import { type Skipping, skippingOf } from './skipping.ts';

export function stepGraph(bound: Bound): StepGraph {
  const steps = bound.bindings.map((binding) => binding.step);
  let numbers: ReadonlyMap<Step, number> | undefined;
  let digraph: Digraph | undefined;
  let reachability: Reachability | undefined;
  let cycles: readonly (readonly Step[])[] | undefined;
  let skipping: Skipping | undefined;
  let unsure: ReadonlySet<Step> | undefined;
  const number = (step: Step) => (numbers ??= new Map(steps.map((each, index) => [each, index]))).get(step)!;
  const dependenciesOf = (step: Step) => bound.dependencies.get(step)!;
  function graph(): Digraph {
    digraph ??= new Digraph(
      steps.length,
      steps.flatMap((step, to) => dependenciesOf(step).on.map((each) => [number(each.step), to] as const)),
    );
    return digraph;
  }
  function unsureSteps(): ReadonlySet<Step> {
    const lost = bound.bindings.filter(({ problems }) => problems.some(({ place }) => place.kind === 'depend'));
    if (lost.length === 0) return new Set();
    const behind = graph().reachableFrom(lost.map(({ step }) => number(step)));
    return new Set([...lost.map(({ step }) => step), ...[...behind].map((each) => steps[each]!)]);
  }
  return {
    dependenciesOf,
    get cycles() {
      cycles ??= graph()
        .order()
        .cycles.map((cycle) => cycle.map((node) => steps[node]!));
      return cycles;
    },
    get skipping() {
      skipping ??= skippingOf(bound);
      return skipping;
    },
    isUpstream(earlier, later) {
      reachability ??= graph().reachability();
      return reachability.reaches(number(earlier), number(later));
    },
    isUnsure: (step) => (unsure ??= unsureSteps()).has(step),
  };
}
