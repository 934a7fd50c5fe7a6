// What waits for what, as the rules ask about it. Everything is worked out when it is first asked for.
import { fieldOf, type Step } from '../ir/workflow.ts';
import type { Bound, StepBinding } from '../refs/bind.ts';
import { Digraph, type Reachability } from '../refs/digraph.ts';
import { operators } from './condition-operator-unknown.ts';
import { comparisons } from './read.ts';
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
  let doubtful: ReadonlySet<Step> | undefined;
  let lostBranch: boolean | undefined;
  const number = (step: Step) => (numbers ??= new Map(steps.map((each, index) => [each, index]))).get(step)!;
  const dependenciesOf = (step: Step) => bound.dependencies.get(step)!;
  function graph(): Digraph {
    digraph ??= new Digraph(
      steps.length,
      steps.flatMap((step, to) => dependenciesOf(step).on.map((each) => [number(each.step), to] as const)),
    );
    return digraph;
  }
  function behind(lost: readonly Step[]): ReadonlySet<Step> {
    if (lost.length === 0) return none;
    const reached = graph().reachableFrom(lost.map(number));
    return new Set([...lost, ...[...reached].map((each) => steps[each]!)]);
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
    isUnsure: (step) =>
      bound.unread.has('steps') ||
      (unsure ??= behind(bound.bindings.filter(hasLostDependency).map((each) => each.step))).has(step),
    mayRunOtherwise(step) {
      if (bound.unread.has('steps') || (lostBranch ??= bound.bindings.some(hasLostBranch))) return true;
      doubtful ??= behind(
        bound.bindings.filter((each) => hasLostDependency(each) || hasBrokenCondition(each)).map((each) => each.step),
      );
      return doubtful.has(step);
    },
  };
}

const none: ReadonlySet<Step> = new Set();

function hasLostDependency({ step, problems }: StepBinding): boolean {
  return (
    step.unread === true ||
    fieldOf(step.fields, 'depend_steps') !== undefined ||
    problems.some(({ place }) => place.kind === 'depend')
  );
}

function hasLostBranch({ step, problems }: StepBinding): boolean {
  if (problems.some(({ place }) => place.kind === 'then' || place.kind === 'else')) return true;
  return fieldOf(step.fields, 'if_then_steps') !== undefined || fieldOf(step.fields, 'else_then_steps') !== undefined;
}

/** Whether it cannot be told when the step is skipped, or which branch it takes. */
function hasBrokenCondition({ step, problems }: StepBinding): boolean {
  if (problems.some(({ place }) => place.kind === 'skip' || place.kind === 'condition')) return true;
  const conditions = [...step.conditions, ...step.skipConditions];
  for (const { operator, left, right } of comparisons(conditions)) if (!operators.has(operator) || !left || !right) return true;
  const policy = fieldOf(step.fields, 'policy');
  const written = policy?.kind === 'map' ? fieldOf(policy, 'skip_conditions') : policy;
  return step.skipConditions.length === 0 && written !== undefined && !(written.kind === 'list' && written.items.length === 0);
}
