// What the service answers about an execution, looked at again and again -> the same run events as the local engine's, so that one reducer
// and one set of views serve both. Pure: what was told before goes in, what is to be told comes out.
// O1. Looking at an execution once at its end, or a hundred times on its way, tells the same changes of each step.
// O2. What the service wrote down (its lines "change status from A to B") gives the times; where it wrote nothing, the status alone counts.
// O3. Statuses that we do not know are told as progress and never break anything.
// Source: API reference 8 (WorkflowExecution, StepExecution) and 11.
import type { NamedInput, SlotValue, StepExecution, StepMetric, WorkflowExecution } from '../api/service.ts';
import { isStepType } from '../steps/step-types.ts';
import { eventVersion, type NamedValue, type Need, type RunEvent, type RunEventBody, type StepEnded } from './events.ts';
import { type RunState, reduce, type StepState } from './reduce.ts';
import { isEndedRun, isEndedStep, isFailedStep, isWaitingStep, type StepStatus } from './status.ts';

/** A step of the definition that runs, as the service has it. */
export interface DefinedStep {
  readonly name: string;
  readonly title?: string;
  readonly type?: string;
  readonly depend_steps?: readonly string[] | null;
  readonly if_then_steps?: readonly string[] | null;
  readonly else_then_steps?: readonly string[] | null;
  readonly outputs?: readonly { readonly name: string; readonly type?: string }[] | null;
}

export interface Observation {
  readonly workflowId: string;
  readonly workflowName: string;
  /** Those of the run: of its scene, where it has one. */
  readonly steps: readonly DefinedStep[];
  readonly execution: WorkflowExecution;
  /** Where the definition was written, when this machine knows. */
  readonly source?: string;
  /** By step name, as far as they were asked for. */
  readonly metrics?: ReadonlyMap<string, readonly StepMetric[]>;
  /** Milliseconds since the epoch: the time of what the service gives no time for. */
  readonly now: number;
}

/** What has been told of a run: keep it, and give it to the next observation. */
export interface Observed {
  readonly run: RunState;
  /** How many changes of status were told, by record of a step. */
  readonly told: ReadonlyMap<string, number>;
}

export interface News {
  /** In order of time. Their `seq` counts on from `after`. */
  readonly events: readonly RunEvent[];
  readonly observed: Observed;
}

/** Id of a step's run, known before the step is reached: the service makes its own only then. */
export function observedStepRun(execution: string, step: string): string {
  return `${execution}:${step}`;
}

/** `before`: undefined when the run is seen for the first time. `after`: the last sequence number that is used up. */
export function observe(before: Observed | undefined, seen: Observation, after: number): News {
  const teller = new Teller(before, seen, after);
  teller.beginRun();
  teller.tellSteps();
  teller.endRun();
  return { events: teller.events, observed: { run: teller.run!, told: teller.told } };
}

/** Newest record of each step; a step that was reached again has several. */
export function stepRecords(execution: WorkflowExecution): ReadonlyMap<string, StepExecution> {
  const records = new Map<string, StepExecution>();
  for (const record of execution.steps_execution ?? []) {
    const other = records.get(record.step_name);
    if (!other || Date.parse(other.created_at) <= Date.parse(record.created_at)) records.set(record.step_name, record);
  }
  return records;
}

interface Transition {
  readonly at: number;
  readonly to: string;
}

interface Timed {
  readonly at: number;
  readonly body: RunEventBody;
}

class Teller {
  readonly events: RunEvent[] = [];
  readonly told: Map<string, number>;
  run: RunState | undefined;
  private readonly seen: Observation;
  private readonly records: ReadonlyMap<string, StepExecution>;
  private seq: number;
  /** The service's clock against UTC, minutes: its lines have none. */
  private readonly offsetMs: number;

  constructor(before: Observed | undefined, seen: Observation, after: number) {
    this.run = before?.run;
    this.told = new Map(before?.told);
    this.seen = seen;
    this.records = stepRecords(seen.execution);
    this.seq = after;
    this.offsetMs = offsetOf(seen.execution.created_at);
  }

