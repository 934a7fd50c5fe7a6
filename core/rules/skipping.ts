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

/** A proof through more steps than this is not looked for. */
const longestProof = 400;
const noBranches: ReadonlyMap<Step, Branch> = new Map();

/** The graph must have no cycle. */
export function skippingOf(bound: Bound): Skipping {
  const branches = branchesOf(bound);
  const skips = new Map<Step, boolean>();
  const implied = new Map<Step, Map<Step, boolean>>();
  const taken = new Map<Step, ReadonlyMap<Step, Branch>>();
  const before = (step: Step) => bound.dependencies.get(step)?.on ?? [];
  const ownPolicy = (step: Step) => step.skipConditions.length > 0;

  /** Answers of everything upstream come first, without a call inside of a call: a workflow may be a chain of any length. */
  function settled<T>(known: Map<Step, T>, step: Step, answer: (step: Step) => T): T {
    const open = known.has(step) ? [] : [step];
    for (let each = open.at(-1); each; each = open.at(-1)) {
      const next = before(each).find((dependency) => !known.has(dependency.step));
      if (next) open.push(next.step);
      else {
        known.set(each, answer(each));
        open.pop();
      }
    }
    return known.get(step)!;
  }

  function maySkip(step: Step): boolean {
    return settled(skips, step, (each) => {
      const all = before(each);
      return ownPolicy(each) || branches.has(each) || (all.length > 0 && all.every((dependency) => skips.get(dependency.step)!));
    });
  }

  function implies(step: Step, other: Step, depth = 0): boolean {
    if (step === other || !maySkip(other)) return true;
    let row = implied.get(step);
    if (!row) implied.set(step, (row = new Map()));
    let known = row.get(other);
    if (known === undefined) {
      known = depth < longestProof && impliesAnew(step, other, depth + 1);
      row.set(other, known);
    }
    return known;
  }

  function impliesAnew(step: Step, other: Step, depth: number): boolean {
    const all = before(step);
    if (!ownPolicy(step) && all.length > 0 && all.every((each) => implies(each.step, other, depth))) return true;
    const branched = [...(branches.get(other) ?? [])];
    if (!branched.every(([condition, branch]) => branchesTaken(step).get(condition) === branch)) return false;
    if (ownPolicy(other)) return ownPolicy(step) && printCondition(step.skipConditions) === printCondition(other.skipConditions);
    // The branch is taken, so its condition ran; otherwise any dependency that runs is enough.
    return branched.length > 0 || before(other).some((each) => implies(step, each.step, depth));
  }

  /** Outcomes of conditions that must hold where the step runs. */
  function branchesTaken(step: Step): ReadonlyMap<Step, Branch> {
    return settled(taken, step, (each) => {
      const own = branches.get(each);
      const all = ownPolicy(each) ? [] : before(each).map((dependency) => taken.get(dependency.step)!);
      const first = all[0];
      if (!first || first.size === 0) return own ?? noBranches;
      const known = new Map(own);
      for (const [condition, branch] of first)
        if (all.every((other) => other.get(condition) === branch)) known.set(condition, branch);
      return known;
    });
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
    if (step.ifThenSteps.length + step.elseThenSteps.length === 0) continue;
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
