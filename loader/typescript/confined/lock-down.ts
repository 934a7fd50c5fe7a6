// Takes from the confined process what Node's permission flags leave open: network, signals, other modules, the environment.
// The author's code never holds an object of this realm (realm.ts); this is for the case that it gets one.
import { registerHooks } from 'node:module';

/** Functions and objects of `process` that act on something outside. */
const acts = [
  'abort',
  'binding',
  'chdir',
  'dlopen',
  'execve',
  'getBuiltinModule',
  'initgroups',
  'kill',
  'loadEnvFile',
  'openStdin',
  'reallyExit',
  'setegid',
  'seteuid',
  'setgid',
  'setgroups',
  'setuid',
  'umask',
  '_debugEnd',
  '_debugProcess',
  '_getActiveHandles',
  '_getActiveRequests',
  '_kill',
  '_linkedBinding',
  '_startProfilerIdleNotifier',
];

/** Objects of `process` that lead to such functions: its streams are sockets, a report is a file. */
const ways = ['stdin', 'stdout', 'stderr', 'report', 'mainModule', 'channel'];

const globals = [
  'console',
  'fetch',
  'WebSocket',
  'EventSource',
  'Worker',
  'BroadcastChannel',
  'navigator',
  'localStorage',
  'sessionStorage',
];

/** Cannot be undone. After it no module can be loaded any more. */
export function lockDown(): void {
  registerHooks({
    resolve: (specifier) => {
      throw new Error(`${specifier} cannot be imported here.`);
    },
  });
  const owner = process as unknown as Record<string, unknown>;
  for (const name of acts) {
    if (!(name in owner)) continue;
    Object.defineProperty(owner, name, { value: refuse(`process.${name}`), writable: false, configurable: false });
  }
  for (const name of ways) Object.defineProperty(owner, name, { value: undefined, writable: false, configurable: false });
  Object.defineProperty(owner, 'env', { value: Object.freeze({}), writable: false, configurable: false });
  for (const name of globals) Reflect.deleteProperty(globalThis, name);
}

function refuse(what: string): () => never {
  return () => {
    throw new Error(`${what} cannot be used here.`);
  };
}
