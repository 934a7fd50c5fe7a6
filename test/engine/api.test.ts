// The Workflow API v2 of the engine over HTTP, with real processes behind it; answers are held to the published schemas.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { WorkflowBody } from '../../core/api/service.ts';
import { createDefinitions, type ReadBody } from '../../engine/definitions.ts';
import { createProcessExecutor } from '../../engine/executors/process.ts';
import { eventHandlers } from '../../engine/http/handlers/events.ts';
import { executionHandlers } from '../../engine/http/handlers/executions.ts';
import { workflowHandlers } from '../../engine/http/handlers/workflows.ts';
import { startHttp } from '../../engine/http/server.ts';
import { createRuns } from '../../engine/runs.ts';
import { createScheduler } from '../../engine/scheduler/scheduler.ts';
import { openStore } from '../../engine/store/store.ts';
import { type Client, createClient } from '../../remote/client.ts';
import { bindText } from '../rules/analyze.ts';
import { shell } from './shell-runner.ts';

const ajv = new Ajv({ strict: false });
(formats as unknown as (instance: Ajv) => void)(ajv);
ajv.addSchema(
  JSON.parse(readFileSync(new URL('../../schemas/modelarts-workflow.openapi.json', import.meta.url), 'utf8')),
  'modelarts',
);

function conforms(name: string, body: unknown): void {
  const validate = ajv.getSchema(`modelarts#/components/schemas/${name}`)!;
  assert.ok(validate(body), `${name}: ${ajv.errorsText(validate.errors)}`);
}

function read(body: WorkflowBody): ReadBody {
  const { workflow, diagnostics } = bindText(JSON.stringify(body), 'json');
  return {
    workflow,
    errors: diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message.en}`),
  };
}

async function engine(t: TestContext): Promise<{ client: Client; root: string; ended(run: string): Promise<void> }> {
  const root = mkdtempSync(join(tmpdir(), 'weft-api-'));
  const store = openStore(root);
  const runFolder = (run: string) => join(root, 'runs', run);
  const scheduler = createScheduler({
    events: store.events,
    executor: createProcessExecutor(),
    runnerOf: (type) => (type === 'job' ? shell(root) : undefined),
    folderOf: (run, step, attempt) => join(runFolder(run), step, String(attempt)),
    maxParallelSteps: 4,
    graceMs: 2_000,
    now: Date.now,
    report: (error) => assert.fail(error as Error),
  });
  const definitions = createDefinitions(store.records, read, Date.now);
  const options = { store, definitions, scheduler, folderOf: runFolder, maxRunsPerWorkflow: 1, newestModels: () => undefined };
  const runs = createRuns(options, (body) => read(body).workflow);
  const server = await startHttp({
    token: 'key',
    port: 0,
    report: (error) => assert.fail(error as Error),
    handlers: {
      ...workflowHandlers(definitions, runs, Date.now),
      ...executionHandlers(definitions, runs, Date.now),
      ...eventHandlers(store.events),
    },
  });
  t.after(async () => {
    await server.close();
    await scheduler.close();
    store.close();
    rmSync(root, { recursive: true, force: true });
  });
  const client = createClient({ baseUrl: `http://127.0.0.1:${server.port}`, token: 'key', projectId: 'local' });
  return { client, root, ended: (run) => scheduler.ended(run) };
}

const body = (name: string, commands: Readonly<Record<string, string>>) => ({
  name,
  labels: ['a label'],
  steps: Object.entries(commands).map(([step, command], index, all) => ({
    name: step,
    type: 'job',
    depend_steps: index === 0 ? [] : [all[index - 1]![0]],
    inputs: [],
    outputs: [],
    properties: {
      kind: 'job',
      algorithm: { code_dir: '/bucket/code/', command, engine: { image_url: 'org/image:1' } },
      spec: { resource: { flavor_id: 'cpu', node_count: 1 } },
    },
    policy: {},
  })),
});

test('a workflow is created, shown, listed, changed, copied and deleted as the service does', async (t) => {
  const { client } = await engine(t);
  const made = await client.call('CreateWorkflow', { body: body('flow', { one: 'true' }) });
  conforms('Workflow', made);
  const path = { workflow_id: made.workflow_id };
  assert.equal((await client.call('ShowWorkflow', { path })).name, 'flow');
  const changed = await client.call('UpdateWorkflow', { path, body: { description: 'other' } });
  assert.deepEqual([changed.description, changed.name], ['other', 'flow']);
  const copy = await client.call('CreateWorkflow', { body: { source_workflow_id: made.workflow_id, name: 'flow_copy' } });
  assert.notEqual(copy.workflow_id, made.workflow_id);
  const list = await client.call('ListWorkflows', { query: { name: 'flow', search_type: 'equal' } });
  conforms('ListWorkflowResponse', list);
  assert.deepEqual([list.total, list.count, list.items.map(({ name }) => name)], [2, 1, ['flow']]);
  const second = await client.call('ListWorkflows', { query: { sort_by: 'name', order: 'asc', limit: 1, offset: 1 } });
  assert.deepEqual(
    second.items.map(({ name }) => name),
    ['flow_copy'],
  );
  assert.deepEqual(await client.call('ShowWorkflowLabels'), ['a label']);
  await client.call('DeleteWorkflow', { path });
  await assert.rejects(client.call('ShowWorkflow', { path }), { status: 400, code: 'ModelArts.7512' });
});

