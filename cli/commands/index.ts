// The commands of `weft`, in the order of the help.
import type { Command } from '../command.ts';
import { answerCommand } from './answer.ts';
import { datasetCommand, modelCommand, serviceCommand } from './assets.ts';
import { compileCommand } from './compile.ts';
import { dapCommand } from './dap.ts';
import { debugCommand } from './debug.ts';
import { engineCommand } from './engine.ts';
import { graphCommand } from './graph.ts';
import { importCommand } from './import.ts';
import { lspCommand } from './lsp.ts';
import { releaseCommand } from './release.ts';
import { runCommand } from './run.ts';
import { runsCommand } from './runs.ts';
import { typesCommand } from './types.ts';
import { validateCommand } from './validate.ts';

export const commands: readonly Command[] = [
  validateCommand,
  compileCommand,
  importCommand,
  graphCommand,
  runCommand,
  releaseCommand,
  runsCommand,
  answerCommand,
  datasetCommand,
  modelCommand,
  serviceCommand,
  engineCommand,
  typesCommand,
  debugCommand,
  dapCommand,
  lspCommand,
];
