// What serves a model on this machine: a bound command, or the package's own inference code. It gets PORT and HOST and speaks HTTP.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BindingUse } from '../../core/config/config.ts';
import type { Command } from '../executors/executor.ts';

export interface InferenceProgram {
  readonly command: Command;
  /** Absolute. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** In order of preference: a server of its own before the class that the service's own images load. */
const servers = [
  ['service.mjs', 'node'],
  ['service.js', 'node'],
  ['service.py', 'python3'],
  ['service.sh', 'sh'],
] as const;
const serviceClass = 'customize_service.py';

/** The file of a package that serves it; undefined where it has none. */
export function inferenceFile(folder: string): string | undefined {
  return [...servers.map(([file]) => file), serviceClass].find((file) => existsSync(join(folder, file)));
}

/** Undefined where neither binding nor package has something to start. `host`: the program that serves a `customize_service.py`. */
export function inferenceProgram(
  folder: string,
  binding: BindingUse | undefined,
  root: string,
  host: () => string,
): InferenceProgram | undefined {
  const environment = Object.fromEntries((binding?.environments ?? []).map(({ name, value }) => [name, value]));
  const cwd = binding?.codeDir === undefined ? folder : resolve(root, binding.codeDir);
  if (binding?.command !== undefined) {
    return { command: { kind: 'arguments', file: 'sh', arguments: ['-c', binding.command] }, cwd, environment };
  }
  const found = inferenceFile(cwd);
  if (found === undefined) return undefined;
  if (found === serviceClass) {
    return { command: { kind: 'arguments', file: 'python3', arguments: [host(), join(cwd, found)] }, cwd, environment };
  }
  const interpreter = servers.find(([file]) => file === found)![1];
  return { command: { kind: 'arguments', file: interpreter, arguments: [join(cwd, found)] }, cwd, environment };
}
