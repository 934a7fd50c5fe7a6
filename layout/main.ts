// Entry of the worker's bundle, the same file in Node and in the browser.
// `process.getBuiltinModule` instead of an import, so that the bundle loads where there is no `node:worker_threads`.
import type { ToLayoutWorker } from './protocol.ts';
import { createHandler } from './worker.ts';

interface NodePort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): void;
}
interface BrowserScope {
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}
interface Scope {
  readonly process?: { getBuiltinModule?(name: string): { readonly parentPort: NodePort | null } };
}

const nodePort = (globalThis as Scope).process?.getBuiltinModule?.('node:worker_threads').parentPort;
if (nodePort) {
  const handle = createHandler((message) => nodePort.postMessage(message));
  nodePort.on('message', (message) => void handle(message as ToLayoutWorker));
} else {
  const scope = globalThis as unknown as BrowserScope;
  const handle = createHandler((message) => scope.postMessage(message));
  scope.onmessage = (event) => void handle(event.data as ToLayoutWorker);
}
