// What each step waits for: the written `depend_steps`, which is exact, or what follows from what the step reads
// (docs: language, part 4). Unknown names are left out; cycles are kept for the rule that reports them.
import type { Name, Step } from '../ir/workflow.ts';
import type { StepBinding, Use } from './bind.ts';
import { Digraph } from './digraph.ts';

export interface Dependency {
  readonly step: Step;
  /** Where it is mentioned: in the list, in a reference, or in the condition step that names this one. */
  readonly name: Name;
}

export interface Dependencies {
  /** No `depend_steps` is written. */
  readonly derived: boolean;
  readonly on: readonly Dependency[];
  /** Steps whose outputs this one reads, in order of mention, each once, whether or not they are depended on. */
  readonly reads: readonly Dependency[];
}

export function dependenciesOf(bindings: readonly StepBinding[]): ReadonlyMap<Step, Dependencies> {
  const steps = bindings.map((binding) => binding.step);
  const number = new Map(steps.map((step, index) => [step, index]));
  const namedBy = conditionsNaming(bindings);
  const wide = bindings.map((binding) => mentioned(binding, namedBy.get(binding.step) ?? []));
  const edges = wide.flatMap(({ on }, to) => on.map(({ step }) => [number.get(step)!, to] as const));
  const reachability = new Digraph(steps.length, edges).reachability();
  const reaches = (a: Step, b: Step) => reachability.reaches(number.get(a)!, number.get(b)!);
  return new Map(wide.map((each, index) => [steps[index]!, each.derived && each.on.length > 1 ? reduce(each, reaches) : each]));
}

/** Everything that is mentioned, before what others reach already is taken out. */
function mentioned(binding: StepBinding, conditions: readonly Dependency[]): Dependencies {
  const reads = once(binding.uses.filter(isRead).map(dependency));
  if (binding.step.dependSteps) {
    return { derived: false, on: once(binding.uses.filter((use) => use.place.kind === 'depend').map(dependency)), reads };
  }
  return { derived: true, on: once([...reads, ...conditions]), reads };
}

/** Two that reach each other are on a cycle: both stay. */
function reduce(wide: Dependencies, reaches: (a: Step, b: Step) => boolean): Dependencies {
  const on = wide.on.filter(
    ({ step }) => !wide.on.some((other) => other.step !== step && reaches(step, other.step) && !reaches(other.step, step)),
  );
  return on.length === wide.on.length ? wide : { ...wide, on };
}

function conditionsNaming(bindings: readonly StepBinding[]): ReadonlyMap<Step, readonly Dependency[]> {
  const map = new Map<Step, Dependency[]>();
  for (const { step, uses } of bindings) {
    if (step.ifThenSteps.length + step.elseThenSteps.length === 0) continue;
    for (const use of uses) {
      if (use.place.kind !== 'then' && use.place.kind !== 'else') continue;
      const target = use.target as Step | undefined;
      if (!target) continue;
      const list = map.get(target);
      if (list) list.push({ step, name: use.name });
      else map.set(target, [{ step, name: use.name }]);
    }
  }
  return map;
}

function isRead(use: Use): boolean {
  return use.kind === 'step' && use.value !== undefined;
}

function dependency(use: Use): Dependency {
  return { step: use.target as Step, name: use.name };
}

function once(all: readonly Dependency[]): readonly Dependency[] {
  const seen = new Set<Step>();
  return all.filter(({ step }) => step && !seen.has(step) && seen.add(step));
}
