// Stop a run or one step of it.
import * as vscode from 'vscode';
import { isEndedRun } from '../../core/run/status.ts';
import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import { knownRun, pickRun, runTarget, workflowTarget } from './targets.ts';
import { runPath, stepPath } from './paths.ts';

export async function stop(parts: Parts, argument: unknown): Promise<void> {
  const run = await pickRun(parts.runs, runOf(parts, argument), parts.runs.active, vscode.l10n.t('Stop which run?'));
  if (isEndedRun(run.state.status)) throw new Failure(vscode.l10n.t('The run has ended already.'));
  const { client } = await parts.runs.engineOfRun(run);
  await client.call('CreateWorkflowExecutionsActions', { path: runPath(run.state), body: { action_name: 'stop' } });
}

/** From the title of an editor: the run of its file. */
function runOf(parts: Parts, argument: unknown): unknown {
  if (!(argument instanceof vscode.Uri)) return argument;
  const file = workflowTarget(argument).uri.fsPath;
  return parts.runs.active.find((run) => run.state.source === file)?.state.id ?? argument;
}

export async function stopStep(parts: Parts, argument: unknown): Promise<void> {
  const target = runTarget(argument);
  if (target?.step === undefined) throw new Failure(vscode.l10n.t('Choose a step in the Runs view.'));
  const run = knownRun(parts.runs, target.run);
  const { client } = await parts.runs.engineOfRun(run);
  const path = stepPath(run.state, target.step);
  await client.call('CreateWorkflowStepExecutionsActions', { path, body: { action_name: 'stop' } });
}
