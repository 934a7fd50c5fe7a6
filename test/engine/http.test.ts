// The engine's HTTP front over real connections: who is refused and how, which row answers, and the event stream.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type RouteName, routes } from '../../core/api/routes.ts';
import type { RunEventBody } from '../../core/run/events.ts';
import { eventHandlers } from '../../engine/http/handlers/events.ts';
import { notFound } from '../../engine/http/problem.ts';
import { match } from '../../engine/http/router.ts';
import { type Handlers, type HttpServer, startHttp } from '../../engine/http/server.ts';
import { openStore, type Store } from '../../engine/store/store.ts';
import { createClient } from '../../remote/client.ts';

const token = 'token-of-the-test';
const bugs: unknown[] = [];

async function serve(t: TestContext, handlers: Handlers): Promise<HttpServer> {
  const server = await startHttp({ handlers, token, port: 0, report: (error) => bugs.push(error) });
  t.after(() => server.close());
  return server;
}

function store(t: TestContext): Store {
  const folder = mkdtempSync(join(tmpdir(), 'weft-http-'));
  const opened = openStore(folder);
  t.after(() => {
    opened.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return opened;
}

const clientOf = (server: HttpServer, key = token) =>
  createClient({ baseUrl: `http://127.0.0.1:${server.port}`, token: key, projectId: 'local' });

async function statusOf(
  server: HttpServer,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  const sent = request({ host: '127.0.0.1', port: server.port, path, headers }).end();
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, body };
}

const created = (name: string): RunEventBody => ({
  type: 'run.created',
  workflowId: 'w',
  workflowName: 'flow',
  name,
  labels: [],
  steps: [],
  values: { parameters: [], data: [] },
});

test('every row of the route table is found by its own path, and by no other', () => {
  for (const name of Object.keys(routes) as RouteName[]) {
    const { method, path } = routes[name];
    if (path.startsWith('/v3')) continue;
    const found = match(method, path.replace(/\{(\w+)\}/g, 'id of $1'));
    assert.equal(found?.name, name);
    for (const [key, value] of Object.entries(found.path)) assert.equal(value, `id of ${key}`);
  }
  assert.equal(match('GET', '/v2/local/workflows/%'), undefined);
  assert.equal(match('GET', '/v2/local'), undefined);
  assert.equal(match('GET', '/v2//workflows'), undefined);
});

test('a request without the token, or with a wrong one, is refused as the gateway does', async (t) => {
  const server = await serve(t, { ListWorkflows: () => ({ body: { total: 0, count: 0, items: [] } }) });
  const missing = await statusOf(server, '/v2/local/workflows', {});
  assert.equal(missing.status, 401);
  assert.equal(JSON.parse(missing.body).error_code, 'APIGW.0301');
  await assert.rejects(clientOf(server, 'another').call('ListWorkflows'), { status: 401, code: 'APIGW.0301' });
  assert.deepEqual(await clientOf(server).call('ListWorkflows'), { total: 0, count: 0, items: [] });
});

test('a page of another site is refused, even with the token', async (t) => {
  const server = await serve(t, { ListWorkflows: () => ({ body: [] }) });
  const path = '/v2/local/workflows';
  assert.equal((await statusOf(server, path, { 'X-Auth-Token': token, Origin: 'https://example.org' })).status, 403);
  assert.equal((await statusOf(server, path, { 'X-Auth-Token': token, Host: 'rebound.example.org' })).status, 403);
  assert.equal((await statusOf(server, path, { 'X-Auth-Token': token, Origin: `http://127.0.0.1:${server.port}` })).status, 200);
});

test('a missing resource answers 400 with its code, an unknown path 404, a broken body 400, a bug 500', async (t) => {
  const server = await serve(t, {
    ShowWorkflow: ({ path }) => {
      throw notFound('workflow', path['workflow_id']!);
    },
    ListWorkflows: () => {
      throw new Error('a bug');
    },
    CreateWorkflow: ({ body }) => ({ body }),
  });
  const client = clientOf(server);
  await assert.rejects(client.call('ShowWorkflow', { path: { workflow_id: 'w 1' } }), {
    status: 400,
    code: 'ModelArts.7512',
    message: 'Workflow w 1 not found',
  });
  await assert.rejects(client.call('ListModels'), { status: 404, code: 'ModelArts.4204' });
  const answer = await fetch(`http://127.0.0.1:${server.port}/v2/local/workflows`, {
    method: 'POST',
    headers: { 'X-Auth-Token': token },
    body: '{"name":',
  });
  assert.equal(answer.status, 400);
  assert.equal(((await answer.json()) as { error_code: string }).error_code, 'ModelArts.2787');
  bugs.length = 0;
  const bug = await statusOf(server, '/v2/local/workflows', { 'X-Auth-Token': token });
  assert.equal(bug.status, 500);
  assert.equal(bugs.length, 1);
  assert.ok(!bug.body.includes('a bug'));
});

test('a body over the limit of the service is refused with 413', async (t) => {
  const server = await serve(t, { CreateWorkflow: ({ body }) => ({ body }) });
  const answer = await fetch(`http://127.0.0.1:${server.port}/v2/local/workflows`, {
    method: 'POST',
    headers: { 'X-Auth-Token': token },
    body: JSON.stringify({ name: 'x'.repeat(12 * 1024 * 1024) }),
  }).catch((error: Error) => error);
  // The engine may close before all was sent, which the sender may see first.
  if (!(answer instanceof Error)) assert.equal(answer.status, 413);
});

test('a port that is taken is an error of the start, not a hang', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  await assert.rejects(startHttp({ handlers: {}, token, port, report: () => {} }), { code: 'EADDRINUSE' });
  other.close();
});

test('the event stream gives past and coming events of a run once, in order, and ends when its client goes', async (t) => {
  const { events } = store(t);
  const server = await serve(t, eventHandlers(events));
  events.append({ run: 'a', bodies: [created('execution-001'), { type: 'run.started' }] }, 1);
  events.append({ run: 'b', bodies: [created('execution-002')] }, 2);
  const all: number[] = [];
  for await (const event of clientOf(server).events({ after: 0, follow: false })) all.push(event.seq);
  assert.deepEqual(all, [1, 2, 3]);

  const abort = new AbortController();
  const seen: string[] = [];
  for await (const event of clientOf(server).events({ after: 1, run: 'a', signal: abort.signal })) {
    seen.push(`${event.seq} ${event.type}`);
    if (event.type === 'run.started') events.append({ run: 'b', bodies: [{ type: 'run.started' }] }, 3);
    if (event.type === 'run.started') events.append({ run: 'a', bodies: [{ type: 'run.completed' }] }, 4);
    if (event.type === 'run.completed') abort.abort();
  }
  assert.deepEqual(seen, ['2 run.started', '5 run.completed']);
});
