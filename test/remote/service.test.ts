// The typed client against the stand-in: signed calls, the published examples, paging, and everything that goes wrong on the way.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { WorkflowBody } from '../../core/api/service.ts';
import type { ServiceEngineConfig } from '../../core/config/config.ts';
import { endpointsOf } from '../../remote/endpoints.ts';
import type { RemoteError } from '../../remote/client.ts';
import { connect, testSecretKey } from '../support/service/connect.ts';
import { publishedExamples } from '../support/service/contract.ts';
import { refusals } from '../support/service/faults.ts';
import { domainId, projectId, startStandIn } from '../support/service/stand-in.ts';

const seed = new URL('../corpus/bodies/_valid-seed-002-example.json', import.meta.url);
const published = (JSON.parse(readFileSync(seed, 'utf8')) as { body: Record<string, unknown> }).body;
const examples = (route: string) => publishedExamples().filter((each) => each.route === route);

test('the published examples of workflows and runs pass through the client as they are', async (t) => {
  const service = await startStandIn(t);
  const { client } = await connect(service);
  const created = await client.call('CreateWorkflow', { body: published });
  assert.deepEqual(service.calls('CreateWorkflow')[0]!.body, published);
  const path = { workflow_id: created.workflow_id };
  const bodies = examples('CreateWorkflow').map(({ body }) => body as Record<string, unknown>);
  assert.equal(bodies.length, 2);
  for (const body of bodies) {
    const source = body['source_workflow_id'] === undefined ? {} : { source_workflow_id: created.workflow_id };
    assert.equal((await client.call('CreateWorkflow', { body: { ...body, ...source } })).name, body['name']);
  }
  for (const { body } of examples('UpdateWorkflow')) await client.call('UpdateWorkflow', { path, body: body as WorkflowBody });
  assert.deepEqual((await client.call('ShowWorkflow', { path })).labels, ['demo', 'nightly']);

  for (const { body } of examples('CreateWorkflowExecution')) {
    const started = await client.call('CreateWorkflowExecution', { path, body: body as object });
    // As published: nothing runs yet, and the record says so by what it lacks.
    assert.equal(started.steps_execution, null);
    assert.equal(started.duration, 0);
    assert.equal(started.status, undefined);
    const run = { ...path, execution_id: started.execution_id };
    service.tick(4);
    assert.equal((await client.call('ShowWorkflowExecution', { path: run })).status, 'running');
    const stop = examples('CreateWorkflowExecutionsActions').find(({ name }) => name === 'stop')!;
    // The answer still shows the old status.
    const answer = await client.call('CreateWorkflowExecutionsActions', {
      path: run,
      body: stop.body as { action_name: 'stop' },
    });
    assert.equal(answer.status, 'running');
    service.tick(4);
    assert.equal((await client.call('ShowWorkflowExecution', { path: run })).status, 'stopped');
  }
});

test('every published request is taken by the service and arrives as it was published', async (t) => {
  const service = await startStandIn(t);
  service.scripts = { train: { end: 'failed' } };
  const { client } = await connect(service);
  const direct = examples('CreateWorkflow').find(({ name }) => name === 'direct')!.body as WorkflowBody;
  const { workflow_id } = await client.call('CreateWorkflow', { body: direct });
  const begin = async () => (await client.call('CreateWorkflowExecution', { path: { workflow_id }, body: {} })).execution_id;
  const stepOf = async (execution_id: string) => {
    const run = await client.call('ShowWorkflowExecution', { path: { workflow_id, execution_id } });
    return run.steps_execution!.find(({ step_name }) => step_name === 'train')!;
  };
  let execution_id = await begin();
  service.tick(9); // the step has failed, and the run with it
  const replayed: string[] = [];
  for (const { route, name, body } of publishedExamples()) {
    if (route === 'CreateWorkflow' || route === 'CreateWorkflowExecution') continue; // replayed above
    const waiting = name === 'go_on';
    if (waiting || name === 'stop') {
      service.scripts = waiting ? { train: { waits: 'wait_inputs' } } : {};
      service.tick(20);
      execution_id = await begin();
      service.tick(4);
    }
    const { uuid, instance_id } = await stepOf(execution_id);
    const schedule = await client.call('CreateWorkflowSchedule', {
      path: { workflow_id },
      body: { type: 'time', action: 'run', content: { cron: '0 0 12 * * ?' } },
    });
    const path = {
      workflow_id,
      execution_id,
      step_execution_id: uuid,
      schedule_id: schedule.uuid,
      training_job_id: String(instance_id),
    };
    await client.call(route, { path, body } as never);
    assert.deepEqual(service.seen.at(-1)!.body, body);
    replayed.push(`${route} ${name}`);
    service.scripts = {};
    service.tick(20);
  }
  assert.deepEqual(replayed, [
    'UpdateWorkflow labels',
    'UpdateWorkflowExecution labels',
    'CreateWorkflowExecutionsActions stop',
    'CreateWorkflowExecutionsActions rerun',
    'CreateWorkflowStepExecutionsActions retry',
    'CreateWorkflowStepExecutionsActions go_on',
    'CreateWorkflowSchedule nightly',
    'UpdateWorkflowSchedule off',
    'CreateWorkflowSubscriptions failures',
    'StopTrainingJob terminate',
  ]);
});

