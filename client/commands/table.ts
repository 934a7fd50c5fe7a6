// Every contributed command with its handler: the compiler asks for each, and for no other.
import type { CommandId } from '../contributions/commands.ts';
import type { Parts } from '../parts.ts';
import { answer } from './answer.ts';
import { copyBody, showBody } from './body.ts';
import { debug } from './debug.ts';
import { startEngine, stopEngine } from './engine.ts';
import { revealFolder } from './folder.ts';
import { exportGraph, showGraph, showRun } from './graph.ts';
import { openLogInEditor, saveLog, showLog } from './log.ts';
import { compareRuns, showMetrics } from './metrics.ts';
import { newWorkflow } from './new-workflow.ts';
import { rerun, retry, retryStep } from './again.ts';
import { renameName } from './rename.ts';
import { release, releaseAndRun } from './release.ts';
import { run, runFrom, runScene } from './run.ts';
import { copyRunId, deleteRun, openSource } from './runs.ts';
import { openSample } from './open-sample.ts';
import { signIn, signOut } from './sign-in.ts';
import { stop, stopStep } from './stop.ts';

/** `argument` is what the menu, lens or caller gives; see targets.ts. */
export type Handler = (parts: Parts, argument: unknown) => unknown;

export const handlers: Readonly<Record<CommandId, Handler>> = {
  'weft.run': run,
  'weft.runFrom': runFrom,
  'weft.runScene': runScene,
  'weft.debug': debug,
  'weft.release': release,
  'weft.releaseAndRun': releaseAndRun,
  'weft.signIn': signIn,
  'weft.signOut': signOut,
  'weft.stop': stop,
  'weft.stopStep': stopStep,
  'weft.retry': retry,
  'weft.retryStep': retryStep,
  'weft.rerun': rerun,
  'weft.answer': answer,
  'weft.showGraph': showGraph,
  'weft.exportGraph': exportGraph,
  'weft.showRun': showRun,
  'weft.showLog': showLog,
  'weft.openLogInEditor': openLogInEditor,
  'weft.showMetrics': showMetrics,
  'weft.compareRuns': compareRuns,
  'weft.saveLog': saveLog,
  'weft.openSource': openSource,
  'weft.renameName': renameName,
  'weft.revealFolder': revealFolder,
  'weft.copyRunId': copyRunId,
  'weft.deleteRun': deleteRun,
  'weft.openSample': openSample,
  'weft.newWorkflow': newWorkflow,
  'weft.showBody': showBody,
  'weft.copyBody': copyBody,
  'weft.refresh': (parts) => Promise.all([parts.workflows.refresh(), parts.runs.reload()]),
  'weft.startEngine': startEngine,
  'weft.stopEngine': stopEngine,
  'weft.restartServer': (parts) => parts.server.restart(),
  'weft.showOutput': (parts) => parts.log.show(),
};
