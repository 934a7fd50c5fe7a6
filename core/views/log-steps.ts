// What the log panel says about the steps of a run beside their lines. Texts are named by key; the panel has the language.
import type { RunState, StepState } from '../run/reduce.ts';
import { isEndedStep, isFailedStep } from '../run/status.ts';
import { shownStatus, type Tone, toneOf } from './tone.ts';

export interface LogStep {
  readonly name: string;
  readonly title: string;
  readonly status: string;
  readonly tone: Tone;
  readonly attempt: number;
  readonly startedAt: string | undefined;
  readonly endedAt: string | undefined;
  readonly ended: boolean;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** Stands above the log. */
  readonly error: string | undefined;
  /** Stands in place of lines while there are none. */
  readonly note: LogNote;
}

export type LogNote =
  | { readonly kind: 'waiting'; readonly for: readonly string[] }
  | { readonly kind: 'needs'; readonly names: readonly string[] }
  | { readonly kind: 'skipped'; readonly reason: StepState['reason'] }
  | { readonly kind: 'noOutput' }
  | { readonly kind: 'empty' };

export function logSteps(run: RunState): LogStep[] {
  const titles = new Map(run.steps.map((step) => [step.name, step.title || step.name]));
  const ended = new Set(run.steps.filter((step) => isEndedStep(step.status)).map((step) => step.name));
  return run.steps.map((step) => ({
    name: step.name,
    title: titles.get(step.name)!,
    status: shownStatus(step),
    tone: toneOf(shownStatus(step)),
    attempt: step.attempt,
    startedAt: step.startedAt,
    endedAt: step.endedAt,
    ended: ended.has(step.name),
    exitCode: step.exitCode,
    signal: step.signal,
    error: isFailedStep(step.status) ? (step.error?.message ?? '') : undefined,
    note: noteOf(step, (name) => (ended.has(name) ? undefined : titles.get(name))),
  }));
}

/**
 * The step to show while the user has not picked one: the failed one once the run is over, else the running one that began last,
 * else the one that ended last.
 */
export function stepToShow(steps: readonly LogStep[], runEnded: boolean): string | undefined {
  const failed = steps.find((step) => step.error !== undefined);
  if (runEnded && failed) return failed.name;
  const latest = (candidates: readonly LogStep[], time: (step: LogStep) => string | undefined) =>
    candidates.reduce<LogStep | undefined>(
      (best, step) => (!best || (time(step) ?? '') > (time(best) ?? '') ? step : best),
      undefined,
    );
  const running = latest(
    steps.filter((step) => step.tone === 'active'),
    (step) => step.startedAt,
  );
  const ended = latest(
    steps.filter((step) => step.endedAt !== undefined && step.tone !== 'skipped'),
    (step) => step.endedAt,
  );
  return (running ?? ended ?? steps[0])?.name;
}

function noteOf(step: StepState, openTitle: (name: string) => string | undefined): LogNote {
  if (step.status === 'skipped') return { kind: 'skipped', reason: step.reason };
  if (isEndedStep(step.status)) return { kind: 'empty' };
  if (step.needs.length > 0) return { kind: 'needs', names: step.needs.map((need) => need.name) };
  if (step.startedAt === undefined) return { kind: 'waiting', for: step.dependSteps.flatMap((name) => openTitle(name) ?? []) };
  return { kind: 'noOutput' };
}
