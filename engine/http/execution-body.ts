// Run state -> the bodies that the service answers with. Pure; wire names stay here.
// Source: API reference section 8, WorkflowExecution and StepExecution.
import type { StepExecution, WorkflowExecution, WorkflowTodo } from '../../core/api/service.ts';
import type { RunState, StatusChange, StepState } from '../../core/run/reduce.ts';
import { isEndedRun, isWaitingStep } from '../../core/run/status.ts';

/** `now`: milliseconds since the epoch, for durations of what still runs. */
export function toExecution(run: RunState, now: number): WorkflowExecution {
  const reached = run.steps.filter((step) => step.status !== 'init' || step.changes.length > 0);
  return {
    execution_id: run.id,
    name: run.name,
    workflow_id: run.workflowId,
    workflow_name: run.workflowName,
    created_at: run.createdAt,
    status: run.status,
    ...(run.scene !== undefined && { scene_name: run.scene }),
    duration: secondsBetween(run.startedAt, run.endedAt, now),
    labels: run.labels,
    events: changesOf(run).map(
      ({ step, change }) => `${clock(change.at)} step ${step} change status from ${change.from} to ${change.to}`,
    ),
    parameters: run.values.parameters.map(({ name, value }) => ({ name, value })),
    data_requirements: run.values.data.map(({ name, value }) => ({ name, value })),
    // Only steps that were reached are listed in the published examples, and null right after creation.
    steps_execution: reached.length === 0 ? null : reached.map((step) => toStepExecution(run, step, now)),
  };
}

export function toStepExecution(run: RunState, step: StepState, now: number): StepExecution {
  const last = step.changes.at(-1)?.at;
  return {
    uuid: step.uuid,
    name: `${run.name}-${step.name}`,
    step_name: step.name,
    step_title: step.title,
    execution_uuid: run.id,
    execution_name: run.name,
    type: step.type,
    status: step.status,
    created_at: step.changes[0]?.at ?? run.createdAt,
    ...(last !== undefined && { updated_at: last }),
    duration: secondsBetween(step.startedAt, step.endedAt, now),
    inputs: step.inputs.map(({ name, value }) => ({ name, value })),
    outputs: step.outputs.map(({ name, value }) => ({ name, config: value })),
    events: step.changes.map((change) => `${clock(change.at)} change status from ${change.from} to ${change.to}`),
    ...(step.error && { error_info: { error_code: step.error.code, error_message: step.error.message } }),
    policy: {},
    ...(step.decision !== undefined && { conditions_execution: { result: String(step.decision), metric_list: [] } }),
  };
}

export function toTodos(run: RunState, now: number): readonly WorkflowTodo[] {
  if (isEndedRun(run.status)) return [];
  return run.steps
    .filter((step) => isWaitingStep(step.status))
    .map((step) => ({
      time: step.changes.at(-1)?.at ?? run.createdAt,
      duration: secondsBetween(run.startedAt, undefined, now),
      workflow_id: run.workflowId,
      workflow_name: run.workflowName,
      execution_id: run.id,
      step_name: step.name,
      step_title: step.title,
      status: step.status,
    }));
}

function changesOf(run: RunState): readonly { readonly step: string; readonly change: StatusChange }[] {
  return run.steps
    .flatMap((step) => step.changes.map((change) => ({ step: step.name, change })))
    .sort((a, b) => (a.change.at < b.change.at ? -1 : a.change.at > b.change.at ? 1 : 0));
}

function secondsBetween(from: string | undefined, to: string | undefined, now: number): number {
  if (from === undefined) return 0;
  return Math.max(0, Math.round(((to === undefined ? now : Date.parse(to)) - Date.parse(from)) / 1000));
}

/** `YYYY-MM-DD HH:MM:SS` in local time, as the service writes its logs. */
function clock(at: string): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
