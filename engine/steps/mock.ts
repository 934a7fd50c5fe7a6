// Outputs taken from a folder instead of being made: `use: { mock: FOLDER }` of a binding.
// FOLDER has a folder or file for each output by its name; where a step has one output, it may be FOLDER itself.
import { cpSync, existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import type { LocalMachine } from './local-machine.ts';
import { textAt } from './setting.ts';
import { StepError } from './step-runner.ts';

/** Absolute. Throws StepError where the folder is not there. */
export function mockFolder(step: ResolvedStep, mock: string, { root }: LocalMachine): string {
  const folder = resolve(root, mock);
  if (statSync(folder, { throwIfNoEntry: false })) return folder;
  throw new StepError('mock-missing', `step "${step.name}" is bound to the mock ${mock}, and there is no ${folder}`);
}

/** Fills the folders of the outputs with what the mock has. */
export async function copyMock(step: ResolvedStep, mock: string, machine: LocalMachine): Promise<void> {
  const folder = mockFolder(step, mock, machine);
  const outputs = step.outputs.flatMap(({ name, settings }) => {
    const path = textAt(settings, 'obs_path');
    return path === undefined ? [] : [{ name, path }];
  });
  for (const { name, path } of outputs) {
    const own = join(folder, name);
    const from = existsSync(own) ? own : outputs.length === 1 ? folder : undefined;
    if (from === undefined) {
      throw new StepError('mock-incomplete', `the mock of step "${step.name}" has nothing for its output "${name}": make ${own}`);
    }
    const target = await machine.storage.makeFolder(path);
    cpSync(from, target, { recursive: true });
  }
}
