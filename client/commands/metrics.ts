// Metrics of a run, alone or with others laid over it.
import * as vscode from 'vscode';
import { Cancelled, Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import type { RunStore, StoredRun } from '../run-store.ts';
import { describeRun } from '../views/run-item.ts';
import { pickRun, runTarget } from './targets.ts';

/** From the title of the log view: of the run that it shows. */
export async function showMetrics(parts: Parts, argument: unknown): Promise<void> {
  const subject = runTarget(argument) ? argument : (parts.metrics.active ?? parts.logs.shownRun ?? argument);
  const run = await pickRun(parts.runs, subject, parts.runs.runs, vscode.l10n.t('The metrics of which run?'));
  parts.metrics.show(run, runTarget(argument)?.step);
}

export async function compareRuns(parts: Parts, argument: unknown): Promise<void> {
  const run = await pickRun(parts.runs, argument, parts.runs.runs, vscode.l10n.t('Compare which run?'));
  const others = await pickOthers(parts.runs, run, []);
  parts.metrics.show(run, undefined, others);
}

/** Ids of the runs that the user wants beside `run`: those of the same workflow come first. Rejects with Cancelled. */
export async function pickOthers(runs: RunStore, run: StoredRun, chosen: readonly string[]): Promise<string[]> {
  const isSame = (other: StoredRun) => other.state.workflowId === run.state.workflowId;
  const others = runs.runs.filter((other) => other.state.id !== run.state.id);
  if (others.length === 0) throw new Failure(vscode.l10n.t('There is no other run to compare with.'));
  const items = [...others.filter(isSame), ...others.filter((other) => !isSame(other))].map((other) => ({
    ...describeRun(other.state),
    id: other.state.id,
    picked: chosen.includes(other.state.id),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDescription: true,
    placeHolder: vscode.l10n.t('Compare {0} with which runs?', run.state.name),
  });
  if (!picked) throw new Cancelled();
  return picked.map(({ id }) => id);
}
