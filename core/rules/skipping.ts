// Which steps run together: what can be told, before a run, about skip conditions and branches (guide 4.2, 4.3).
// Proves, never guesses: an answer of `false` means that nothing shows it.
import type { Condition, Step } from '../ir/workflow.ts';
import type { Bound } from '../refs/bind.ts';
import { printCondition } from '../refs/expression.ts';

type Branch = 'then' | 'else';

export interface Skipping {
  /** Whether some run may skip the step. */
  maySkip(step: Step): boolean;
  /** Whether `other` is certain to run in every run in which `step` does. */
  implies(step: Step, other: Step): boolean;
  /** Whether no run has both. */
  exclusive(a: Step, b: Step): boolean;
}

/** The graph must have no cycle. */
export function skippingOf(bound: Bound): Skipping {
  const branches = branchesOf(bound);
  const skips = new Map<Step, boolean>();
  const implied = new Map<Step, Map<Step, boolean>>();
  const taken = new Map<Step, ReadonlyMap<Step, Branch>>();
  const before = (step: Step) => bound.dependencies.get(step)?.on.map((each) => each.step) ?? [];
  const ownPolicy = (step: Step) => step.skipConditions.length > 0;

  function maySkip(step: Step): boolean {
    let known = skips.get(step);
    if (known === undefined) {
      const all = before(step);
      known = ownPolicy(step) || branches.has(step) || (all.length > 0 && all.every(maySkip));
      skips.set(step, known);
    }
    return known;
  }

  function implies(step: Step, other: Step): boolean {
    if (step === other || !maySkip(other)) return true;
    let row = implied.get(step);
    if (!row) implied.set(step, (row = new Map()));
    let known = row.get(other);
    if (known === undefined) {
      known = impliesAnew(step, other);
      row.set(other, known);
    }
    return known;
  }

  function impliesAnew(step: Step, other: Step): boolean {
    if (!ownPolicy(step) && before(step).length > 0 && before(step).every((each) => implies(each, other))) return true;
    const branched = [...(branches.get(other) ?? [])];
    if (!branched.every(([condition, branch]) => branchesTaken(step).get(condition) === branch)) return false;
    if (ownPolicy(other)) return ownPolicy(step) && printCondition(step.skipConditions) === printCondition(other.skipConditions);
    // The branch is taken, so its condition ran; otherwise any dependency that runs is enough.
    return branched.length > 0 || before(other).some((each) => implies(step, each));
  }

  /** Outcomes of conditions that must hold where the step runs. */
  function branchesTaken(step: Step): ReadonlyMap<Step, Branch> {
    let known = taken.get(step);
    if (known === undefined) {
      const own = new Map(branches.get(step));
      const all = ownPolicy(step) ? [] : before(step).map(branchesTaken);
      for (const [condition, branch] of all[0] ?? [])
        if (all.every((each) => each.get(condition) === branch)) own.set(condition, branch);
      known = own;
      taken.set(step, known);
    }
    return known;
  }

  function exclusive(a: Step, b: Step): boolean {
    for (const [condition, branch] of branchesTaken(a)) {
      const other = branchesTaken(b).get(condition);
      if (other && other !== branch) return true;
    }
    return opposite(a.skipConditions, b.skipConditions);
  }

  return { maySkip, implies, exclusive };
}

/** The branches that name a step, by condition step. */
function branchesOf(bound: Bound): ReadonlyMap<Step, ReadonlyMap<Step, Branch>> {
  const branches = new Map<Step, Map<Step, Branch>>();
  for (const { step, uses } of bound.steps.values()) {
    for (const { place, target } of uses) {
      if ((place.kind !== 'then' && place.kind !== 'else') || !target) continue;
      const of = branches.get(target as Step);
      if (of) of.set(step, place.kind);
      else branches.set(target as Step, new Map([[step, place.kind]]));
    }
  }
  return branches;
}

/** Whether one of the two is always true: `x` and `!x` of a single comparison. */
function opposite(a: readonly Condition[], b: readonly Condition[]): boolean {
  if (a.length !== 1 || b.length !== 1) return false;
  const [left, right] = [a[0]!, b[0]!];
  const [first, second] = [printCondition(a), printCondition(b)];
  if (first === undefined || second === undefined || first === second) return false;
  if (negated[left.operator] === right.operator) return first.replace(left.operator, right.operator) === second;
  if (left.operator !== '==' || right.operator !== '==') return false;
  return first.replace(/== (true|false)$/, (_, value) => `== ${value === 'true' ? 'false' : 'true'}`) === second;
}

const negated: Readonly<Record<string, string>> = { '==': '!=', '!=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>' };
