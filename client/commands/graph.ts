// The graph of a workflow, with or without a run in it.
import * as vscode from 'vscode';
import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import { pickRun, runTarget, workflowTarget } from './targets.ts';

export function showGraph(parts: Parts, argument: unknown): Promise<void> {
  const { uri, step } = workflowTarget(argument);
  return parts.graphs.show(uri, step === undefined ? {} : { step });
}

export async function showRun(parts: Parts, argument: unknown): Promise<void> {
  if (runTarget(argument)) {
    return parts.graphs.showRun(await pickRun(parts.runs, argument, parts.runs.runs, vscode.l10n.t('Show which run?')));
  }
  const { uri } = workflowTarget(argument);
  const latest = parts.runs.latestOf(uri.fsPath);
  return parts.graphs.show(uri, latest ? { run: latest.state.id } : {});
}

export function exportGraph(parts: Parts): void {
  if (!parts.graphs.exportActive()) throw new Failure(vscode.l10n.t('Show a graph first.'));
}
