// A stand-in of the ModelArts service on this machine: routes of core/api/routes.ts, requests and answers held to the OpenAPI file,
// signatures verified on its own, documented errors, and faults on demand. Time is a counter: it passes by ticks, never by waiting.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { matchRoute, type ServiceRoute, wrongAnswer, wrongRequest } from './contract.ts';
import {
  type ExecutionRecord,
  executionAnswer,
  idOf,
  isOver,
  jobOf,
  move,
  type StepRecord,
  type StepScript,
  serviceTime,
  stepAnswer,
  tick,
} from './executions.ts';
import { Faults } from './faults.ts';
import { type KnownKey, wrongSignature } from './verify-signature.ts';

export interface StandInOptions {
  /** By access key. */
  readonly keys?: Readonly<Record<string, KnownKey>>;
  /** `poll`: the clock ticks after each time that a run was looked at; `manual` (default): by `tick()` alone. */
  readonly clock?: 'poll' | 'manual';
  /** Of the clock after each look; 1 when absent. */
  readonly turns?: number;
  /** As in the published example of CreateWorkflow, whose answer has neither id nor time. */
  readonly sparseAnswers?: boolean;
  /** Most items that a page has, whatever was asked for. */
  readonly pageLimit?: number;
  /** Members that UpdateWorkflow does not know and so leaves as they were, e.g. `policy`. */
  readonly ignoresInUpdates?: readonly string[];
}

export interface Seen {
  readonly route: ServiceRoute | 'KeystoneListProjects';
  readonly query: URLSearchParams;
  readonly body: unknown;
}

type Json = Record<string, unknown>;

