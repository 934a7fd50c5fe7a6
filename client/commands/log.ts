// The log of a step: in the panel below, in an editor of its own, as a file.
import * as vscode from 'vscode';
import { Cancelled } from '../failure.ts';
import type { Parts } from '../parts.ts';
import type { StoredRun } from '../run-store.ts';
import { saveStepLog } from '../runs/save-log.ts';
import { describeStep } from '../views/run-item.ts';
import { stepOf } from './paths.ts';
import { pickRun, runTarget } from './targets.ts';

const whichRun = () => vscode.l10n.t('The log of which run?');

export async function showLog(parts: Parts, argument: unknown): Promise<void> {
  const run = await pickRun(parts.runs, argument, parts.runs.runs, whichRun());
  await parts.logs.showRun(run.state.id, runTarget(argument)?.step);
}

/** From the title of the log view: the run that it shows. */
export async function openLogInEditor(parts: Parts, argument: unknown): Promise<void> {
  const subject = runTarget(argument) ? argument : (parts.logs.shownRun ?? argument);
  const run = await pickRun(parts.runs, subject, parts.runs.runs, whichRun());
  parts.logs.openEditor(run, runTarget(argument)?.step);
}

export async function saveLog(parts: Parts, argument: unknown): Promise<void> {
  const run = await pickRun(parts.runs, argument, parts.runs.runs, whichRun());
  const step = runTarget(argument)?.step ?? (await pickStep(run));
  await saveStepLog(await parts.runs.engineOfRun(run), run.state, stepOf(run.state, step));
}

async function pickStep({ state }: StoredRun): Promise<string> {
  const items = state.steps.filter((step) => step.attempt > 0).map((step) => ({ ...describeStep(step), name: step.name }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('The log of which step?') });
  if (!picked) throw new Cancelled();
  return picked.name;
}
