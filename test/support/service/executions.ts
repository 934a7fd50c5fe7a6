// Runs inside the stand-in: each tick moves the steps that can move by one status, on a clock of its own, and writes the records as the
// service writes them (API reference 8 and 11): event lines in local time, steps listed once they were reached, ids in outputs.
import { createHash } from 'node:crypto';

/** What the test wants of a step. */
export interface StepScript {
  /** How it ends; `completed` when absent. */
  readonly end?: 'completed' | 'failed' | 'create_failed' | 'timeout';
  /** A person has to continue it first. */
  readonly waits?: 'hold' | 'wait_inputs';
  /** Condition steps; true when absent. */
  readonly decides?: boolean;
  /** Lines that it writes, one more piece each tick while it runs. */
  readonly log?: readonly string[];
  readonly metrics?: readonly object[];
  readonly error?: { readonly error_code: string; readonly error_message: string };
}

interface Definition {
  readonly name: string;
  readonly title?: string;
  readonly type?: string;
  readonly depend_steps?: readonly string[];
  readonly if_then_steps?: readonly string[];
  readonly else_then_steps?: readonly string[];
  readonly inputs?: readonly object[];
  readonly outputs?: readonly { readonly name: string; readonly type?: string; readonly config?: object }[];
  readonly properties?: object;
}

export interface StepRecord {
  readonly definition: Definition;
  readonly uuid: string;
  status: string;
  reached: boolean;
  createdAt: number;
  updatedAt: number;
  startedAt: number | undefined;
  answered: boolean;
  stopping: boolean;
  ticks: number;
  readonly events: string[];
}

export interface ExecutionRecord {
  readonly id: string;
  readonly name: string;
  readonly workflowId: string;
  readonly workflowName: string;
  readonly createdAt: number;
  readonly request: Readonly<Record<string, unknown>>;
  readonly parameters: readonly object[];
  readonly dataRequirements: readonly object[];
  readonly steps: readonly StepRecord[];
  readonly events: string[];
  labels: readonly string[];
  /** Somebody stopped it: nothing begins any more. */
  stopping: boolean;
  status: string | undefined;
  endedAt: number | undefined;
}

const path: readonly string[] = ['init', 'creating', 'created', 'running'];
const ended = ['completed', 'failed', 'create_failed', 'timeout', 'stopped', 'skipped'];
const failed = ['failed', 'create_failed', 'timeout'];

