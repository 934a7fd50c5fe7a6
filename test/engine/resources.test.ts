// What processes of a step use: sampled while it runs, kept with the attempt, served from a moment on.
import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { WeftResourceSample } from '../../core/api/weft.ts';
import { createProcessExecutor } from '../../engine/executors/process.ts';
import { resourceHandlers } from '../../engine/http/handlers/resources.ts';
import { startHttp } from '../../engine/http/server.ts';
import { createGpuReader, parsePmon, type ReadGpu } from '../../engine/launcher/gpu-usage.ts';
import { attemptFolder } from '../../engine/launcher/attempt-folder.ts';
import { stopAttempt } from '../../engine/launcher/stop.ts';
import { createResourceSampler } from '../../engine/streams/resources.ts';
import { createClient } from '../../remote/client.ts';
import { eventually } from '../engine-steps/condition.ts';

const linux = process.platform === 'linux';
const noGpu: ReadGpu = async () => undefined;

function openFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'weft-resources-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Whole lines only: the file may be read while one is written. */
function samplesIn(folder: string): WeftResourceSample[] {
  const file = join(folder, 'resources');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  return lines.map((line) => JSON.parse(line) as WeftResourceSample);
}

async function startShell(t: TestContext, folder: string, text: string, readGpu = noGpu) {
  const sampler = createResourceSampler({ now: Date.now, readGpu, leastMs: 50, mostMs: 50 });
  const executor = createProcessExecutor(sampler);
  const { pid } = await executor.submit({
    key: 'one.1',
    stepRun: 'one',
    folder,
    command: { kind: 'shell', text },
    cwd: folder,
    environment: {},
  });
  t.after(async () => {
    await stopAttempt(attemptFolder(folder), 'one.1', 0);
    await executor.close();
  });
  return { executor, pid: pid! };
}

test('a busy grandchild is seen: processor time, memory, how many processes', { skip: !linux }, async (t) => {
  const folder = openFolder(t);
  const hungry = 'const kept = Buffer.alloc(80e6, 1); for (;;) kept[0] += 1';
  await startShell(t, folder, `"${process.execPath}" -e '${hungry}' & wait`);
  await eventually('samples of the busy process', () => {
    const last = samplesIn(folder).at(-1);
    return last !== undefined && last.memory > 80e6 && (last.cpu ?? 0) > 5 && last.processes >= 2;
  });
  const samples = samplesIn(folder);
  for (const [index, { at }] of samples.entries()) assert.ok(index === 0 || at > samples[index - 1]!.at, 'in order of time');
});

test('an engine that takes over a running step goes on with its samples', { skip: !linux }, async (t) => {
  const folder = openFolder(t);
  const { executor } = await startShell(t, folder, 'sleep 60');
  await eventually('a sample', () => samplesIn(folder).length > 0);
  await executor.close();
  const before = samplesIn(folder).length;
  const sampler = createResourceSampler({ now: Date.now, readGpu: noGpu, leastMs: 50, mostMs: 50 });
  const second = createProcessExecutor(sampler);
  const ended = new Promise<void>((resolve) => second.onOutcome(() => resolve()));
  assert.equal((await second.attach('one.1', folder)).kind, 'running');
  await eventually('two more samples', () => samplesIn(folder).length >= before + 2);
  const [first, next] = samplesIn(folder).slice(before);
  assert.equal(first!.cpu, undefined, 'what was used before nobody looked is not counted');
  assert.equal(typeof next!.cpu, 'number');
  await second.cancel('one.1', 0);
  await ended;
  await second.close();
});

test('what the cards say of the processes of the step is summed, of others left out', { skip: !linux }, async (t) => {
  const folder = openFolder(t);
  let leader = 0;
  const readGpu: ReadGpu = async () =>
    new Map([
      [leader, { busy: 40, memory: 1024 }],
      [1, { busy: 99, memory: 9 }],
    ]);
  const started = await startShell(t, folder, 'sleep 60', readGpu);
  leader = started.pid;
  const last = await eventually('a sample with a card', () => samplesIn(folder).findLast(({ gpu }) => gpu !== undefined));
  assert.deepEqual([last.gpu, last.gpuMemory], [40, 1024]);
});

test('a program that takes long to tell of the cards does not make samples rare', { skip: !linux }, async (t) => {
  const folder = openFolder(t);
  const slow: ReadGpu = () => new Promise((resolve) => setTimeout(() => resolve(new Map()), 400));
  await startShell(t, folder, 'sleep 60', slow);
  await eventually('a second sample', () => samplesIn(folder).length >= 2);
});

test('nvidia-smi is read by the names of its columns', async (t) => {
  const output = `# gpu         pid   type     sm    mem    enc    dec    jpg    ofa     fb   ccpm    command
# Idx           #    C/G      %      %      %      %      %      %     MB     MB    name
    0       4242     C     61     20      -      -      -      -   2048      0    python
    1       4242     C      9      -      -      -      -      -    512      0    python
    1          -     -      -      -      -      -      -      -      -      -    -
`;
  assert.deepEqual([...parsePmon(output)], [[4242, { busy: 70, memory: 2560 * 1024 * 1024 }]]);
  const folder = openFolder(t);
  const program = join(folder, 'nvidia-smi');
  writeFileSync(program, `#!/bin/sh\n[ "$*" = "pmon -c 1 -s um" ] || exit 1\ncat <<'END'\n${output}END\n`);
  chmodSync(program, 0o755);
  assert.equal((await createGpuReader(program)())?.get(4242)?.busy, 70);
  assert.equal(await createGpuReader(join(folder, 'absent'))(), undefined);
});

test('samples are served from a moment on; a torn line and a step that has not begun give none', async (t) => {
  const folder = openFolder(t);
  const handlers = resourceHandlers((stepRun) => (stepRun === 'begun' ? folder : undefined));
  const server = await startHttp({ handlers, token: 'key', port: 0, report: (error) => assert.fail(error as Error) });
  t.after(() => server.close());
  const client = createClient({ baseUrl: `http://127.0.0.1:${server.port}`, token: 'key', projectId: 'local' });
  const list = (stepRun: string, after?: number) =>
    client.call('ListResourceSamples', { path: { step_execution_id: stepRun }, query: { after } });
  assert.deepEqual(await list('begun'), []);
  const samples = [1000, 2000].map((at) => ({ at, cpu: 12.5, memory: 1, processes: 1 }));
  appendFileSync(join(folder, 'resources'), `${samples.map((each) => JSON.stringify(each)).join('\n')}\n{"at":30`);
  assert.deepEqual(await list('begun'), samples);
  assert.deepEqual(await list('begun', 1000), [samples[1]]);
  assert.deepEqual(await list('other'), []);
  await assert.rejects(client.call('ListResourceSamples', { path: { step_execution_id: 'begun' }, query: { after: -1 } }), {
    status: 400,
    code: 'ModelArts.0107',
  });
});
