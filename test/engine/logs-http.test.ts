// Logs over HTTP: windows that resume without loss, a wait that ends with the next line, search, and refusals.
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { logHandlers } from '../../engine/http/handlers/logs.ts';
import { startHttp } from '../../engine/http/server.ts';
import { createLogs } from '../../engine/streams/logs.ts';
import { createClient } from '../../remote/client.ts';

async function open(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'weft-log-'));
  const logs = createLogs();
  const handlers = logHandlers(logs, (stepRun) => (stepRun === 'begun' ? folder : undefined));
  const server = await startHttp({ handlers, token: 'key', port: 0, report: (error) => assert.fail(error as Error) });
  t.after(async () => {
    await server.close();
    await logs.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const client = createClient({ baseUrl: `http://127.0.0.1:${server.port}`, token: 'key', projectId: 'local' });
  return { log: join(folder, 'log'), exit: join(folder, 'exit'), client };
}

test('a reader that resumes where it stopped sees each line once, and waits for the next one', async (t) => {
  const { log, exit, client } = await open(t);
  writeFileSync(log, 'one\ntwo\nthr');
  const first = await client.logLines('begun', { first: 0, count: 10 });
  assert.deepEqual([first.lines, first.total, first.ended], [['one', 'two'], 2, false]);
  const waiting = client.logLines('begun', { first: 2, count: 10, waitMs: 20_000 });
  appendFileSync(log, 'ee\n');
  assert.deepEqual((await waiting).lines, ['three']);
  appendFileSync(log, 'no line end');
  const end = client.logLines('begun', { first: 3, count: 10, waitMs: 20_000 });
  writeFileSync(exit, '0\n');
  const last = await end;
  assert.deepEqual([last.lines, last.ended], [['no line end'], true]);
});

test('bytes are the file as it is', async (t) => {
  const { log, client } = await open(t);
  writeFileSync(log, Buffer.from([0xff, 0x0a, 0x00, 0x41]));
  assert.deepEqual([...(await client.logBytes('begun', { offset: 1, limit: 2 }))], [0x0a, 0x00]);
});

test('a search gives the lines that match; a pattern that is none is refused with its reason', async (t) => {
  const { log, client } = await open(t);
  writeFileSync(log, 'loss 0.5\nok\nLOSS 0.4\n');
  const search = { caseSensitive: false, from: 0, limit: 10 };
  assert.deepEqual((await client.searchLog('begun', { ...search, text: 'loss', regex: false })).lines, [0, 2]);
  assert.deepEqual((await client.searchLog('begun', { ...search, text: 'loss', regex: false, caseSensitive: true })).lines, [0]);
  await assert.rejects(client.searchLog('begun', { ...search, text: '(', regex: true }), { status: 400, code: 'ModelArts.0107' });
});

test('a step that has not begun has an empty log, and a window that makes no sense is refused', async (t) => {
  const { client } = await open(t);
  assert.deepEqual((await client.logLines('other', { first: 0, count: 5 })).lines, []);
  await assert.rejects(client.logLines('begun', { first: -1, count: 5 }), { status: 400, code: 'ModelArts.0107' });
});
