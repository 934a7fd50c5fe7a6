// The service behind the same client as the local engine: what it lacks (runs of all workflows, events, windows of logs) is made of what it
// answers when it is looked at again and again. Command line and editor need no second way for runs in the cloud.
// C1. A look that fails for a reason that passes (no connection, 429, 5xx) is repeated later and later; others end the stream.
// C2. Looks take turns: of two answers under way the older one could come last, and turn the run back.
// C3. Nobody is asked more often than a person could notice: soon after a change, then ever more seldom.
import type { Query } from '../core/api/calls.ts';
import { type RouteName, routes } from '../core/api/routes.ts';
import type { StepAction, StepExecution, StepMetric, Workflow, WorkflowExecution } from '../core/api/service.ts';
import type { WeftLogLines, WeftRun } from '../core/api/weft.ts';
import type { RunEvent } from '../core/run/events.ts';
import { type DefinedStep, type Observed, observe, stepRecords } from '../core/run/observe.ts';
import type { StepState } from '../core/run/reduce.ts';
import { isEndedRun, isEndedStep } from '../core/run/status.ts';
import type { Client, LogLinesOptions } from './client.ts';
import { JobLog, searchIn, trainingJobOf, windowOf } from './cloud-logs.ts';
import { RemoteError } from './errors.ts';
import type { FollowOptions } from './event-stream.ts';
import type { Service } from './service.ts';
import { pause } from './transport.ts';

export interface CloudClientOptions {
  /** Ids of the workflows whose runs are looked at; all of the workspace when absent. */
  readonly workflows?: () => readonly string[] | Promise<readonly string[]>;
  /** The file that a workflow was released from, where this machine knows. */
  readonly source?: (workflowId: string) => string | undefined;
  readonly poll?: PollPolicy;
  /** Says why a look failed that will be repeated. */
  readonly onTrouble?: (error: RemoteError) => void;
}

export interface PollPolicy {
  readonly soonestMs: number;
  readonly latestMs: number;
  /** Latest while no run is known to go on. */
  readonly idleMs: number;
}

export const defaultPoll: PollPolicy = { soonestMs: 1_000, latestMs: 15_000, idleMs: 60_000 };

interface Entry {
  readonly workflowId: string;
  observed: Observed;
  execution: WorkflowExecution;
  /** When it was looked at, and its metrics. */
  lookedAt: number;
  metricsAt: number;
  finalMetrics: Set<string>;
}