  beginRun(): void {
    const { execution, steps, source, workflowId, workflowName, now } = this.seen;
    if (!this.run) {
      const names = new Set(steps.map(({ name }) => name));
      this.tell(timeOf(execution.created_at) ?? now, {
        type: 'run.created',
        workflowId,
        workflowName,
        name: execution.name,
        labels: execution.labels ?? [],
        steps: steps.map(({ name, title, type = '', depend_steps }) => ({
          name,
          title: title || name,
          type: isStepType(type) ? type : 'job',
          dependSteps: (depend_steps ?? []).filter((each) => names.has(each)),
          uuid: observedStepRun(execution.execution_id, name),
        })),
        values: { parameters: valuesOf(execution.parameters), data: valuesOf(execution.data_requirements) },
        ...(execution.scene_name && { scene: execution.scene_name }),
        ...(source !== undefined && { source }),
      });
    }
    const labels = execution.labels ?? [];
    if (labels.join('\n') !== this.run!.labels.join('\n')) this.tell(now, { type: 'run.labelled', labels });
    const { status } = this.run!;
    const begun = statusOf(execution) !== 'init' || this.records.size > 0;
    if (status === 'init' && begun) {
      this.tell(timeOf(execution.created_at) ?? now, { type: 'run.started' });
    } else if (isEndedRun(status) && !isEndedRun(statusOf(execution))) {
      this.tell(now, { type: 'run.started' }); // a step was tried again
    }
  }

  tellSteps(): void {
    const news = this.seen.steps.flatMap((step) => {
      const record = this.records.get(step.name);
      return record ? this.newsOf(step, record) : [];
    });
    const sorted = news.toSorted((a, b) => a.at - b.at);
    const again = sorted.find(({ body }) => body.type === 'step.reset' || body.type === 'step.submitting');
    if (again && isEndedRun(this.run!.status)) this.tell(again.at, { type: 'run.started' });
    for (const { at, body } of sorted) this.tell(at, body);
    for (const [name, metrics] of this.seen.metrics ?? []) this.tellMetrics(name, metrics);
  }

  endRun(): void {
    const run = this.run!;
    const status = statusOf(this.seen.execution);
    if (!isEndedRun(status) || isEndedRun(run.status)) return;
    const last = Math.max(Date.parse(run.createdAt), ...run.steps.map((step) => Date.parse(step.endedAt ?? run.createdAt)));
    if (status === 'completed') this.tell(last, { type: 'run.completed' });
    else if (status === 'stopped') this.tell(last, { type: 'run.stopped' });
    else {
      const steps = run.steps.filter((step) => isFailedStep(step.status)).map(({ name }) => name);
      this.tell(last, { type: 'run.failed', steps });
    }
  }

  // ---- steps

  private newsOf(step: DefinedStep, record: StepExecution): readonly Timed[] {
    let state = this.run!.steps.find(({ name }) => name === step.name);
    if (!state) return [];
    const news: Timed[] = [];
    for (const { at, to } of this.unseen(state, record)) {
      for (const event of this.steps(state, to, step, record, at)) {
        news.push(event);
        state = this.apply(state, event);
      }
    }
    return news;
  }

