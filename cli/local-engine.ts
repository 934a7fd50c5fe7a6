// The engine of the current workspace for a command: found, or started from the files beside this program.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { workspaceRoot } from '../loader/workspace-root.ts';
import { findEngine, type LocalEngine, startEngine } from '../remote/local.ts';
import { version } from '../engine/version.ts';
import { type Console, UsageError } from './command.ts';

/** The bundled engine beside the bundled command, or the source beside the source. */
function enginePath(): string {
  const files = ['../engine/main.mjs', '../engine/main.ts'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const found = files.find((file) => existsSync(file));
  if (!found) throw new UsageError(`the engine's program is missing: neither ${files.join(' nor ')} is there`);
  return found;
}

/** Starts one where none runs. `start`: a file or folder of the workspace. */
export function useEngine(console: Console, start = console.cwd, port?: number): Promise<LocalEngine> {
  const root = workspaceRoot(start);
  return startEngine({
    root,
    enginePath: enginePath(),
    execPath: process.execPath,
    version,
    signal: console.signal,
    ...(port !== undefined && { port }),
  });
}

/** Throws a UsageError where none runs. */
export async function needEngine(console: Console): Promise<LocalEngine> {
  const root = workspaceRoot(console.cwd);
  const engine = await findEngine(root, console.signal);
  if (!engine) throw new UsageError(`no engine runs for ${root}; "weft run FILE" or "weft engine start" starts one`);
  return engine;
}
