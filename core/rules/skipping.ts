// Which steps run together: what can be told, before a run, about skip conditions and branches (guide 4.2, 4.3).
// Proves, never guesses: an answer of `false` means that nothing shows it. Works by the numbers of steps, and so goes on while the
// graph is the same.
import type { Condition, Step } from '../ir/workflow.ts';
import type { DependencyTable } from '../refs/dependencies.ts';
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
const noBranches: ReadonlyMap<number, Branch> = new Map();

/** The graph must have no cycle. `isFirst`: whether the step of that number is the first of its name. */
export function skippingOf(table: DependencyTable, isFirst: (number: number) => boolean): Skipping {
  const { links } = table;
  const branches = branchesOf(table, isFirst);
  const skips = new Map<number, boolean>();
  const implied = new Map<number, Map<number, boolean>>();
  const taken = new Map<number, ReadonlyMap<number, Branch>>();
  const before = (step: number) => links.on[step]!;
  const conditions = (step: number) => table.bindings[step]!.step.skipConditions;
  const ownPolicy = (step: number) => conditions(step).length > 0;

  /** Answers of everything upstream come first, without a call inside of a call: a workflow may be a chain of any length. */
  function settled<T>(known: Map<number, T>, step: number, answer: (step: number) => T): T {
    if (known.has(step)) return known.get(step)!;
    const open = [step];
    for (let each = open.at(-1); each !== undefined; each = open.at(-1)) {
      const next = before(each).find(({ to }) => !known.has(to));
      if (next) open.push(next.to);
      else {
        known.set(each, answer(each));
        open.pop();
      }
    }
    return known.get(step)!;
  }

  function maySkip(step: number): boolean {
    return settled(skips, step, (each) => {
      const all = before(each);
      return ownPolicy(each) || branches.has(each) || (all.length > 0 && all.every(({ to }) => skips.get(to)!));
    });
  }

  function implies(step: number, other: number, depth = 0): boolean {
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

  function impliesAnew(step: number, other: number, depth: number): boolean {
    const all = before(step);
    if (!ownPolicy(step) && all.length > 0 && all.every(({ to }) => implies(to, other, depth))) return true;
    const branched = [...(branches.get(other) ?? [])];
    if (!branched.every(([condition, branch]) => branchesTaken(step).get(condition) === branch)) return false;
    if (ownPolicy(other)) return ownPolicy(step) && printCondition(conditions(step)) === printCondition(conditions(other));
    // The branch is taken, so its condition ran; otherwise any dependency that runs is enough.
    return branched.length > 0 || before(other).some(({ to }) => implies(step, to, depth));
  }

  /** Outcomes of conditions that must hold where the step runs. */
  function branchesTaken(step: number): ReadonlyMap<number, Branch> {
    return settled(taken, step, (each) => {
      const own = branches.get(each);
      const all = ownPolicy(each) ? [] : before(each).map(({ to }) => taken.get(to)!);
      const first = all[0];
      if (!first || first.size === 0) return own ?? noBranches;
      const known = new Map(own);
      for (const [condition, branch] of first)
        if (all.every((other) => other.get(condition) === branch)) known.set(condition, branch);
      return known;
    });
  }

  function exclusive(a: number, b: number): boolean {
    for (const [condition, branch] of branchesTaken(a)) {
      const other = branchesTaken(b).get(condition);
      if (other && other !== branch) return true;
    }
    return opposite(conditions(a), conditions(b));
  }

  const number = (step: Step) => table.numberOf(step)!;
  return {
    maySkip: (step) => maySkip(number(step)),
    implies: (step, other) => implies(number(step), number(other)),
    exclusive: (a, b) => exclusive(number(a), number(b)),
  };
}

/** The branches that name a step, by condition step. */
function branchesOf(
  table: DependencyTable,
  isFirst: (number: number) => boolean,
): ReadonlyMap<number, ReadonlyMap<number, Branch>> {
  const branches = new Map<number, Map<number, Branch>>();
  for (const [number, { step, links }] of table.bindings.entries()) {
    if (step.ifThenSteps.length + step.elseThenSteps.length === 0 || !isFirst(number)) continue;
    for (const { place, target } of links) {
      if ((place.kind !== 'then' && place.kind !== 'else') || !target) continue;
      const to = table.numberOf(target as Step)!;
      const of = branches.get(to);
      if (of) of.set(number, place.kind);
      else branches.set(to, new Map([[number, place.kind]]));
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
