// Says when a run ends or a step begins to wait, once, as it happens; what was read from the engine's past is not news.
import * as vscode from 'vscode';
import type { RunEvent } from '../core/run/events.ts';
import type { RunState } from '../core/run/reduce.ts';
import { isFailedStep } from '../core/run/status.ts';
import type { RunStore, StoredRun } from './run-store.ts';
import { durationText } from './views/run-item.ts';

export function notifyOfRuns(runs: RunStore): vscode.Disposable {
  return runs.onDidChange(({ events }) => {
    for (const [id, happened] of events) {
      const run = runs.run(id);
      if (!run) continue;
      if (happened.some(isEnd)) tellEnd(run);
      const step = happened.findLast((event) => event.type === 'step.waiting')?.step;
      if (step !== undefined && runs.waiting.some((each) => each.run === run && each.step.name === step)) tellWaiting(run, step);
    }
  });
}

function isEnd(event: RunEvent): boolean {
  return event.type === 'run.completed' || event.type === 'run.failed';
}

function tellEnd({ state }: StoredRun): void {
  const name = `${state.workflowName} ${state.name}`;
  const took = durationText(state, Date.now());
  if (state.status === 'completed') {
    const graph = vscode.l10n.t('Show Graph');
    vscode.window.showInformationMessage(vscode.l10n.t('{0} completed in {1}', name, took), graph).then((picked) => {
      if (picked) vscode.commands.executeCommand('weft.showRun', { kind: 'run', run: state.id });
    });
  } else if (state.status === 'abnormal') tellFailure(state, name);
}

function tellFailure(state: RunState, name: string): void {
  const failed = state.steps.filter((step) => isFailedStep(step.status));
  const [first] = failed;
  const log = vscode.l10n.t('Open Log');
  const retry = vscode.l10n.t('Retry');
  const message = first
    ? vscode.l10n.t('{0} failed at {1}: {2}', name, first.title || first.name, first.error?.message ?? first.status)
    : vscode.l10n.t('{0} failed', name);
  vscode.window.showErrorMessage(message, log, retry).then((picked) => {
    const target = first ? { kind: 'runStep', run: state.id, step: first.name } : { kind: 'run', run: state.id };
    if (picked === log) vscode.commands.executeCommand('weft.showLog', target);
    if (picked === retry) vscode.commands.executeCommand('weft.retry', { kind: 'run', run: state.id });
  });
}

function tellWaiting({ state }: StoredRun, name: string): void {
  const step = state.steps.find((each) => each.name === name);
  const needs = step?.needs.map((need) => need.name).join(', ') ?? '';
  const answer = vscode.l10n.t('Answer');
  const title = step?.title || name;
  const message = needs
    ? vscode.l10n.t('{0}: the step {1} waits for {2}', state.workflowName, title, needs)
    : vscode.l10n.t('{0}: the step {1} waits for you', state.workflowName, title);
  vscode.window.showInformationMessage(message, answer).then((picked) => {
    if (picked) vscode.commands.executeCommand('weft.answer', { kind: 'runStep', run: state.id, step: name });
  });
}
