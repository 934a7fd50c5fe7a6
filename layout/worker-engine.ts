// A LayoutEngine that has the work done by a worker: one request at a time, the newest of a key wins, and a layout that
// takes too long is given up together with its worker (WebAssembly cannot be interrupted) and done again the quick way.
import type { Graph } from '../core/graph/graph.ts';
import type { Layout } from '../core/graph/layout.ts';
import type { LayoutEngine, LayoutOptions } from './layout.ts';
import type { FromLayoutWorker, LayoutHost, ToLayoutWorker, WorkerPort } from './protocol.ts';

export interface WorkerEngineOptions {
  /** How long Graphviz may take before the quick layout is used instead. */
  readonly limitMs?: number;
  /** How long the quick layout may take before the request fails. */
  readonly quickLimitMs?: number;
}

interface Request {
  readonly id: number;
  readonly graph: Graph;
  readonly options: LayoutOptions;
  readonly resolve: (layout: Layout | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** Starts the worker with the first request. */
export function createWorkerEngine(host: LayoutHost, options: WorkerEngineOptions = {}): LayoutEngine {
  const { limitMs = 2000, quickLimitMs = 20_000 } = options;
  let port: WorkerPort | undefined;
  let running: Request | undefined;
  let stopTimer = () => {};
  let waiting: Request[] = [];
  let lastId = 0;
  let disposed = false;

  function started(): WorkerPort {
    if (port) return port;
    const worker = host.startWorker();
    port = worker;
    worker.onMessage((message) => worker === port && receive(message as FromLayoutWorker));
    worker.onError((message) => worker === port && fail(`The layout worker ended: ${message}`));
    return worker;
  }

  function send(request: Request, quick: boolean): void {
    running = request;
    stopTimer = host.after(quick ? quickLimitMs : limitMs, () => tooLong(request, quick));
    const { direction = 'right', key, fresh = false } = request.options;
    const message: ToLayoutWorker = { type: 'layout', id: request.id, graph: request.graph, direction, key, fresh, quick };
    started().postMessage(message);
  }

  function tooLong(request: Request, quick: boolean): void {
    if (quick) return fail(`The graph of ${request.graph.nodes.length} steps could not be laid out within ${quickLimitMs} ms.`);
    dropWorker();
    send(request, true);
  }

  function receive(message: FromLayoutWorker): void {
    if (!running || message.id !== running.id) return;
    const request = running;
    settle();
    if (message.type === 'layout') request.resolve(message.layout);
    else request.reject(new Error(message.message));
  }

  function fail(message: string): void {
    const request = running;
    dropWorker();
    settle();
    request?.reject(new Error(message));
  }

  function settle(): void {
    stopTimer();
    running = undefined;
    const next = waiting.shift();
    if (next) send(next, false);
  }

  function dropWorker(): void {
    stopTimer();
    port?.terminate();
    port = undefined;
  }

  return {
    layout(graph, layoutOptions = {}) {
      if (disposed) return Promise.resolve(undefined);
      return new Promise((resolve, reject) => {
        const request = { id: ++lastId, graph, options: layoutOptions, resolve, reject };
        const stale = waiting.find(({ options: { key } }) => key !== undefined && key === layoutOptions.key);
        waiting = waiting.filter((other) => other !== stale);
        stale?.resolve(undefined);
        if (running) waiting.push(request);
        else send(request, false);
      });
    },
    forget(key) {
      port?.postMessage({ type: 'forget', key } satisfies ToLayoutWorker);
    },
    dispose() {
      disposed = true;
      dropWorker();
      for (const request of running ? [running, ...waiting] : waiting) request.resolve(undefined);
      running = undefined;
      waiting = [];
    },
  };
}
