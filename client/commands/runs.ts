// What is done with a run of the list besides running.
import * as vscode from 'vscode';
import { Cancelled, Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import { showStep } from '../runs/show-step.ts';
import { runPath } from './paths.ts';
import { pickRun, runTarget, workflowTarget } from './targets.ts';

export async function openSource(parts: Parts, argument: unknown): Promise<void> {
  if (!runTarget(argument)) {
    const { uri, step } = workflowTarget(argument);
    return showStep(parts.server, uri, step);
  }
  const run = await pickRun(parts.runs, argument, parts.runs.runs, vscode.l10n.t('The file of which run?'));
  const { source, name } = run.state;
  if (source === undefined) throw new Failure(vscode.l10n.t('{0} was not started from a file of this machine.', name));
  await showStep(parts.server, vscode.Uri.file(source), runTarget(argument)?.step);
}

export async function copyRunId(parts: Parts, argument: unknown): Promise<void> {
  const run = await pickRun(parts.runs, argument, parts.runs.runs, vscode.l10n.t('The ID of which run?'));
  await vscode.env.clipboard.writeText(run.state.id);
}

export async function deleteRun(parts: Parts, argument: unknown): Promise<void> {
  const run = await pickRun(parts.runs, argument, parts.runs.runs, vscode.l10n.t('Delete which run?'));
  const { workflowName, name } = run.state;
  const remove: vscode.MessageItem = { title: vscode.l10n.t('Delete') };
  const sure = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete {0} {1}?', workflowName, name),
    {
      modal: true,
      detail: run.cloud
        ? vscode.l10n.t('The record in the service is deleted; what the run made there stays.')
        : vscode.l10n.t('Its logs and what it left below .weft/runs are deleted with it.'),
    },
    remove,
  );
  if (sure !== remove) throw new Cancelled();
  const { client } = await parts.runs.engineOfRun(run);
  await client.call('DeleteWorkflowExecution', { path: runPath(run.state) });
  parts.runs.forget(run.state.id);
}