  /** The changes that the service wrote down since the last look, and its status where that is newer. */
  private unseen(state: StepState, record: StepExecution): readonly Transition[] {
    const lines = (record.events ?? []).flatMap((line): Transition[] => {
      const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) .*?change status from \S+ to (\S+)$/.exec(line);
      return parts ? [{ at: Date.parse(`${parts[1]}T${parts[2]}Z`) - this.offsetMs, to: parts[3]! }] : [];
    });
    const last = { at: timeOf(record.updated_at) ?? this.seen.now, to: record.status };
    if (lines.length === 0) {
      const begins = state.status === 'init' && !isWaitingStep(last.to) && !['init', 'pending', 'skipped'].includes(last.to);
      return begins ? [{ at: timeOf(record.created_at) ?? last.at, to: 'creating' }, last] : [last];
    }
    const told = this.told.get(record.uuid);
    this.told.set(record.uuid, Math.max(told ?? 0, lines.length));
    // Lines that begin to be written when the step is on its way: those up to where it is are no news.
    const known = told ?? (state.changes.length === 0 ? 0 : lines.findLastIndex(({ to }) => wanted(to) === state.status) + 1);
    const written = lines.at(-1)!;
    // The status may be from before a line that is there already, or from after the last one that was written.
    const isOlder = lines.some(({ to }) => to === last.to) && last.at < written.at + 1_000;
    return isOlder ? lines.slice(known) : [...lines.slice(known), last];
  }

  /** The events that bring a step from where it is to a status of the service; none where it is there. */
  private steps(from: StepState, to: string, step: DefinedStep, record: StepExecution, at: number): readonly Timed[] {
    const events: RunEventBody[] = [];
    const name = step.name;
    const target = wanted(to);
    if (target === undefined) {
      return isProgress(from, to) ? [{ at, body: { type: 'step.progressed', step: name, message: to } }] : [];
    }
    if (target === from.status) return [];
    let { status } = from;
    if (isEndedStep(status)) {
      events.push({ type: 'step.reset', step: name, reason: 'retry' });
      status = 'init';
    } else if (isWaitingStep(status) && (target === 'init' || target === 'creating' || target === 'running')) {
      events.push({ type: 'step.answered', step: name, values: { parameters: [], data: [] } });
      status = 'init';
    }
    const begins = target === 'creating' || target === 'running' || target === 'stopping';
    const worked = isEndedStep(target) && target !== 'skipped' && target !== 'stopped' && step.type !== 'condition';
    if ((begins || worked) && status === 'init') {
      events.push({
        type: 'step.submitting',
        step: name,
        attempt: from.attempt + 1,
        key: record.uuid,
        inputs: slots(record.inputs, ({ value, data }) => value ?? data),
        outputs: slots(record.outputs, ({ config }) => config),
      });
      status = 'creating';
    }
    if (target === 'running' && status === 'creating') events.push({ type: 'step.submitted', step: name, key: record.uuid });
    if (target === 'stopping') events.push({ type: 'step.stop_requested', step: name, by: 'user' });
    if (isWaitingStep(target)) {
      const waits = target as 'wait_inputs' | 'hold';
      events.push({ type: 'step.waiting', step: name, status: waits, needs: this.needsOf(step, waits) });
    }
    if (isEndedStep(target)) {
      const decided = target === 'completed' ? record.conditions_execution : undefined;
      if (decided) {
        const { result, metric_list: metrics } = decided;
        events.push({ type: 'step.decided', step: name, result: isTrue(result), metrics: metrics ?? [] });
      }
      events.push(this.ended(step, record, target as StepEnded['status']));
    }
    return events.map((body) => ({ at, body }));
  }

  private ended(step: DefinedStep, record: StepExecution, status: StepEnded['status']): StepEnded {
    const error = record.error_info;
    return {
      type: 'step.ended',
      step: step.name,
      status,
      ...(status === 'completed' && { outputs: slots(record.outputs, ({ config, value }) => value ?? config) }),
      ...(isFailedStep(status) && error?.error_message && { error: { code: error.error_code, message: error.error_message } }),
      ...(status === 'skipped' && { reason: this.reasonOf(step) }),
    };
  }

  private reasonOf(step: DefinedStep): NonNullable<StepEnded['reason']> {
    const named = this.seen.steps.some(({ name, if_then_steps, else_then_steps }) => {
      const decision = this.records.get(name)?.conditions_execution;
      const other = decision && (isTrue(decision.result) ? else_then_steps : if_then_steps);
      return other?.includes(step.name) === true;
    });
    if (named) return 'branch';
    const waitsFor = (step.depend_steps ?? []).map((name) => this.records.get(name)?.status);
    return waitsFor.length > 0 && waitsFor.every((status) => status === 'skipped') ? 'dependencies' : 'condition';
  }

  /** Delayed values of this step that the run does not have; a person's work where the service says hold. */
  private needsOf(step: DefinedStep, status: 'wait_inputs' | 'hold'): readonly Need[] {
    const { parameters, data_requirements: data } = this.seen.execution;
    const open = (list: readonly NamedInput[] | undefined, kind: 'parameter' | 'data'): Need[] =>
      (list ?? []).filter((each) => uses(each, step.name) && isMissing(each)).map((each) => needOf(each, kind));
    const needs = [...open(parameters, 'parameter'), ...open(data, 'data')];
    if (needs.length > 0) return needs;
    return status === 'hold' ? [{ kind: 'work', name: step.name, type: step.type ?? 'job' }] : [];
  }

  private tellMetrics(name: string, metrics: readonly StepMetric[]): void {
    const step = this.run!.steps.find((each) => each.name === name);
    if (!step) return;
    const output =
      this.seen.steps.find((each) => each.name === name)?.outputs?.find(({ type }) => type === 'metrics')?.name ?? 'metrics';
    const written = metrics.map(({ key, title, type, data }) => ({ key, title, type, data }));
    const known = step.metrics.map(({ output: _, ...metric }) => metric);
    if (JSON.stringify(written) === JSON.stringify(known)) return;
    this.tell(this.seen.now, { type: 'step.metrics_written', step: name, output, metrics: written });
  }

  // ---- telling

  private apply(step: StepState, { at, body }: Timed): StepState {
    const run = this.run!;
    const event = { ...body, v: eventVersion, seq: 0, at: new Date(at).toISOString(), run: run.id } as RunEvent;
    return reduce({ ...run, steps: [step] }, event)!.steps[0]!;
  }

  private tell(at: number, body: RunEventBody): void {
    this.seq += 1;
    const head = {
      v: eventVersion,
      seq: this.seq,
      at: new Date(at).toISOString(),
      run: this.seen.execution.execution_id,
    } as const;
    const event = { ...head, ...body } as RunEvent;
    this.events.push(event);
    this.run = reduce(this.run, event);
  }
}