export const projectId = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
export const domainId = 'ffee0011223344556677889900aabbcc';
export const testKeys = { AKSTANDINWEFT0000001: { secret: 'SecretOfTheStandIn0123456789abcdefghijkl' } } as const;

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export class StandIn {
  readonly faults = new Faults();
  readonly workflows = new Map<string, Json>();
  readonly executions: ExecutionRecord[] = [];
  readonly seen: Seen[] = [];
  /** Every exchange as it went over the wire, answers too. */
  readonly wire: { readonly request: string; readonly body?: unknown; readonly status: number; readonly answer?: unknown }[] = [];
  /** By step name. */
  scripts: Readonly<Record<string, StepScript>> = {};
  /** Characters of a log that a preview gives, the newest ones. */
  logLimit = 5_000_000;
  /** Anything that the service itself must never see or do; empty in a good test. */
  readonly complaints: string[] = [];
  url = '';
  private readonly options: StandInOptions;
  private readonly keys: ReadonlyMap<string, KnownKey>;
  private readonly server = createServer((request, response) => this.serve(request, response));
  private now = Date.parse('2026-01-05T00:00:00Z');
  private readonly kept = new Map<string, Json>();
  private made = 0;

  constructor(options: StandInOptions) {
    this.options = options;
    this.keys = new Map(Object.entries(options.keys ?? testKeys));
  }

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Lets time pass: all runs move on by one turn. */
  tick(times = 1): void {
    for (let turn = 0; turn < times; turn++) {
      this.now += 7_000;
      for (const execution of this.executions) tick(execution, this.now, this.scripts);
    }
  }

  named(name: string): Json | undefined {
    return [...this.workflows.values()].find((workflow) => workflow['name'] === name);
  }

  calls(route: Seen['route']): readonly Seen[] {
    return this.seen.filter((each) => each.route === route);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const target = request.url!;
    const url = new URL(target, this.url);
    const method = request.method!;
    const matched = matchRoute(method, url.pathname);
    const fault = this.faults.take(matched?.route);
    if (fault?.kind === 'drop' && fault.at === 'before') return void request.socket.destroy();
    let status: number;
    let answer: unknown;
    try {
      if (fault?.kind === 'answer') {
        if (fault.retryAfter !== undefined) response.setHeader('retry-after', String(fault.retryAfter));
        throw new Refusal(fault.status, fault.code, fault.message);
      }
      const bad = wrongSignature({ method, target, headers: request.headers, body }, this.keys, new Date());
      if (bad !== undefined) throw new Refusal(401, 'APIGW.0301', `Incorrect IAM authentication information: ${bad}`);
      [status, answer] = this.answer(method, url, matched, body);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        this.complaints.push(String((error as Error).stack));
        throw error;
      }
      status = error.status;
      answer = { error_code: error.code, error_msg: error.message, ...(status === 401 && { request_id: 'c0ffee' }) };
    }
    const sent = body.length > 0 ? { body: JSON.parse(body.toString()) as unknown } : {};
    const answered: unknown = answer === undefined ? undefined : JSON.parse(JSON.stringify(answer));
    this.wire.push({ request: `${method} ${target}`, ...sent, status, ...(answered !== undefined && { answer: answered }) });
    if (fault?.kind === 'drop' && fault.at === 'effect') return void request.socket.destroy();
    const wrong = matched && status < 300 ? wrongAnswer(matched.route, status, answer) : undefined;
    if (wrong !== undefined) this.complaints.push(`${matched!.route} answers what the API does not: ${wrong}`);
    const text = answer === undefined ? '' : JSON.stringify(answer);
    response.statusCode = status;
    response.setHeader('x-request-id', `request-${this.seen.length}`);
    if (text !== '') response.setHeader('content-type', 'application/json;charset=utf-8');
    if (fault?.kind === 'delay') await fault.until;
    if (fault?.kind === 'drop') {
      response.setHeader('content-length', Buffer.byteLength(text) + 1);
      response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
      return;
    }
    response.end(text);
  }

  private answer(method: string, url: URL, matched: ReturnType<typeof matchRoute>, raw: Buffer): [number, unknown] {
    if (method === 'GET' && url.pathname === '/v3/projects') {
      this.seen.push({ route: 'KeystoneListProjects', query: url.searchParams, body: undefined });
      const project = { id: projectId, name: url.searchParams.get('name') ?? 'cn-north-4', domain_id: domainId, enabled: true };
      return [200, { projects: project.name === 'none' ? [] : [project], links: {} }];
    }
    if (!matched) throw new Refusal(404, 'ModelArts.4204', `No API ${method} ${url.pathname}.`);
    const { route, ids } = matched;
    if (ids['project_id'] !== projectId)
      throw new Refusal(403, 'ModelArts.0210', 'The project of the URL and of the token differ.');
    let body: unknown;
    if (raw.length > 0) {
      try {
        body = JSON.parse(raw.toString());
      } catch {
        throw new Refusal(400, 'ModelArts.2787', 'The body is no JSON.');
      }
    }
    this.seen.push({ route, query: url.searchParams, body });
    const wrong = wrongRequest(route, url.searchParams, body);
    if (wrong !== undefined) throw new Refusal(400, 'ModelArts.0104', `Parameter error: ${wrong}`);
    const handler = this.handlers[route];
    if (!handler) throw new Error(`The stand-in has no ${route}.`);
    return handler(ids, url.searchParams, (body ?? {}) as Json);
  }

  private readonly handlers: {
    readonly [Name in ServiceRoute]?: (ids: Matched, query: URLSearchParams, body: Json) => [number, unknown];
  } = {
    CreateWorkflow: (_, __, body) => {
      const source = body['source_workflow_id'];
      const copied = source === undefined ? {} : this.workflow(String(source));
      const id = idOf(`workflow ${++this.made}`);
      const at = { created_at: serviceTime(this.now), last_modified_at: serviceTime(this.now) };
      const workflow = { ...copied, workspace_id: '0', ...body, ...at, workflow_id: id, user_name: 'tester', run_count: 0 };
      this.workflows.set(id, workflow);
      const { workflow_id: _id, created_at: _created, ...sparse } = workflow;
      return [201, this.options.sparseAnswers ? sparse : workflow];
    },
    ListWorkflows: (_, query) => {
      const name = query.get('name');
      const equal = query.get('search_type') === 'equal';
      const all = [...this.workflows.values()];
      const found = all.filter((each) => name === null || (equal ? each['name'] === name : String(each['name']).includes(name)));
      const items = this.page(found, query).map(({ steps: _, ...rest }) => ({ ...rest, latest_execution: this.latest(rest) }));
      return [200, { total: all.length, count: found.length, items, default_order: 'asc' }];
    },
    ShowWorkflow: (ids) => [200, { ...this.workflow(ids['workflow_id']!), param_ready: true }],
    UpdateWorkflow: (ids, _, body) => {
      const before = this.workflow(ids['workflow_id']!);
      const taken = Object.fromEntries(
        Object.entries(body).filter(([member]) => !this.options.ignoresInUpdates?.includes(member)),
      );
      const after = { ...before, ...taken, workflow_id: before['workflow_id'], last_modified_at: serviceTime(this.now) };
      this.workflows.set(ids['workflow_id']!, after);
      return [200, after];
    },
    DeleteWorkflow: (ids) => {
      this.workflow(ids['workflow_id']!);
      this.workflows.delete(ids['workflow_id']!);
      return [204, undefined];
    },
    CreateWorkflowExecution: (ids, _, body) => {
      return [201, this.begin(ids['workflow_id']!, body)];
    },
    ListWorkflowExecutions: (ids, query) => {
      this.workflow(ids['workflow_id']!);
      const all = this.executions.filter((each) => each.workflowId === ids['workflow_id']).reverse();
      const items = this.page(all, query).map((each) => this.show(each));
      this.looked();
      return [200, { total: all.length, count: items.length, items, default_order: 'desc' }];
    },
    ShowWorkflowExecution: (ids) => {
      const answer = this.show(this.execution(ids));
      this.looked();
      return [200, answer];
    },
    DeleteWorkflowExecution: (ids) => {
      this.executions.splice(this.executions.indexOf(this.execution(ids)), 1);
      return [204, undefined];
    },
    CreateWorkflowExecutionsActions: (ids, _, body) => {
      const execution = this.execution(ids);
      const before = this.show(execution);
      if (body['action_name'] === 'stop') {
        if (isOver(execution)) throw new Refusal(400, 'ModelArts.7531', 'The execution is over.');
        execution.stopping = true;
        for (const step of execution.steps) stopStep(execution, step, this.now);
        return [201, before];
      }
      if (!isOver(execution)) throw new Refusal(400, 'ModelArts.7530', 'The execution still runs.');
      // Whether the service makes a new record is not published; its guide says that every start adds one.
      return [201, this.begin(ids['workflow_id']!, { ...execution.request, ...body })];
    },
    CreateWorkflowStepExecutionsActions: (ids, _, body) => {
      const execution = this.execution(ids);
      const step = execution.steps.find((each) => each.uuid === ids['step_execution_id']);
      if (!step) throw new Refusal(400, 'ModelArts.7513', `Step execution ${ids['step_execution_id']} not found`);
      switch (body['action_name']) {
        case 'continue':
          if (step.status !== 'hold' && step.status !== 'wait_inputs')
            throw new Refusal(400, 'ModelArts.7532', `Step ${step.definition.name} does not wait.`);
          step.answered = true;
          break;
        case 'retry':
          if (!['failed', 'create_failed', 'timeout', 'stopped'].includes(step.status))
            throw new Refusal(400, 'ModelArts.7533', `Step ${step.definition.name} did not fail.`);
          move(execution, step, 'init', this.now);
          step.ticks = 0;
          step.stopping = false;
          execution.stopping = false;
          execution.status = 'running';
          execution.endedAt = undefined;
          break;
        case 'stop':
          stopStep(execution, step, this.now);
      }
      return [201, stepAnswer(execution, step, this.now, this.scripts)];
    },
    ShowWorkflowStepExecutionMetrics: (ids) => {
      const step = this.execution(ids).steps.find((each) => each.uuid === ids['step_execution_id']);
      return [200, this.scripts[step?.definition.name ?? '']?.metrics ?? []];
    },
    UpdateWorkflowExecution: (ids, _, body) => {
      const execution = this.execution(ids);
      if (body['labels'] !== undefined) execution.labels = body['labels'] as readonly string[];
      return [200, this.show(execution)];
    },
    CreateWorkflowSchedule: (ids, _, body) => [201, this.keep('schedule', ids['workflow_id']!, { enable: true, ...body })],
    UpdateWorkflowSchedule: (ids, _, body) => {
      const schedule = this.kept.get(ids['schedule_id']!);
      if (!schedule) throw new Refusal(400, 'ModelArts.7525', `Schedule ${ids['schedule_id']} not found`);
      return [200, Object.assign(schedule, body)];
    },
    CreateWorkflowSubscriptions: (ids, _, body) => [201, this.keep('subscription', ids['workflow_id']!, body)],
    StopTrainingJob: (ids) => {
      const { step } = this.job(ids['training_job_id']!);
      return [
        202,
        { kind: 'job', metadata: { id: ids['training_job_id'], name: step.definition.name }, status: { phase: 'Terminating' } },
      ];
    },
    ShowTrainingJobDetails: (ids) => {
      const { step, lines } = this.job(ids['training_job_id']!);
      const phase = { completed: 'Completed', failed: 'Failed', running: 'Running', stopped: 'Terminated' }[step.status];
      return [
        200,
        {
          kind: 'job',
          metadata: { id: ids['training_job_id'], name: step.definition.name },
          status: { phase: phase ?? 'Creating', tasks: lines === undefined ? [] : ['worker-0'] },
        },
      ];
    },
    ShowTrainingJobLogsPreview: (ids) => {
      const { lines } = this.job(ids['training_job_id']!);
      if (lines === undefined) return [204, undefined];
      const whole = lines.join('');
      const content = whole.slice(-this.logLimit);
      return [200, { content, current_size: content.length, full_size: whole.length }];
    },
  };

  private begin(id: string, body: Json) {
    const workflow = this.workflow(id);
    if (this.executions.some((each) => each.workflowId === id && !isOver(each)))
      throw new Refusal(400, 'ModelArts.7530', `Workflow ${id} has an execution that runs.`);
    const scenes = ((workflow['policy'] as Json | undefined)?.['scenes'] ?? []) as readonly { name: string; steps: string[] }[];
    const scene = scenes.find((each) => each.name === body['scene_name']);
    if (body['scene_name'] !== undefined && !scene) throw new Refusal(400, 'ModelArts.0101', 'No such scene.');
    const count = this.executions.filter((each) => each.workflowId === id).length + 1;
    const execution: ExecutionRecord = {
      id: idOf(`execution ${id} ${count}`),
      name: `execution-${String(count).padStart(3, '0')}`,
      workflowId: id,
      workflowName: String(workflow['name']),
      createdAt: this.now,
      request: body,
      parameters: withValues(workflow['parameters'], body['parameters']),
      dataRequirements: withValues(workflow['data_requirements'], body['data_requirements']),
      labels: (body['labels'] ?? []) as readonly string[],
      steps: ((workflow['steps'] ?? []) as readonly StepRecord['definition'][])
        .filter(({ name }) => !scene || scene.steps.includes(name))
        .map((definition) => ({
          definition,
          uuid: idOf(`step ${id} ${count} ${definition.name}`),
          status: 'init',
          reached: false,
          createdAt: this.now,
          updatedAt: this.now,
          startedAt: undefined,
          answered: false,
          stopping: false,
          ticks: 0,
          events: [],
        })),
      events: [],
      stopping: false,
      status: undefined,
      endedAt: undefined,
    };
    this.executions.push(execution);
    workflow['run_count'] = count;
    return this.show(execution);
  }

  /** Schedules and subscriptions. */
  private keep(kind: 'schedule' | 'subscription', workflow: string, body: Json): Json {
    this.workflow(workflow);
    const id = idOf(`${kind} ${this.kept.size}`);
    const ids = kind === 'schedule' ? { uuid: id, workflow_id: workflow } : { subscription_id: id };
    const record = { ...body, ...ids, created_at: serviceTime(this.now) };
    this.kept.set(id, record);
    return record;
  }

  private workflow(id: string): Json {
    if (!/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))
      throw new Refusal(400, 'ModelArts.0104', "Key: 'workflow_id' Error: Field validation failed on the 'uuid4' tag");
    const found = this.workflows.get(id);
    if (!found) throw new Refusal(400, 'ModelArts.7512', `Workflow ${id} not found`);
    return found;
  }

  private execution(ids: Matched): ExecutionRecord {
    this.workflow(ids['workflow_id']!);
    const found = this.executions.find((each) => each.id === ids['execution_id'] && each.workflowId === ids['workflow_id']);
    if (!found) throw new Refusal(400, 'ModelArts.7511', `Execution ${ids['execution_id']} not found`);
    return found;
  }

  private job(id: string): { readonly step: StepRecord; readonly lines: readonly string[] | undefined } {
    const step = this.executions.flatMap((each) => each.steps).find((each) => jobOf(each) === id);
    if (!step) throw new Refusal(400, 'ModelArts.2775', `Training job ${id} not found`);
    const log = this.scripts[step.definition.name]?.log;
    const written = step.ticks + (step.status === 'running' ? 1 : 0);
    return { step, lines: written === 0 ? undefined : log?.slice(0, written) };
  }

  private latest(workflow: Json): Json | undefined {
    const last = this.executions.findLast((each) => each.workflowId === workflow['workflow_id']);
    if (!last) return undefined;
    const { execution_id, created_at, status = 'init', duration } = this.show(last);
    const running = last.steps.filter(({ status: each }) => each === 'running').map(({ definition }) => definition.name);
    return { execution_id, created_at, status, running_steps: running, current_steps: running, duration };
  }

  private show(execution: ExecutionRecord) {
    return executionAnswer(execution, this.now, this.scripts);
  }

  private looked(): void {
    if (this.options.clock === 'poll') this.tick(this.options.turns);
  }

  private page<T>(items: readonly T[], query: URLSearchParams): readonly T[] {
    const offset = Number(query.get('offset') ?? 0);
    const limit = Math.min(Number(query.get('limit') ?? 10), this.options.pageLimit ?? 1_000);
    return items.slice(offset, offset + limit);
  }
}

type Matched = Readonly<Record<string, string>>;

/** What is at work takes a turn to stop; what waits stops at once; what had not begun never will. */
function stopStep(execution: ExecutionRecord, step: StepRecord, now: number): void {
  if (['creating', 'created', 'running'].includes(step.status)) step.stopping = true;
  else if (step.reached && ['init', 'hold', 'wait_inputs'].includes(step.status)) move(execution, step, 'stopped', now);
}

function withValues(declared: unknown, given: unknown): readonly object[] {
  const values = new Map(((given ?? []) as readonly { name: string; value?: unknown }[]).map((each) => [each.name, each.value]));
  return ((declared ?? []) as readonly { name: string }[]).map((each) =>
    values.has(each.name) ? { ...each, value: values.get(each.name) } : each,
  );
}

/** Closed after the test, which fails where the stand-in itself had something to complain of. */
export async function startStandIn(t: TestContext, options: StandInOptions = {}): Promise<StandIn> {
  const service = new StandIn(options);
  await service.start();
  t.after(async () => {
    await service.close();
    if (service.complaints.length > 0) throw new Error(service.complaints.join('\n'));
  });
  return service;
}
