// The commands of `weft`, in the order of the help.
import type { Command } from '../command.ts';
import { engineCommand } from './engine.ts';
import { runsCommand } from './runs.ts';

export const commands: readonly Command[] = [runsCommand, engineCommand];
