// The scheduler's whole policy, pure: plan, folded state, free places and time -> what has happened now and what has to be done.
// The shell appends `events` first and carries out `effects` after (invariant I7); then it folds and may ask again.
// D1. No step starts before all that it waits for completed or was skipped.
// D2. Skipping (guide 4.3): the branch not taken first (design 9.14), then the step's own conditions, and only without own
//     conditions the default rule "all dependencies were skipped".
// D3. A failed step holds back what waits for it and nothing else; the run ends when nothing can go on.
// D4. A person's time is not the step's: limits run only while work is submitted (9.20).
// D5. Asked again after its own events, with no other change, it answers with nothing.
// D6. What the debugger holds is held where it would start or decide, after it is known that it is not skipped.
import { type Evaluation, evaluateConditions } from '../plan/condition.ts';
import { missingNow, type Plan, type PlanStep } from '../plan/plan.ts';
import { type ResolvedStep, resolveStep } from '../plan/resolve.ts';
import { scopeOf } from '../plan/scope.ts';
import type { RunEventBody } from './events.ts';
import { holdOf } from './hold.ts';
import type { RunState, StepState } from './reduce.ts';
import { isEndedRun, isEndedStep, isFailedStep, isWaitingStep, type StepStatus } from './status.ts';

export interface Limits {
  /** How many more steps may be at work, over all runs. */
  readonly free: number;
}

export interface Decision {
  readonly events: readonly RunEventBody[];
  readonly effects: readonly Effect[];
  /** Milliseconds since the epoch at which to ask again though nothing happened. */
  readonly wakeAt: number | undefined;
}

export type Effect =
  | {
      readonly kind: 'start';
      readonly step: ResolvedStep;
      readonly stepRun: string;
      readonly attempt: number;
      readonly answered: boolean;
    }
  | { readonly kind: 'cancel'; readonly step: string };

export function decide(plan: Plan, state: RunState, limits: Limits, now: number): Decision {
  if (isEndedRun(state.status)) return { events: [], effects: [], wakeAt: undefined };
  const turn = new Turn(plan, state, limits.free, now);
  if (state.status === 'init') turn.events.push({ type: 'run.started' });
  if (state.stopRequested) turn.stopAll();
  else {
    turn.checkTime();
    for (const index of plan.order) if (turn.status[index] === 'init') turn.consider(index);
  }
  turn.endRun();
  return { events: turn.events, effects: turn.effects, wakeAt: turn.wakeAt };
}

/** At work: takes a place and runs against its limit. */
export function isActiveStep(status: string): boolean {
  return status === 'creating' || status === 'created' || status === 'running' || status === 'stopping';
}

/** A person continued the step after it was on hold, in this attempt. */
export function wasAnswered(step: StepState): boolean {
  for (const change of step.changes.toReversed()) {
    if (change.to !== 'init') continue;
    return change.from === 'hold';
  }
  return false;
}

/** The attempt that the next submission is: a continued step goes on with the one that waited. */
export function nextAttempt(step: StepState): number {
  return wasAnswered(step) ? step.attempt : step.attempt + 1;
}

class Turn {
  readonly events: RunEventBody[] = [];
  readonly effects: Effect[] = [];
  wakeAt: number | undefined;
  /** Statuses with what this turn decided. */
  readonly status: StepStatus[];
  private readonly decisions = new Map<number, boolean>();
  private readonly plan: Plan;
  private readonly state: RunState;
  private free: number;
  private readonly now: number;
  /** A step could start but has no place: the run is not at its end. */
  private crowded = false;
  /** A step is held: the run is not at its end. */
  private holding = false;

  constructor(plan: Plan, state: RunState, free: number, now: number) {
    this.plan = plan;
    this.state = state;
    this.free = free;
    this.now = now;
    this.status = state.steps.map((step) => step.status);
  }

  stopAll(): void {
    for (const [index, step] of this.state.steps.entries()) {
      if (isWaitingStep(step.status) || step.status === 'pending') this.end(index, { status: 'stopped' });
      else if (isActiveStep(step.status) && !step.stopRequested) this.stop(index, 'user');
    }
  }

  checkTime(): void {
    for (const [index, step] of this.state.steps.entries()) {
      if (!isActiveStep(step.status) || step.stopRequested || step.startedAt === undefined) continue;
      const due = Date.parse(step.startedAt) + this.plan.steps[index]!.timeoutMs;
      if (due <= this.now) this.stop(index, 'engine');
      else this.wakeAt = Math.min(this.wakeAt ?? due, due);
    }
  }

