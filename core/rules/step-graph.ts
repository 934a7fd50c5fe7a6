// What waits for what, as the rules ask about it. Everything is worked out when it is first asked for, and holds as long as the
// graph is the same: it is kept by the numbers of steps, whose objects may be others with every version.
import type { Step } from '../ir/workflow.ts';
import type { Bound } from '../refs/bind.ts';
import { Digraph, type Reachability } from '../refs/digraph.ts';
import type { StepGraph } from './rule.ts';
import { type Skipping, skippingOf } from './skipping.ts';

export function stepGraph({ dependencies: table, steps, watch }: Bound): StepGraph {
  const { links } = table;
  let digraph: Digraph | undefined;
  let reachability: Reachability | undefined;
  let cycles: readonly (readonly number[])[] | undefined;
  let skipping: Skipping | undefined;
  let unsure: ReadonlySet<number> | undefined;
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

  function unsureSteps(): ReadonlySet<number> {
    const lost = [...table.bindings.keys()].filter((each) =>
      table.bindings[each]!.links.some(({ place, target }) => place.kind === 'depend' && !target),
    );
    return lost.length === 0 ? new Set() : new Set([...lost, ...graph().reachableFrom(lost)]);
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
    isUnsure: (step) => (unsure ??= watch.unseen(unsureSteps)).has(number(step)),
  };
}
