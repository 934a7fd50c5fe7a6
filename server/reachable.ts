// Which steps a step may wait for: all that do not already wait for it.
import type { Step } from '../core/ir/workflow.ts';
import type { Bound } from '../core/refs/bind.ts';

/** The step itself and every step that waits for it, directly or not: what it must not read or depend on. */
export function downstreamOf(bound: Bound, step: Step): ReadonlySet<Step> {
  const waiting = new Map<Step, Step[]>();
  for (const [later, { on }] of bound.dependencies) {
    for (const { step: earlier } of on) {
      const list = waiting.get(earlier);
      if (list) list.push(later);
      else waiting.set(earlier, [later]);
    }
  }
  return closure(step, (each) => waiting.get(each) ?? []);
}

/** Every step that this one waits for, directly or not; itself included. */
export function upstreamOf(bound: Bound, step: Step): ReadonlySet<Step> {
  return closure(step, (each) => bound.dependencies.get(each)?.on.map((dependency) => dependency.step) ?? []);
}

function closure(start: Step, next: (step: Step) => readonly Step[]): ReadonlySet<Step> {
  const seen = new Set([start]);
  const open = [start];
  for (let step = open.pop(); step; step = open.pop()) {
    for (const each of next(step)) {
      if (seen.has(each)) continue;
      seen.add(each);
      open.push(each);
    }
  }
  return seen;
}