  consider(index: number): void {
    const step = this.plan.steps[index]!;
    if (!step.waitsFor.every((other) => this.status[other] === 'completed' || this.status[other] === 'skipped')) return;
    if (this.isCutOff(step)) return this.end(index, { status: 'skipped', reason: 'branch' });
    const own = step.step.skipConditions;
    if ((own.length > 0 || step.type === 'condition') && this.asks(index, step.conditionReads)) return;
    if (own.length > 0) {
      const skip = this.evaluate(own);
      if (skip.kind === 'failed') return this.fail(index, 'skip-condition', skip.message);
      if (skip.result) return this.end(index, { status: 'skipped', reason: 'condition' });
    } else if (this.isBypassed(step)) {
      return this.end(index, { status: 'skipped', reason: 'dependencies' });
    }
    if (this.holds(index, step)) return;
    if (step.step.conditions.length > 0) return this.judge(index, step);
    if (this.asks(index, step.reads)) return;
    if (this.free <= 0) this.crowded = true;
    else this.start(index, step);
  }

  endRun(): void {
    const ended = this.status.every((status) => isEndedStep(status) || status === 'init');
    if (!ended || this.crowded || this.holding) return;
    const failed = this.status.flatMap((status, index) => (isFailedStep(status) ? [this.plan.steps[index]!.name] : []));
    if (this.state.stopRequested) this.events.push({ type: 'run.stopped' });
    else if (failed.length > 0) this.events.push({ type: 'run.failed', steps: failed });
    else if (this.status.includes('stopped')) this.events.push({ type: 'run.stopped' });
    else this.events.push({ type: 'run.completed' });
  }

  /** A branch that was not taken names it. A condition step that was skipped itself decides nothing. */
  private isCutOff(step: PlanStep): boolean {
    return step.branches.some(({ condition, on }) => {
      const result = this.decisions.get(condition) ?? this.state.steps[condition]!.decision;
      return this.status[condition] === 'completed' && result !== on;
    });
  }

  private isBypassed(step: PlanStep): boolean {
    const looked = step.dependSteps.length > 0 ? step.dependSteps : step.waitsFor;
    return looked.length > 0 && looked.every((other) => this.status[other] === 'skipped');
  }

  /** True when the debugger keeps the step from going on. */
  private holds(index: number, step: PlanStep): boolean {
    const state = this.state.steps[index]!;
    if (state.released) return false;
    if (!state.held) {
      const hold = holdOf(this.plan, this.state, step.name);
      if (!hold) return false;
      this.events.push({ type: 'step.held', step: step.name, ...hold });
    }
    this.holding = true;
    return true;
  }

  /** Asks a person for what is missing; true when the step has to wait. */
  private asks(index: number, reads: PlanStep['reads']): boolean {
    const needs = missingNow(reads, this.plan, this.state);
    if (needs.length === 0) return false;
    this.events.push({ type: 'step.waiting', step: this.plan.steps[index]!.name, status: 'wait_inputs', needs });
    this.status[index] = 'wait_inputs';
    return true;
  }

  private judge(index: number, step: PlanStep): void {
    const evaluation = this.evaluate(step.step.conditions);
    if (evaluation.kind === 'failed') return this.fail(index, 'condition', evaluation.message);
    this.decisions.set(index, evaluation.result);
    this.events.push({ type: 'step.decided', step: step.name, result: evaluation.result, metrics: evaluation.metrics });
    this.end(index, { status: 'completed' });
  }

  private start(index: number, planned: PlanStep): void {
    const state = this.state.steps[index]!;
    const resolution = resolveStep(this.plan, planned, this.state);
    if (resolution.kind === 'failed') return this.fail(index, 'unresolved', resolution.message);
    const { step, warnings } = resolution;
    for (const message of warnings) this.events.push({ type: 'run.warned', code: 'select-ambiguous', message, step: step.name });
    const attempt = nextAttempt(state);
    this.events.push({
      type: 'step.submitting',
      step: step.name,
      attempt,
      key: `${state.uuid}.${attempt}`,
      inputs: step.inputs.map(({ name, value }) => ({ name, value })),
      outputs: step.outputs.map(({ name, settings }) => ({ name, value: settings })),
    });
    this.effects.push({ kind: 'start', step, stepRun: state.uuid, attempt, answered: wasAnswered(state) });
    this.status[index] = 'creating';
    this.free--;
  }

  private stop(index: number, by: 'user' | 'engine'): void {
    const step = this.plan.steps[index]!.name;
    this.events.push({ type: 'step.stop_requested', step, by });
    this.effects.push({ kind: 'cancel', step });
    this.status[index] = 'stopping';
  }

  private fail(index: number, code: string, message: string): void {
    this.end(index, { status: 'failed', error: { code, message } });
  }

  private end(index: number, outcome: Omit<Extract<RunEventBody, { type: 'step.ended' }>, 'type' | 'step'>): void {
    this.events.push({ type: 'step.ended', step: this.plan.steps[index]!.name, ...outcome });
    this.status[index] = outcome.status;
  }

  private evaluate(conditions: PlanStep['step']['conditions']): Evaluation {
    return evaluateConditions(conditions, scopeOf(this.plan, this.state));
  }
}
