// Retry what failed within a run, or run the same again as a new one.
import * as vscode from 'vscode';
import { isEndedRun, isFailedStep } from '../../core/run/status.ts';
import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import { untrusted } from '../runs/begin-run.ts';
import { runPath, stepPath } from './paths.ts';
import { knownRun, pickRun, runTarget } from './targets.ts';

export async function retry(parts: Parts, argument: unknown): Promise<void> {
  const candidates = parts.runs.runs.filter(({ state }) => state.steps.some((step) => canRetry(step.status)));
  const run = await pickRun(parts.runs, argument, candidates, vscode.l10n.t('Retry the failed steps of which run?'));
  const failed = run.state.steps.filter((step) => canRetry(step.status));
  if (failed.length === 0) throw new Failure(vscode.l10n.t('No step of {0} failed.', run.state.name));
  if (!vscode.workspace.isTrusted) throw untrusted();
  const { client } = await parts.runs.engineOfRun(run);
  for (const { uuid } of failed) {
    const path = { ...runPath(run.state), step_execution_id: uuid };
    await client.call('CreateWorkflowStepExecutionsActions', { path, body: { action_name: 'retry' } });
  }
}

export async function retryStep(parts: Parts, argument: unknown): Promise<void> {
  const target = runTarget(argument);
  if (target?.step === undefined) throw new Failure(vscode.l10n.t('Choose a step in the Runs view.'));
  if (!vscode.workspace.isTrusted) throw untrusted();
  const run = knownRun(parts.runs, target.run);
  const { client } = await parts.runs.engineOfRun(run);
  const path = stepPath(run.state, target.step);
  await client.call('CreateWorkflowStepExecutionsActions', { path, body: { action_name: 'retry' } });
}

/** The id of the new run. */
export async function rerun(parts: Parts, argument: unknown): Promise<string> {
  const ended = parts.runs.runs.filter(({ state }) => isEndedRun(state.status));
  const run = await pickRun(parts.runs, argument, ended, vscode.l10n.t('Run which one again?'));
  if (!vscode.workspace.isTrusted) throw untrusted();
  const { client } = await parts.runs.engineOfRun(run);
  const path = runPath(run.state);
  const again = await client.call('CreateWorkflowExecutionsActions', { path, body: { action_name: 'rerun' } });
  await parts.logs.showRun(again.execution_id, undefined, true);
  return again.execution_id;
}

function canRetry(status: string): boolean {
  return isFailedStep(status) || status === 'stopped';
}
