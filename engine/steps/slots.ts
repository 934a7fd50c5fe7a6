// Inputs and outputs of a step as folders and files of this machine, and what a step's outputs are worth to those that read them.
import type { ResolvedInput, ResolvedOutput, ResolvedStep } from '../../core/plan/resolve.ts';
import type { NamedValue } from '../../core/run/events.ts';
import { isDatasetValue, locateInput, versionFolder } from './input-data.ts';
import type { LocalMachine } from './local-machine.ts';
import { textAt } from './setting.ts';

export interface Slot {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** Everything is there. Rejects with StepError. */
export async function inputSlots(step: ResolvedStep, machine: LocalMachine): Promise<readonly Slot[]> {
  const pathOf = (input: ResolvedInput) =>
    isDatasetValue(input.value) ? versionFolder(step, input, machine) : locateInput(step, input, machine);
  return await Promise.all(step.inputs.map(async (input) => ({ name: input.name, path: await pathOf(input) })));
}

/** Outputs with a folder of their own, made; and the folders that storages ask for. */
export async function outputSlots(step: ResolvedStep, { storage }: LocalMachine): Promise<readonly Slot[]> {
  for (const folder of step.createFolders) await storage.makeFolder(folder);
  const made: Slot[] = [];
  for (const { name, settings } of step.outputs) {
    const path = textAt(settings, 'obs_path');
    if (path !== undefined) made.push({ name, path: await storage.makeFolder(path) });
  }
  return made;
}

/** `--name=path`: how a program of the service finds its data. */
export function slotArguments(...slots: readonly Slot[]): readonly string[] {
  return slots.map(({ name, path }) => `--${name}=${path}`);
}

export function outputValue({ name, settings }: ResolvedOutput): NamedValue {
  const path = textAt(settings, 'obs_path');
  return { name, value: path === undefined ? settings : { obs_url: path } };
}
