// The engine's process. Usage: main --root DIR [--port N] [--idle-minutes N]
// Says `{"port":N}` on standard output when it answers. Exit status: 0 stopped, 2 it cannot start (one line says why), 3 another
// engine has this workspace.
import { parseArgs } from 'node:util';
import { EngineRuns, startEngine } from './engine.ts';
import { StoreError } from './store/driver.ts';

const { values } = parseArgs({
  options: {
    root: { type: 'string' },
    port: { type: 'string', default: '0' },
    'idle-minutes': { type: 'string', default: '10' },
  },
});
const { root } = values;
if (!root) fail(2, 'Give the workspace: --root DIR');

try {
  const engine = await startEngine({
    root,
    port: Number(values.port),
    idleMs: Number(values['idle-minutes']) * 60_000,
    report: (error, what) => console.error(`${what}: ${error instanceof Error ? error.stack : String(error)}`),
    onStopped: () => process.exit(0),
  });
  // Steps are not stopped with the engine: the next one adopts them.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => void engine.stop());
  console.log(JSON.stringify({ port: engine.port }));
} catch (error) {
  if (error instanceof EngineRuns) fail(3, error.message);
  if (error instanceof StoreError) fail(2, error.message);
  fail(2, reasonOf(error as NodeJS.ErrnoException, root));
}

function reasonOf(error: NodeJS.ErrnoException, root: string): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${values.port} is taken by another program; choose another one, or leave --port out.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `There is no permission to write ${error.path ?? root}; the engine keeps its state there.`;
    case 'ENOSPC':
      return `The disk is full: ${error.path ?? root} cannot be written. Free some space and start again.`;
    case 'ENOENT':
      return `There is no folder ${root}.`;
    default:
      return `The engine of ${root} cannot start: ${error.message}`;
  }
}

function fail(status: number, message: string): never {
  console.error(message);
  process.exit(status);
}