/** The status that our events can bring a step to; undefined for what is only progress to them. */
function wanted(status: string): StepStatus | undefined {
  switch (status) {
    case 'pending':
    case 'created':
      return undefined;
    case 'init':
    case 'creating':
    case 'running':
    case 'stopping':
      return status;
    default:
      return isEndedStep(status) || isWaitingStep(status) ? (status as StepStatus) : undefined;
  }
}

/** `created` follows `creating` and says nothing to people; others do, once. */
function isProgress(step: StepState, status: string): boolean {
  return status !== 'created' && step.progress !== status;
}

function statusOf({ status }: WorkflowExecution): string {
  // The tables say `abnormal`, subscriptions `failed` (API reference 14.11).
  return status === 'failed' || status === 'timeout' || status === 'create_failed' ? 'abnormal' : (status ?? 'init');
}

function isTrue(result: unknown): boolean {
  return String(result).toLowerCase() === 'true';
}

function slots(list: readonly SlotValue[] | undefined, value: (slot: SlotValue) => unknown): readonly NamedValue[] {
  return (list ?? []).map((slot) => ({ name: slot.name, value: value(slot) ?? null }));
}

function valuesOf(list: readonly NamedInput[] | undefined): readonly NamedValue[] {
  return (list ?? []).flatMap((each) => {
    const value = each.value ?? each['default'];
    return value === undefined || value === null ? [] : [{ name: each.name, value }];
  });
}

function uses(input: NamedInput, step: string): boolean {
  const steps = input['used_steps'];
  return Array.isArray(steps) && steps.includes(step);
}

function isMissing(input: NamedInput): boolean {
  return input['delay'] === true && (input.value === undefined || input.value === null) && input['default'] === undefined;
}

function needOf(input: NamedInput, kind: 'parameter' | 'data'): Need {
  const {
    type,
    description,
    enum: choices,
  } = input as NamedInput & {
    readonly type?: string;
    readonly description?: string;
    readonly enum?: readonly unknown[];
  };
  return {
    kind,
    name: input.name,
    type: type ?? (kind === 'parameter' ? 'str' : 'obs'),
    ...(description && { description }),
    ...(choices && choices.length > 0 && { choices }),
  };
}

function timeOf(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function offsetOf(text: string): number {
  const parts = /([+-])(\d\d):(\d\d)$/.exec(text);
  if (!parts) return text.endsWith('Z') ? 0 : 8 * 3_600_000;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3])) * 60_000;
}
