// Keeps the context keys of contributions/context-keys.ts true.
import * as vscode from 'vscode';
import type { ContextKeys } from './contributions/context-keys.ts';
import { activeWorkflow } from './commands/targets.ts';
import type { RunStore } from './run-store.ts';
import type { GraphPanels } from './webviews/graph-panel.ts';

export function keepContextKeys(runs: RunStore, graphs: GraphPanels): vscode.Disposable {
  const before = new Map<string, boolean>();
  const set = <Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]) => {
    if (before.get(key) === value) return;
    before.set(key, value);
    vscode.commands.executeCommand('setContext', key, value);
  };
  const update = () => {
    const file = activeWorkflow()?.fsPath;
    set('weft.documentRunning', file !== undefined && runs.active.some((run) => run.state.source === file));
    set('weft.anyRuns', runs.runs.length > 0);
    set('weft.anyRunActive', runs.active.length > 0);
    set('weft.anyWaiting', runs.waiting.length > 0);
    set(
      'weft.engineRunning',
      runs.roots.some((root) => runs.engineOf(root) !== undefined),
    );
    set('weft.runsLoaded', runs.isLoaded);
    set('weft.graphActive', graphs.hasActive);
  };
  update();
  return vscode.Disposable.from(
    runs.onDidChange(update),
    runs.onDidChangeEngines(update),
    graphs.onDidChangeActive(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}
