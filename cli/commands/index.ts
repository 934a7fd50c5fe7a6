// The commands of `weft`, in the order of the help.
import type { Command } from '../command.ts';
import { engineCommand } from './engine.ts';
import { graphCommand } from './graph.ts';
import { runsCommand } from './runs.ts';
import { validateCommand } from './validate.ts';

export const commands: readonly Command[] = [validateCommand, graphCommand, runsCommand, engineCommand];