/** A version 4 UUID that a seed always gives again. */
export function idOf(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** RFC 3339 with the offset and the digits of the published examples. */
export function serviceTime(ms: number): string {
  return `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, -1)}564372+08:00`;
}

function eventTime(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

export function isOver(execution: ExecutionRecord): boolean {
  return execution.endedAt !== undefined;
}

/** One turn of the clock. */
export function tick(execution: ExecutionRecord, now: number, scripts: Readonly<Record<string, StepScript>>): void {
  if (isOver(execution)) return;
  if (execution.status !== 'running') {
    execution.status = execution.status === undefined ? 'init' : 'running';
    return;
  }
  const of = (name: string) => execution.steps.find((step) => step.definition.name === name);
  const before = new Map(execution.steps.map((step) => [step, step.status]));
  for (const step of execution.steps) {
    if (ended.includes(step.status)) continue;
    const script = scripts[step.definition.name] ?? {};
    const waitsFor = (step.definition.depend_steps ?? []).map(of).filter((each) => each !== undefined);
    if (step.stopping) move(execution, step, step.status === 'stopping' ? 'stopped' : 'stopping', now);
    else if (execution.stopping) continue;
    else if (!waitsFor.every((each) => ['completed', 'skipped'].includes(before.get(each)!))) continue;
    else if (notTaken(execution, step, scripts) || (waitsFor.length > 0 && waitsFor.every(({ status }) => status === 'skipped')))
      move(execution, step, 'skipped', now);
    else advance(execution, step, script, now);
  }
  const active = execution.steps.some((step) => !ended.includes(step.status) && step.reached);
  const canStart = execution.steps.some(
    (step) =>
      !execution.stopping &&
      !ended.includes(step.status) &&
      (step.definition.depend_steps ?? []).map(of).every((each) => !each || ['completed', 'skipped'].includes(each.status)),
  );
  if (active || canStart) return;
  const statuses = execution.steps.map(({ status }) => status);
  execution.status =
    execution.stopping || statuses.includes('stopped')
      ? 'stopped'
      : statuses.some((status) => failed.includes(status))
        ? 'abnormal'
        : 'completed';
  execution.endedAt = now;
}

function advance(execution: ExecutionRecord, step: StepRecord, script: StepScript, now: number): void {
  if (!step.reached) {
    step.reached = true;
    step.createdAt = now;
    step.updatedAt = now;
    return;
  }
  if (script.waits && !step.answered) {
    if (step.status !== script.waits) move(execution, step, script.waits, now);
    return;
  }
  if (step.definition.type === 'condition') return move(execution, step, 'completed', now);
  if (step.status === 'creating' && script.end === 'create_failed') return move(execution, step, 'create_failed', now);
  if (step.status !== 'running') {
    const next = script.waits === step.status ? 'creating' : (path[path.indexOf(step.status) + 1] ?? 'creating');
    if (next === 'creating') step.startedAt = now;
    return move(execution, step, next, now);
  }
  step.ticks += 1;
  if (step.ticks >= (script.log?.length ?? 1)) move(execution, step, script.end ?? 'completed', now);
}

function notTaken(execution: ExecutionRecord, step: StepRecord, scripts: Readonly<Record<string, StepScript>>): boolean {
  return execution.steps.some(({ definition, status }) => {
    if (definition.type !== 'condition' || status !== 'completed') return false;
    const other = (scripts[definition.name]?.decides ?? true) ? definition.else_then_steps : definition.if_then_steps;
    return other?.includes(step.definition.name) === true;
  });
}

export function move(execution: ExecutionRecord, step: StepRecord, to: string, now: number): void {
  const text = `change status from ${step.status} to ${to}`;
  step.events.push(`${eventTime(now)} ${text}`);
  execution.events.push(`${eventTime(now)} step ${step.definition.name} ${text}`);
  step.reached = true;
  step.status = to;
  step.updatedAt = now;
}

/** As ShowWorkflowExecution and the list answer it. */
export function executionAnswer(execution: ExecutionRecord, now: number, scripts: Readonly<Record<string, StepScript>>) {
  const reached = execution.steps.filter((step) => step.reached);
  return {
    created_at: serviceTime(execution.createdAt),
    name: execution.name,
    execution_id: execution.id,
    description: String(execution.request['description'] ?? ''),
    workspace_id: '0',
    workflow_id: execution.workflowId,
    workflow_name: execution.workflowName,
    ...(execution.status !== undefined && { status: execution.status }),
    ...(typeof execution.request['scene_name'] === 'string' && { scene_name: execution.request['scene_name'] }),
    steps_execution: execution.status === undefined ? null : reached.map((step) => stepAnswer(execution, step, now, scripts)),
    duration: execution.status === undefined ? 0 : Math.floor(((execution.endedAt ?? now) - execution.createdAt) / 1000),
    events: [...execution.events],
    labels: execution.labels,
    data_requirements: execution.dataRequirements,
    parameters: execution.parameters,
    policies: {},
  };
}

export function stepAnswer(
  execution: ExecutionRecord,
  step: StepRecord,
  now: number,
  scripts: Readonly<Record<string, StepScript>>,
) {
  const { definition, status } = step;
  const script = scripts[definition.name] ?? {};
  const done = ended.includes(status);
  return {
    uuid: step.uuid,
    execution_name: execution.name,
    name: `${execution.name}-${definition.name}`,
    execution_uuid: execution.id,
    created_at: serviceTime(step.createdAt),
    updated_at: serviceTime(step.updatedAt),
    step_name: definition.name,
    step_title: definition.title ?? definition.name,
    duration: step.startedAt === undefined ? 0 : Math.floor(((done ? step.updatedAt : now) - step.startedAt) / 1000),
    type: definition.type,
    ...(status !== 'init' && definition.type === 'job' && { instance_id: jobOf(step) }),
    status,
    inputs: definition.inputs ?? [],
    outputs: (definition.outputs ?? []).map((output) => ({
      ...output,
      config: {
        ...output.config,
        ...(status === 'completed' && output.type === 'model' && { model_id: idOf(`model ${step.uuid}`) }),
      },
    })),
    properties: definition.properties ?? {},
    events: [...step.events],
    policy: {},
    ...(failed.includes(status) && {
      error_info: script.error ?? { error_code: 'ModelArts.2763', error_message: `${definition.name} failed.` },
    }),
    ...(definition.type === 'condition' &&
      status === 'completed' && { conditions_execution: { result: String(script.decides ?? true), metric_list: [] } }),
  };
}

/** The training job behind a job step. */
export function jobOf(step: StepRecord): string {
  return idOf(`training job ${step.uuid}`);
}
