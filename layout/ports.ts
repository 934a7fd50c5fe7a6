// Workers of Node and of the browser as a `WorkerPort`. Typed by their shape, since layout/ sees the types of neither.
//
// In Node (the bundled worker is dist/layout/worker.mjs; one file for both environments):
//
//   import { Worker } from 'node:worker_threads';
//   const engine = createWorkerEngine({
//     startWorker: () => nodePort(new Worker(workerUrl)),
//     after: (ms, callback) => { const timer = setTimeout(callback, ms); return () => clearTimeout(timer); },
//   });
//
// In the browser: `startWorker: () => browserPort(new Worker(workerUrl, { type: 'module' }))`.
import type { WorkerPort } from './protocol.ts';

export interface NodeWorker {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  unref(): void;
  terminate(): Promise<number>;
}

/** The worker does not keep the process alive. */
export function nodePort(worker: NodeWorker): WorkerPort {
  worker.unref();
  return {
    postMessage: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onError: (listener) => void worker.on('error', (error) => listener(error.message)),
    terminate: () => void worker.terminate(),
  };
}

export interface BrowserWorker {
  postMessage(message: unknown): void;
  addEventListener(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(event: 'error', listener: (event: { readonly message: string }) => void): void;
  terminate(): void;
}

export function browserPort(worker: BrowserWorker): WorkerPort {
  return {
    postMessage: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.addEventListener('message', (event) => listener(event.data)),
    onError: (listener) => worker.addEventListener('error', (event) => listener(event.message)),
    terminate: () => worker.terminate(),
  };
}