interface AnyCall {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Runs of a workflow that a list shows. */
const runsShown = 20;
const metricsEveryMs = 10_000;
/** Looks in a row that may fail before the reason is passed on: some ten minutes. */
const patience = 40;
const missingRun = 'ModelArts.7511';
const missingWorkflow = 'ModelArts.7512';

export interface CloudClient extends Client {
  /** Says which workflow a run is of, so that it can be followed without looking at all. */
  adopt(workflowId: string, run: string): void;
  /** Has whoever follows look now. */
  look(): void;
}

export function cloudClient(service: Service, options: CloudClientOptions = {}): CloudClient {
  const { client } = service;
  const { soonestMs, latestMs, idleMs } = options.poll ?? defaultPoll;
  const runs = new Map<string, Entry>();
  const definitions = new Map<string, { readonly definition: Definition; readonly at: number }>();
  const events: RunEvent[] = [];
  const logs = new Map<string, JobLog>();
  const adopted = new Map<string, string>();
  let nudge = Promise.withResolvers<void>();
  let looking: Promise<unknown> = Promise.resolve();

  // ---- looking

  function inTurn<T>(look: () => Promise<T>): Promise<T> {
    const turn = looking.then(look); // C2
    looking = turn.catch(() => {});
    return turn;
  }

  async function lookAtAll(signal: AbortSignal | undefined): Promise<void> {
    for (const id of await workflowIds(signal)) {
      try {
        await lookAtWorkflow(id, signal);
      } catch (error) {
        if (!(error instanceof RemoteError && error.code === missingWorkflow)) throw error;
      }
    }
  }

  async function workflowIds(signal: AbortSignal | undefined): Promise<readonly string[]> {
    if (options.workflows) return options.workflows();
    const found: string[] = [];
    for await (const workflow of client.pages('ListWorkflows', signal ? { signal } : {})) {
      const { run_count: count, latest_execution: latest } = workflow;
      const elsewhere = typeof workflow['workspace_id'] === 'string' && workflow['workspace_id'] !== service.workspaceId;
      if (!elsewhere && (count !== 0 || latest)) found.push(workflow.workflow_id);
    }
    return found;
  }

  async function lookAtWorkflow(id: string, signal: AbortSignal | undefined): Promise<void> {
    const query = { limit: runsShown, offset: 0, sort_by: 'create_time', order: 'desc' };
    const { items } = await client.call('ListWorkflowExecutions', {
      path: { workflow_id: id },
      query,
      ...(signal && { signal }),
    });
    const oldestFirst = [...(items ?? [])].sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at));
    for (const listed of oldestFirst) {
      const known = runs.get(listed.execution_id);
      if (known && isEndedRun(known.observed.run.status) && isEndedRun(listed.status ?? 'init')) continue;
      // A list may leave the steps out.
      const bare = !Array.isArray(listed.steps_execution) && listed.status !== undefined;
      if (bare) await lookAtRun(id, listed.execution_id, signal);
      else await take(id, listed, signal);
    }
  }

  async function lookAtRun(workflowId: string, id: string, signal: AbortSignal | undefined): Promise<void> {
    const path = { workflow_id: workflowId, execution_id: id };
    try {
      await take(workflowId, await client.call('ShowWorkflowExecution', { path, ...(signal && { signal }) }), signal);
    } catch (error) {
      if (error instanceof RemoteError && error.code === missingRun) runs.delete(id);
      throw error;
    }
  }

  async function take(workflowId: string, execution: WorkflowExecution, signal: AbortSignal | undefined): Promise<void> {
    const before = runs.get(execution.execution_id);
    const defined = await definition(workflowId, before === undefined, signal);
    const metrics = await metricsOf(workflowId, execution, before, defined, signal);
    const now = Date.now();
    const source = options.source?.(workflowId);
    const { events: news, observed } = observe(
      before?.observed,
      {
        workflowId,
        workflowName: execution.workflow_name,
        steps: stepsOf(defined, execution),
        execution,
        now,
        ...(metrics && { metrics }),
        ...(source !== undefined && { source }),
      },
      events.length,
    );
    events.push(...news);
    const entry = before ?? { workflowId, observed, execution, lookedAt: now, metricsAt: 0, finalMetrics: new Set() };
    Object.assign(entry, { observed, execution, lookedAt: now, ...(metrics && { metricsAt: now }) });
    runs.set(execution.execution_id, entry);
  }

  /** `isNew`: a run that was not seen before may be of a newer version. */
  async function definition(id: string, isNew: boolean, signal: AbortSignal | undefined): Promise<Definition> {
    const known = definitions.get(id);
    if (known && (!isNew || Date.now() - known.at < latestMs)) return known.definition;
    const workflow = await client.call('ShowWorkflow', { path: { workflow_id: id }, ...(signal && { signal }) });
    const definition = { steps: (workflow['steps'] ?? []) as readonly DefinedStep[], scenes: scenesOf(workflow) };
    definitions.set(id, { definition, at: Date.now() });
    return definition;
  }

  /** Of job steps that write metrics: now and then while they run, and once when they have ended. */
  async function metricsOf(
    workflowId: string,
    execution: WorkflowExecution,
    entry: Entry | undefined,
    defined: Definition,
    signal: AbortSignal | undefined,
  ): Promise<ReadonlyMap<string, readonly StepMetric[]> | undefined> {
    const due = Date.now() - (entry?.metricsAt ?? 0) >= metricsEveryMs;
    const found = new Map<string, readonly StepMetric[]>();
    for (const [name, record] of stepRecords(execution)) {
      const writes = defined.steps.find((step) => step.name === name)?.outputs?.some(({ type }) => type === 'metrics');
      const ended = isEndedStep(record.status);
      if (!writes || entry?.finalMetrics.has(record.uuid) || !(ended || (due && record.status === 'running'))) continue;
      const path = { workflow_id: workflowId, execution_id: execution.execution_id, step_execution_id: record.uuid };
      try {
        const metrics = await client.call('ShowWorkflowStepExecutionMetrics', { path, ...(signal && { signal }) });
        if (Array.isArray(metrics)) found.set(name, metrics);
        if (ended) entry?.finalMetrics.add(record.uuid);
      } catch (error) {
        // Metrics are an extra: a run without them is still a run.
        if (!(error instanceof RemoteError)) throw error;
      }
    }
    return found.size > 0 || due ? found : undefined;
  }

  // ---- runs

  async function entryOf(id: string, signal: AbortSignal | undefined): Promise<Entry> {
    const known = runs.get(id);
    if (known) return known;
    const workflow = adopted.get(id);
    await inTurn(() => (workflow === undefined ? lookAtAll(signal) : lookAtRun(workflow, id, signal)));
    const found = runs.get(id);
    if (found) return found;
    throw new RemoteError(400, missingRun, `Execution ${id} not found`);
  }

  async function freshEntry(id: string, oldestMs: number, signal: AbortSignal | undefined): Promise<Entry> {
    const entry = await entryOf(id, signal);
    const asked = Date.now();
    await inTurn(async () => {
      const isOld = asked - entry.lookedAt >= oldestMs;
      if (isOld && !isEndedRun(entry.observed.run.status)) await lookAtRun(entry.workflowId, id, signal);
    });
    return runs.get(id) ?? entry;
  }

  function runOf(entry: Entry): WeftRun {
    return { state: entry.observed.run, seq: events.length };
  }

  async function* follow({ after, run, follow: on = true, signal }: FollowOptions): AsyncGenerator<RunEvent> {
    let told = after;
    let delay = soonestMs;
    for (let failures = 0; !signal?.aborted; ) {
      try {
        if (run === undefined) await inTurn(() => lookAtAll(signal));
        else {
          const { workflowId } = await entryOf(run, signal);
          await inTurn(() => lookAtRun(workflowId, run, signal));
        }
        failures = 0;
      } catch (error) {
        if (signal?.aborted) return;
        if (!(error instanceof RemoteError) || !passes(error) || ++failures > patience) throw error;
        options.onTrouble?.(error);
      }
      const news = events.slice(told).filter((event) => run === undefined || event.run === run);
      told = events.length;
      for (const event of news) if (event.seq > after) yield event;
      if (!on) return;
      const isIdle = run === undefined && [...runs.values()].every((entry) => isEndedRun(entry.observed.run.status));
      delay = news.length > 0 ? soonestMs : Math.min(delay * 1.5, isIdle ? idleMs : latestMs); // C3
      await pauseUntil(nudge.promise, delay, signal);
    }
  }

  // ---- logs

  /** The log of the attempt that the step is in, or was last. */
  function logOf(entry: Entry, step: string, attempt: number | undefined): JobLog | undefined {
    const state = stepOf(entry, step);
    const record = stepRecords(entry.execution).get(step);
    const wanted = attempt ?? state?.attempt ?? 0;
    const key = `${entry.execution.execution_id} ${step} ${wanted}`;
    const known = logs.get(key);
    if (known) return known;
    const job = record && wanted === state?.attempt ? trainingJobOf(record) : undefined;
    if (job === undefined) return undefined;
    const made = new JobLog(client, job);
    logs.set(key, made);
    return made;
  }

  async function logLines(
    stepRun: string,
    { first, count, attempt, waitMs = 0, signal }: LogLinesOptions,
  ): Promise<WeftLogLines> {
    const { run, step } = partsOf(stepRun);
    const deadline = Date.now() + waitMs;
    for (let delay = soonestMs; ; delay = Math.min(delay * 1.5, latestMs)) {
      const entry = await freshEntry(run, soonestMs, signal);
      const state = stepOf(entry, step);
      const log = logOf(entry, step, attempt);
      const over = isEndedRun(entry.observed.run.status) || (state !== undefined && isEndedStep(state.status));
      const past = attempt !== undefined && attempt < (state?.attempt ?? 0);
      if (log) await log.refresh(over || past, signal);
      const window = log ? windowOf(log.log, first, count) : { first, lines: [], total: 0, bytes: 0, ended: over || past };
      const hasNone = state !== undefined && state.type !== 'job' && state.status !== 'init';
      if (window.lines.length > 0 || window.ended || hasNone || Date.now() + delay > deadline)
        return hasNone && !log ? { ...window, ended: true } : window;
      await pause(delay, signal);
    }
  }

  async function wholeLog(stepRun: string, attempt: number | undefined, signal: AbortSignal | undefined) {
    await logLines(stepRun, { first: 0, count: 1, ...(attempt !== undefined && { attempt }), ...(signal && { signal }) });
    const { run, step } = partsOf(stepRun);
    return logOf(runs.get(run)!, step, attempt)?.log ?? { lines: [], bytes: 0, ended: true };
  }

  // ---- calls

  async function call(name: RouteName, given: AnyCall = {}): Promise<unknown> {
    const { signal } = given;
    switch (name) {
      case 'ListRuns': {
        await inTurn(() => lookAtAll(signal));
        return [...runs.values()].map(runOf).sort((a, b) => (a.state.createdAt < b.state.createdAt ? -1 : 1));
      }
      case 'ShowRun':
        return runOf(await freshEntry(given.path!['execution_id']!, 0, signal));
      case 'CreateWorkflowExecution': {
        // What only the local engine understands is not sent.
        const { extend: _, ...body } = given.body as Readonly<Record<string, unknown>>;
        const made = await client.call(name, { ...given, body } as never);
        const { execution_id: id } = made as WorkflowExecution;
        await inTurn(() => lookAtRun(given.path!['workflow_id']!, id, signal));
        nudgeAll();
        return made;
      }
      case 'CreateWorkflowStepExecutionsActions':
      case 'ShowWorkflowStepExecutionMetrics': {
        const stepRun = given.path!['step_execution_id']!;
        const path = { ...given.path, step_execution_id: await recordId(stepRun, signal) };
        const body = given.body === undefined ? {} : { body: typed(given.body, runs.get(partsOf(stepRun).run)?.execution) };
        const answer = await client.call(name, { ...given, path, ...body } as never);
        nudgeAll();
        return answer;
      }
      // What the local engine keeps a registry of, and what it samples.
      case 'ListResourceSamples':
      case 'ListModels':
      case 'ListDatasets':
      case 'ListServices':
      case 'ListArtifacts':
        return [];
      default: {
        const answer = await client.call(name, given as never);
        if (name === 'DeleteWorkflowExecution') runs.delete(given.path!['execution_id']!);
        if (routes[name].method !== 'GET') nudgeAll();
        return answer;
      }
    }
  }

  /** The service's own id of a step's run, which it has once the step is reached. */
  async function recordId(stepRun: string, signal: AbortSignal | undefined): Promise<string> {
    if (!stepRun.includes(':')) return stepRun;
    const { run, step } = partsOf(stepRun);
    const record: StepExecution | undefined = stepRecords((await freshEntry(run, 0, signal)).execution).get(step);
    if (record) return record.uuid;
    throw new RemoteError(400, 'step-not-reached', `Step ${step} has not been reached yet.`);
  }

  function nudgeAll(): void {
    nudge.resolve();
    nudge = Promise.withResolvers();
  }

  return {
    baseUrl: client.baseUrl,
    projectId: client.projectId,
    call: call as Client['call'],
    pages: client.pages,
    adopt: (workflowId, run) => void adopted.set(run, workflowId),
    look: nudgeAll,
    events: follow,
    logLines,
    async logBytes(stepRun, { offset, limit, attempt, signal }) {
      const { lines } = await wholeLog(stepRun, attempt, signal);
      return Buffer.from(lines.map((line) => `${line}\n`).join('')).subarray(offset, offset + limit);
    },
    async searchLog(stepRun, search) {
      return searchIn(await wholeLog(stepRun, search.attempt, search.signal), search);
    },
  };
}