test('a workflow with errors is refused with all of them, and nothing is kept', async (t) => {
  const { client } = await engine(t);
  const faulty = body('flow', { one: 'true', two: 'true' });
  faulty.steps[0]!.depend_steps = ['nowhere'];
  faulty.steps[1]!.depend_steps = ['two'];
  await assert.rejects(client.call('CreateWorkflow', { body: faulty }), {
    status: 400,
    code: 'ModelArts.2788',
    message: /2 error\(s\).*depend-unknown.*depend-cycle/,
  });
  assert.equal((await client.call('ListWorkflows')).total, 0);
});

test('an execution runs to its end, is listed, and names itself by its number', async (t) => {
  const { client, ended } = await engine(t);
  const { workflow_id } = await client.call('CreateWorkflow', { body: body('flow', { one: 'true', two: 'exit 3' }) });
  const begun = await client.call('CreateWorkflowExecution', { path: { workflow_id }, body: { labels: ['first'] } });
  conforms('WorkflowExecutionResp', begun);
  assert.equal(begun.name, 'execution-001');
  await ended(begun.execution_id);
  const path = { workflow_id, execution_id: begun.execution_id };
  const shown = await client.call('ShowWorkflowExecution', { path });
  conforms('WorkflowExecutionResp', shown);
  assert.equal(shown.status, 'abnormal');
  assert.deepEqual(
    shown.steps_execution!.map(({ step_name, status, error_info }) => [step_name, status, error_info?.error_message]),
    [
      ['one', 'completed', undefined],
      ['two', 'failed', 'it ended with exit status 3'],
    ],
  );
  assert.match(shown.events![0]!, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d step one change status from init to creating$/);
  const list = await client.call('ListWorkflowExecutions', { path: { workflow_id }, query: { labels: 'first' } });
  conforms('WorkflowExecutionListResponse', list);
  assert.equal(list.count, 1);
  const steps = await client.call('ListWorkflowStepExecution', { path: { workflow_id } });
  conforms('StepExecutionListResponse', steps);
  assert.equal(steps.total, 2);
  assert.equal((await client.call('ShowWorkflow', { path: { workflow_id } })).latest_execution!.status, 'abnormal');
});

test('one run of a workflow at a time; stop, retry and delete where they are allowed, else refused with the reason', async (t) => {
  const { client, root, ended } = await engine(t);
  const commands = { one: 'touch on; [ -e go ] || sleep 600' };
  const { workflow_id } = await client.call('CreateWorkflow', { body: body('flow', commands) });
  const run = await client.call('CreateWorkflowExecution', { path: { workflow_id }, body: {} });
  const path = { workflow_id, execution_id: run.execution_id };
  await assert.rejects(client.call('CreateWorkflowExecution', { path: { workflow_id }, body: {} }), {
    message: /flow runs already/,
  });
  await assert.rejects(client.call('DeleteWorkflowExecution', { path }), { message: /is running; stop it first/ });
  await assert.rejects(client.call('DeleteWorkflow', { path: { workflow_id } }), { message: /is running; stop it first/ });
  while (!existsSync(join(root, 'on'))) await new Promise((resolve) => setImmediate(resolve));
  await client.call('CreateWorkflowExecutionsActions', { path, body: { action_name: 'stop' } });
  await ended(run.execution_id);
  const stopped = await client.call('ShowWorkflowExecution', { path });
  assert.equal(stopped.status, 'stopped');
  await assert.rejects(client.call('CreateWorkflowExecutionsActions', { path, body: { action_name: 'stop' } }), {
    code: 'ModelArts.7532',
  });

  writeFileSync(join(root, 'go'), '');
  const step = { ...path, step_execution_id: stopped.steps_execution![0]!.uuid };
  await client.call('CreateWorkflowStepExecutionsActions', { path: step, body: { action_name: 'retry' } });
  for await (const event of client.events({ after: 0, run: run.execution_id })) if (event.type === 'run.completed') break;
  assert.equal((await client.call('ShowWorkflowExecution', { path })).status, 'completed');
  await assert.rejects(client.call('CreateWorkflowStepExecutionsActions', { path: step, body: { action_name: 'retry' } }), {
    message: /did not fail/,
  });
  assert.ok(existsSync(join(root, 'runs', run.execution_id)));
  await client.call('DeleteWorkflowExecution', { path });
  assert.ok(!existsSync(join(root, 'runs', run.execution_id)));
  await assert.rejects(client.call('ShowWorkflowExecution', { path }), { status: 400, code: 'ModelArts.7511' });
});

test('a rerun of steps is a new execution that takes the other results over', async (t) => {
  const { client, ended } = await engine(t);
  const { workflow_id } = await client.call('CreateWorkflow', { body: body('flow', { one: 'true', two: 'true' }) });
  const first = await client.call('CreateWorkflowExecution', { path: { workflow_id }, body: {} });
  await ended(first.execution_id);
  const again = await client.call('CreateWorkflowExecutionsActions', {
    path: { workflow_id, execution_id: first.execution_id },
    body: { action_name: 'rerun', policies: { rerun_steps: ['two'] } },
  });
  assert.notEqual(again.execution_id, first.execution_id);
  await ended(again.execution_id);
  const types: string[] = [];
  for await (const event of client.events({ after: 0, run: again.execution_id, follow: false })) {
    types.push('step' in event ? `${event.type} ${event.step}` : event.type);
  }
  assert.deepEqual(types, [
    'run.created',
    'step.ended one',
    'run.started',
    'step.submitting two',
    'step.submitted two',
    'step.ended two',
    'run.completed',
  ]);
});
