// Taking over results of an earlier run: what completed or was skipped there and is upstream of everything that runs again
// counts as done here, with its outputs, metrics and decision. Source: design.md part 4, "Reuse", and 9.19.
import { downstreamOf, type Plan } from '../plan/plan.ts';
import type { RunEventBody } from './events.ts';
import type { RunState, StepState } from './reduce.ts';

/** Events that stand right after `run.created`. `rerun`: steps that run again, with all that waits for them. */
export function reuseEvents(plan: Plan, before: RunState, rerun: readonly string[]): readonly RunEventBody[] {
  const done = new Map(before.steps.filter(isDone).map((step) => [step.name, step]));
  const fresh = plan.steps.filter(({ name }) => rerun.includes(name) || !done.has(name)).map(({ name }) => name);
  const again = downstreamOf(plan, fresh);
  return plan.order.flatMap((index) => {
    const step = done.get(plan.steps[index]!.name);
    return !step || again.has(index) || rerun.includes(step.name) ? [] : takeOver(step, before.id);
  });
}

function isDone(step: StepState): boolean {
  return step.status === 'completed' || step.status === 'skipped';
}

function takeOver(step: StepState, run: string): readonly RunEventBody[] {
  const { name, decision, metrics, outputs, reason } = step;
  const written = [...new Set(metrics.map(({ output }) => output ?? ''))].map(
    (output): RunEventBody => ({
      type: 'step.metrics_written',
      step: name,
      output,
      metrics: metrics.filter((metric) => (metric.output ?? '') === output),
    }),
  );
  return [
    ...written,
    ...(decision === undefined ? [] : [{ type: 'step.decided', step: name, result: decision, metrics: [] } as const]),
    {
      type: 'step.ended',
      step: name,
      status: step.status as 'completed' | 'skipped',
      outputs,
      reused: step.reused ?? run,
      ...(reason && { reason }),
    },
  ];
}