test('an answer that does not come in time counts as none; the caller can leave', async (t) => {
  const service = await startStandIn(t);
  const { client } = await connect(service);
  const { workflow_id } = await client.call('CreateWorkflow', { body: { name: 'a' } });
  const gate = Promise.withResolvers<void>();
  const path = { workflow_id };
  service.faults.add({ route: 'ShowWorkflow', does: { kind: 'delay', until: gate.promise } });
  assert.equal((await client.call('ShowWorkflow', { path, timeoutMs: 200 })).name, 'a', 'the next one came');
  service.faults.add({ times: 9, does: { kind: 'delay', until: gate.promise } });
  await assert.rejects(client.call('CreateWorkflow', { body: { name: 'b' }, timeoutMs: 200 }), {
    code: 'timeout',
    message: /did not answer within 200 ms/,
  });
  const stop = new AbortController();
  const leaving = client.call('ShowWorkflow', { path, signal: stop.signal });
  stop.abort(new Error('the user left'));
  await assert.rejects(leaving, { message: 'the user left' });
  gate.resolve();
});

test('pages are read to their end, though the server gives fewer than it was asked for', async (t) => {
  const service = await startStandIn(t, { pageLimit: 7 });
  const { client } = await connect(service);
  for (let index = 0; index < 24; index++) await client.call('CreateWorkflow', { body: { name: `flow-${index}` } });
  await client.call('CreateWorkflow', { body: { name: 'other' } });
  const names: string[] = [];
  for await (const { name } of client.pages('ListWorkflows', { query: { name: 'flow' } })) names.push(name);
  assert.deepEqual(
    names,
    Array.from({ length: 24 }, (_, index) => `flow-${index}`),
  );
});

test('a project that is not configured is asked for', async (t) => {
  const service = await startStandIn(t);
  const { projectId: _, ...engine } = (await connect(service)).engine;
  const found = await connect(service, { ...engine, projectId: undefined } as unknown as ServiceEngineConfig);
  assert.equal(found.projectId, projectId);
  assert.match(found.account, new RegExp(`^access key AKST…0001, account ${domainId}$`));
  const none = connect(service, { region: 'none', projectId: undefined } as unknown as ServiceEngineConfig);
  await assert.rejects(none, /no project is named none for these keys; add "project_id: \.\.\." to engine "prod"/);
});

test('wrong keys are refused by the signature, and the error holds no secret', async (t) => {
  const service = await startStandIn(t);
  const { client } = await connect(service, {}, 'AnotherSecretAltogether');
  await assert.rejects(client.call('ListWorkflows'), (error: RemoteError) => {
    assert.deepEqual([error.status, error.code], [401, 'APIGW.0301']);
    assert.match(error.message, /verify aksk signature fail/);
    assert.doesNotMatch(JSON.stringify(error) + error.stack, /AnotherSecret/);
    return true;
  });
  const echoing = await connect(service);
  service.faults.add({ does: { kind: 'answer', status: 500, code: 'X', message: `bad ${testSecretKey}` } });
  await assert.rejects(echoing.client.call('ShowWorkflowLabels'), { message: 'bad ***' });
});

