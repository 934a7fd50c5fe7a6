// One item of the status bar: whether something runs, waits, or failed last. Hidden while there is nothing to say.
import * as vscode from 'vscode';
import type { RunStore } from './run-store.ts';
import { joined, runStatusText } from './views/run-item.ts';

export function showStatus(runs: RunStore): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('weft.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Weft';
  item.command = 'weft.runs.focus';
  const update = () => {
    const engine = runs.roots.some((root) => runs.engineOf(root) !== undefined);
    const { active, waiting } = runs;
    if (!engine && active.length === 0) return item.hide();
    item.text = joined(
      active.length > 0 ? `$(sync~spin) ${vscode.l10n.t('Weft: {0} running', active.length)}` : '$(circuit-board) Weft',
      waiting.length > 0 ? `$(person) ${vscode.l10n.t('{0} waiting', waiting.length)}` : '',
    );
    item.backgroundColor = waiting.length > 0 ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    const lines = active.map(({ state }) => `${state.workflowName} ${state.name}: ${runStatusText(state)}`);
    item.tooltip = [engine ? vscode.l10n.t('The local engine runs') : vscode.l10n.t('There is no local engine'), ...lines].join(
      '\n',
    );
    item.show();
  };
  update();
  return vscode.Disposable.from(item, runs.onDidChange(update), runs.onDidChangeEngines(update));
}
