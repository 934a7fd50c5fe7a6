// The view of steps that wait for a person. A click asks for what they need.
import * as vscode from 'vscode';
import { toneOf } from '../../core/views/tone.ts';
import type { ViewNode } from '../commands/targets.ts';
import type { RunStore, WaitingStep } from '../run-store.ts';
import { iconOf, joined } from './run-item.ts';

type Node = Extract<ViewNode, { kind: 'runStep' }>;

export class WaitingView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly runs: RunStore;
  private readonly changes = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<Node>;
  private readonly listening: vscode.Disposable;
  readonly onDidChangeTreeData = this.changes.event;

  constructor(runs: RunStore) {
    this.runs = runs;
    this.view = vscode.window.createTreeView('weft.waiting', { treeDataProvider: this });
    let shown = '';
    this.listening = runs.onDidChange(() => {
      const now = JSON.stringify(runs.waiting.map(({ run, step }) => [run.state.id, step.name, step.needs]));
      if (now === shown) return;
      shown = now;
      this.badge();
      this.changes.fire(undefined);
    });
    this.badge();
  }

  dispose(): void {
    this.listening.dispose();
    this.view.dispose();
    this.changes.dispose();
  }

  getChildren(node?: Node): Node[] {
    return node ? [] : this.runs.waiting.map(({ run, step }) => ({ kind: 'runStep', run: run.state.id, step: step.name }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const waiting = this.find(node);
    const item = new vscode.TreeItem(waiting?.step.title || node.step);
    item.id = `${node.run} ${node.step}`;
    item.iconPath = iconOf(toneOf('hold'));
    item.contextValue = 'step waiting';
    item.command = { command: 'weft.answer', title: '', arguments: [node] };
    if (waiting) {
      const { run, step } = waiting;
      item.description = joined(run.state.workflowName, step.needs.map(({ name }) => name).join(', '));
      item.tooltip = step.needs
        .map(({ name, type, description }) => `${name} (${type})${description ? `: ${description}` : ''}`)
        .join('\n');
    }
    return item;
  }

  private find({ run, step }: Node): WaitingStep | undefined {
    return this.runs.waiting.find((each) => each.run.state.id === run && each.step.name === step);
  }

  private badge(): void {
    const value = this.runs.waiting.length;
    this.view.badge = value === 0 ? undefined : { value, tooltip: vscode.l10n.t('Steps that wait for you: {0}', value) };
  }
}