interface Definition {
  readonly steps: readonly DefinedStep[];
  readonly scenes: ReadonlyMap<string, readonly string[]>;
}

function scenesOf({ policy }: Workflow): ReadonlyMap<string, readonly string[]> {
  return new Map((policy?.scenes ?? []).map(({ name, steps }) => [name, steps]));
}

/** Those of the scene; and steps that ran and are not in the definition any more, which was changed since. */
function stepsOf(defined: Definition, execution: WorkflowExecution): readonly DefinedStep[] {
  const scene = execution.scene_name ? defined.scenes.get(execution.scene_name) : undefined;
  const steps = scene ? defined.steps.filter(({ name }) => scene.includes(name)) : defined.steps;
  const names = new Set(steps.map(({ name }) => name));
  const others = [...stepRecords(execution).values()].filter((record) => !names.has(record.step_name));
  return [
    ...steps,
    ...others.map(({ step_name: name, step_title: title, type }) => ({
      name,
      ...(title !== undefined && { title }),
      ...(type !== undefined && { type }),
    })),
  ];
}

function stepOf(entry: Entry, name: string): StepState | undefined {
  return entry.observed.run.steps.find((step) => step.name === name);
}

function partsOf(stepRun: string): { readonly run: string; readonly step: string } {
  const at = stepRun.indexOf(':');
  return { run: stepRun.slice(0, at), step: stepRun.slice(at + 1) };
}

/** Values with the types that the run declares them with: the service wants them, and a local engine's clients need not know them. */
function typed(body: unknown, execution: WorkflowExecution | undefined): unknown {
  const { parameters, data_requirements: data, ...rest } = body as StepAction;
  const list = (given: StepAction['parameters'], declared: WorkflowExecution['parameters']) =>
    given?.map((each) => ({ type: declared?.find(({ name }) => name === each.name)?.['type'], ...each }));
  return {
    ...rest,
    ...(parameters && { parameters: list(parameters, execution?.parameters) }),
    ...(data && { data_requirements: list(data, execution?.data_requirements) }),
  };
}

/** At most that long; shorter where something happens or the caller leaves. */
async function pauseUntil(happens: Promise<void>, ms: number, signal: AbortSignal | undefined): Promise<void> {
  const over = new AbortController();
  const either = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  await Promise.race([happens, pause(ms, either)]).catch(() => {});
  over.abort();
}

function passes({ status }: RemoteError): boolean {
  return status === 0 || status === 429 || status >= 500;
}