test('429 is tried again whatever the call, 503 and broken connections only where a repeat does no harm', async (t) => {
  const service = await startStandIn(t);
  const { client } = await connect(service);
  service.faults.add({ route: 'CreateWorkflow', times: 2, does: refusals.tooMany });
  const { workflow_id } = await client.call('CreateWorkflow', { body: { name: 'a' } });
  assert.equal(service.workflows.size, 1);
  const path = { workflow_id };
  for (const does of [
    refusals.away,
    { kind: 'drop', at: 'before' },
    { kind: 'drop', at: 'effect' },
    { kind: 'drop', at: 'answer' },
  ] as const) {
    service.faults.add({ times: 2, does });
    assert.equal((await client.call('UpdateWorkflow', { path, body: { description: does.kind } })).description, does.kind);
    service.faults.add({ times: 2, does });
    assert.equal((await client.call('ShowWorkflow', { path })).name, 'a');
  }
  for (const at of ['before', 'effect', 'answer'] as const) {
    service.faults.add({ does: { kind: 'drop', at } });
    const before: number = service.workflows.size;
    await assert.rejects(client.call('CreateWorkflow', { body: { name: `b-${at}` } }), { status: 0, code: 'network' });
    assert.equal(service.workflows.size - before, at === 'before' ? 0 : 1);
  }
  service.faults.add({ times: 9, does: refusals.broken });
  await assert.rejects(client.call('ShowWorkflow', { path }), { status: 500, code: 'ModelArts.0010' });
  service.faults.clear();
  service.faults.add({ times: 9, does: refusals.tooMany });
  await assert.rejects(client.call('ShowWorkflow', { path }), { status: 429, code: 'APIG.0308' });
});

test('documented refusals: what is missing answers 400 with its code', async (t) => {
  const service = await startStandIn(t);
  const { client } = await connect(service);
  const gone = '3f2b8a54-7c1d-4e6a-9b0f-2d5c8e7a1b34';
  await assert.rejects(client.call('ShowWorkflow', { path: { workflow_id: gone } }), { status: 400, code: 'ModelArts.7512' });
  await assert.rejects(client.call('ShowWorkflow', { path: { workflow_id: 'x' } }), { status: 400, code: 'ModelArts.0104' });
  await assert.rejects(client.call('CreateWorkflow', { body: { name: '1 begins with a digit' } }), { code: 'ModelArts.0104' });
  const elsewhere = await connect(service, { projectId: 'another' });
  await assert.rejects(elsewhere.client.call('ListWorkflows'), { status: 403, code: 'ModelArts.0210' });
});

test('addresses follow from the region, or from the address of the service', () => {
  const of = (more: Partial<ServiceEngineConfig>) => endpointsOf({ kind: 'modelarts', name: 'prod', ...more });
  assert.deepEqual(of({ region: 'cn-north-4' }), {
    service: 'https://modelarts.cn-north-4.myhuaweicloud.com',
    objects: 'https://obs.cn-north-4.myhuaweicloud.com',
    identity: 'https://iam.cn-north-4.myhuaweicloud.com',
  });
  assert.deepEqual(of({ endpoint: 'modelarts.eu-west-101.myhuaweicloud.eu/' }), {
    service: 'https://modelarts.eu-west-101.myhuaweicloud.eu',
    objects: 'https://obs.eu-west-101.myhuaweicloud.eu',
    identity: 'https://iam.eu-west-101.myhuaweicloud.eu',
  });
  assert.throws(() => of({}), /engine "prod" says neither region nor endpoint/);
  assert.throws(() => of({ region: 'cn north' }), /"cn north" is no region/);
  assert.throws(
    () => of({ endpoint: 'http://modelarts.example.com' }),
    /endpoint "http:\/\/modelarts\.example\.com" is no https address/,
  );
  assert.throws(() => of({ endpoint: 'https://ma.example.com' }), /add "obs_endpoint: https:\/\/\.\.\."/);
});
