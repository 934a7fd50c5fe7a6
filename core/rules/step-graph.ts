// What waits for what, as the rules ask about it. Everything is worked out when it is first asked for, and holds as long as the
// graph is the same: it is kept by the numbers of steps, whose objects may be others with every version.
import { fieldOf, type Step } from '../ir/workflow.ts';
import type { Bound, StepBinding } from '../refs/bind.ts';
import { Digraph, type Reachability } from '../refs/digraph.ts';
import { operators } from './condition-operator-unknown.ts';
import { comparisons } from './read.ts';
import type { StepGraph } from './rule.ts';
import { type Skipping, skippingOf } from './skipping.ts';

export function stepGraph({ dependencies: table, steps, watch, unread }: Bound): StepGraph {
  const { links } = table;
  const isUnread = unread.has('steps');
  let digraph: Digraph | undefined;
  let reachability: Reachability | undefined;
  let cycles: readonly (readonly number[])[] | undefined;
  let skipping: Skipping | undefined;
  let unsure: ReadonlySet<number> | undefined;
  let doubtful: ReadonlySet<number> | undefined;
  let lostBranch: boolean | undefined;
  const number = (step: Step) => table.numberOf(step)!;

  function graph(): Digraph {
    digraph ??= new Digraph(
      links.on.length,
      links.on.flatMap((on, to) => on.map((link) => [link.to, to] as const)),
    );
    return digraph;
  }

  function numbered(): readonly (readonly number[])[] {
    cycles ??= graph().order().cycles;
    return cycles;
  }

  /** Steps of which something is lost, and those that wait for them. */
  function behind(isLost: (binding: StepBinding) => boolean): ReadonlySet<number> {
    const lost = [...table.bindings.keys()].filter((each) => isLost(table.bindings[each]!));
    return lost.length === 0 ? none : new Set([...lost, ...graph().reachableFrom(lost)]);
  }

  return {
    dependenciesOf: (step) => table.get(step)!,
    get hasCycle() {
      return numbered().length > 0;
    },
    get cycles() {
      return numbered().map((cycle) => cycle.map((each) => table.bindings[each]!.looked));
    },
    get skipping() {
      const isFirst = (each: number) => {
        const binding = table.bindings[each]!;
        return steps.repeated.size === 0 || steps.get(binding.step.name.text) === binding;
      };
      skipping ??= watch.unseen(() => skippingOf(table, isFirst));
      return skipping;
    },
    isUpstream(earlier, later) {
      reachability ??= graph().reachability();
      return reachability.reaches(number(earlier), number(later));
    },
    isUnsure(step) {
      unsure ??= watch.unseen(() => behind(hasLostDependency));
      return isUnread || unsure.has(number(step));
    },
    mayRunOtherwise(step) {
      lostBranch ??= watch.unseen(() => table.bindings.some(hasLostBranch));
      doubtful ??= watch.unseen(() => behind((each) => hasLostDependency(each) || hasBrokenCondition(each)));
      return isUnread || lostBranch || doubtful.has(number(step));
    },
  };
}

const none: ReadonlySet<number> = new Set();

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
