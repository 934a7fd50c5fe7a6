// Run the whole workflow, a scene of it, or from a step on with the results of an earlier run before it.
import * as vscode from 'vscode';
import type { RunState } from '../../core/run/reduce.ts';
import { isEndedRun } from '../../core/run/status.ts';
import { Cancelled, Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import type { StoredRun } from '../run-store.ts';
import { beginRun, scenesOf } from '../runs/begin-run.ts';
import type { Compiled } from '../runs/compile.ts';
import { runInCloud } from './release.ts';
import { workflowTarget } from './targets.ts';

/** The id of the new run. */
export function run(parts: Parts, argument: unknown): Promise<string> {
  const { uri, scene } = workflowTarget(argument);
  return beginRun(parts, uri, runInCloud, () => (scene === undefined ? {} : { scene }));
}

export function runScene(parts: Parts, argument: unknown): Promise<string> {
  const { uri, scene } = workflowTarget(argument);
  return beginRun(parts, uri, runInCloud, async (compiled) => ({ scene: scene ?? (await pickScene(compiled)) }));
}

export function runFrom(parts: Parts, argument: unknown): Promise<string> {
  const { uri, step } = workflowTarget(argument);
  return beginRun(parts, uri, runInCloud, async (compiled) => {
    const from = step ?? (await pickStep(compiled));
    const before = parts.runs.runs.find((each) => isOfFile(each, compiled) && hasResults(each.state));
    if (before) return { options: { reuse: before.state.id, rerun: [from] } };
    throw new Failure(vscode.l10n.t('There is no earlier run of this workflow whose results "{0}" could start from.', from), [
      { title: vscode.l10n.t('Run All'), take: () => vscode.commands.executeCommand('weft.run', uri) },
    ]);
  });
}

function isOfFile({ state, cloud }: StoredRun, { document }: Compiled): boolean {
  return !cloud && state.source === document.uri.fsPath;
}

function hasResults(state: RunState): boolean {
  return isEndedRun(state.status) && state.steps.some((step) => step.status === 'completed');
}

async function pickStep({ steps }: Compiled): Promise<string> {
  const placeHolder = vscode.l10n.t('Run from which step?');
  return (await vscode.window.showQuickPick([...steps], { placeHolder })) ?? leave();
}

async function pickScene({ body, document }: Compiled): Promise<string> {
  const scenes = scenesOf(body);
  if (scenes.length === 0) {
    throw new Failure(vscode.l10n.t('{0} has no scenes.', String(body['name'] ?? document.fileName)));
  }
  const items = scenes.map(({ name, steps }) => ({ label: name, description: steps.join(', ') }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Run which scene?') });
  return picked?.label ?? leave();
}

function leave(): never {
  throw new Cancelled();
}
