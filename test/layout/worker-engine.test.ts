// The engine in front of the worker: newest wins, slow layouts are given up, a dead worker is replaced.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { Graph } from '../../core/graph/graph.ts';
import type { Layout } from '../../core/graph/layout.ts';
import { nodePort } from '../../layout/ports.ts';
import type { FromLayoutWorker, LayoutHost, ToLayoutWorker } from '../../layout/protocol.ts';
import { createWorkerEngine } from '../../layout/worker-engine.ts';
import { createHandler } from '../../layout/worker.ts';

const empty: Layout = { width: 0, height: 0, nodes: [], edges: [] };

function graph(...names: string[]): Graph {
  return { nodes: names.map((name) => ({ name, type: 'job', title: name })), edges: [] };
}

/** Workers and a clock that the test drives by hand. */
function handDriven() {
  const sent: ToLayoutWorker[] = [];
  const started: { terminated: boolean; receive(message: FromLayoutWorker): void; die(message: string): void }[] = [];
  const timers: { ms: number; fire(): void; stopped: boolean }[] = [];
  const host: LayoutHost = {
    startWorker() {
      let listener: (message: unknown) => void = () => {};
      let onError: (message: string) => void = () => {};
      const worker = {
        terminated: false,
        receive: (message: FromLayoutWorker) => listener(message),
        die: (message: string) => onError(message),
      };
      started.push(worker);
      return {
        postMessage: (message) => void sent.push(message as ToLayoutWorker),
        onMessage: (next) => {
          listener = next;
        },
        onError: (next) => {
          onError = next;
        },
        terminate: () => {
          worker.terminated = true;
        },
      };
    },
    after(ms, callback) {
      const timer = { ms, fire: callback, stopped: false };
      timers.push(timer);
      return () => {
        timer.stopped = true;
      };
    },
  };
  return { host, sent, started, timers };
}

function layoutRequest(message: ToLayoutWorker | undefined) {
  assert.equal(message?.type, 'layout');
  return message;
}

test('a request that a newer one of the same key overtakes is not computed and answers undefined', async () => {
  const { host, sent, started } = handDriven();
  const engine = createWorkerEngine(host);
  const first = engine.layout(graph('a'), { key: 'file' });
  const second = engine.layout(graph('a', 'b'), { key: 'file' });
  const other = engine.layout(graph('x'), { key: 'other' });
  const third = engine.layout(graph('a', 'b', 'c'), { key: 'file' });
  assert.equal(await second, undefined);
  started[0]!.receive({ type: 'layout', id: layoutRequest(sent[0]).id, layout: empty });
  assert.equal(await first, empty);
  started[0]!.receive({ type: 'layout', id: layoutRequest(sent[1]).id, layout: empty });
  await other;
  started[0]!.receive({ type: 'layout', id: layoutRequest(sent[2]).id, layout: empty });
  await third;
  assert.deepEqual(
    sent.map((message) => layoutRequest(message).graph.nodes.length),
    [1, 1, 3],
  );
});

test('a layout beyond the time limit is given up with its worker and done the quick way by a new one', async () => {
  const { host, sent, started, timers } = handDriven();
  const engine = createWorkerEngine(host, { limitMs: 100 });
  const result = engine.layout(graph('a'));
  assert.equal(timers[0]!.ms, 100);
  timers[0]!.fire();
  assert.equal(started[0]!.terminated, true);
  assert.equal(started.length, 2);
  assert.equal(layoutRequest(sent[1]).quick, true);
  started[0]!.receive({ type: 'failed', id: layoutRequest(sent[0]).id, message: 'late' });
  started[1]!.receive({ type: 'layout', id: layoutRequest(sent[1]).id, layout: empty });
  assert.equal(await result, empty);
  assert.equal(timers[1]!.stopped, true);
});

test('a worker that dies fails its request and the next one gets a new worker', async () => {
  const { host, sent, started } = handDriven();
  const engine = createWorkerEngine(host);
  const result = engine.layout(graph('a'));
  started[0]!.die('out of memory');
  await assert.rejects(result, /The layout worker ended: out of memory/);
  const next = engine.layout(graph('b'));
  started[1]!.receive({ type: 'layout', id: layoutRequest(sent[1]).id, layout: empty });
  assert.equal(await next, empty);
});

test('disposing answers all open requests with undefined and ends the worker', async () => {
  const { host, started } = handDriven();
  const engine = createWorkerEngine(host);
  const open = [engine.layout(graph('a')), engine.layout(graph('b'))];
  engine.dispose();
  assert.deepEqual(await Promise.all(open), [undefined, undefined]);
  assert.equal(started[0]!.terminated, true);
  assert.equal(await engine.layout(graph('c')), undefined);
});

test('the handler seeds a picture by the last one of its key, until it is forgotten', async () => {
  const answers: FromLayoutWorker[] = [];
  const handle = createHandler((message) => void answers.push(message));
  const chain = (...names: string[]): Graph => ({
    ...graph(...names),
    edges: names.slice(1).map((to, index) => ({ from: names[index]!, to, kind: 'data' as const })),
  });
  const request = { type: 'layout', direction: 'right', key: 'file', fresh: false, quick: false } as const;
  await handle({ ...request, id: 1, graph: chain('a', 'b', 'c') });
  await handle({ ...request, id: 2, graph: chain('a', 'new', 'b', 'c') });
  await handle({ ...request, id: 3, graph: chain('a', 'new', 'b', 'c'), fresh: true });
  await handle({ type: 'forget', key: 'file' });
  await handle({ ...request, id: 4, graph: chain('a', 'new', 'b', 'c') });
  const ranks = answers.map((answer) => (answer.type === 'layout' ? answer.layout.nodes.map((node) => node.rank) : []));
  assert.deepEqual(ranks, [
    [0, 1, 2],
    [0, 0.5, 1, 2],
    [0, 1, 2, 3],
    [0, 1, 2, 3],
  ]);
});

test('a real worker of Node lays a graph out', async () => {
  const engine = createWorkerEngine({
    startWorker: () => nodePort(new Worker(new URL('../../layout/main.ts', import.meta.url))),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  });
  // Without this the process might end first: the worker does not keep it alive.
  const alive = setInterval(() => {}, 1000);
  try {
    const layout = await engine.layout(graph('a', 'b'));
    assert.equal(layout?.nodes.length, 2);
  } finally {
    clearInterval(alive);
    engine.dispose();
  }
});
