// The view of workflow files, each with its steps as the language server sees them, and what their last run came to.
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { toneOf } from '../../core/views/tone.ts';
import type { ViewNode } from '../commands/targets.ts';
import { workflowFileName, workflowFiles } from '../../core/protocol/workflow-file.ts';
import type { LanguageServer } from '../language-client.ts';
import type { RunChange, RunStore } from '../run-store.ts';
import { openWorkflow } from '../runs/compile.ts';
import { iconOf, joined, runStatusText, timeText, toneOfRun } from './run-item.ts';

type FileNode = Extract<ViewNode, { kind: 'file' }>;
type StepNode = Extract<ViewNode, { kind: 'workflowStep' }> & { readonly type: string; readonly title: string };
type Node = FileNode | StepNode;

export class WorkflowsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly server: LanguageServer;
  private readonly runs: RunStore;
  private readonly changes = new vscode.EventEmitter<Node | undefined>();
  private readonly subscriptions: vscode.Disposable[];
  /** By URI: an item is told apart by its object. */
  private files = new Map<string, FileNode>();
  readonly onDidChangeTreeData = this.changes.event;

  constructor(server: LanguageServer, runs: RunStore) {
    this.server = server;
    this.runs = runs;
    const watcher = vscode.workspace.createFileSystemWatcher(workflowFiles, false, true, false);
    this.subscriptions = [
      this.changes,
      watcher,
      watcher.onDidCreate(() => this.refresh()),
      watcher.onDidDelete(() => this.refresh()),
      runs.onDidChange((change) => this.runsChanged(change)),
      server.onDidChangeGraph(({ uri }) => this.changes.fire(this.files.get(uri))),
      vscode.window.createTreeView('weft.workflows', { treeDataProvider: this, showCollapseAll: true }),
    ];
  }

  dispose(): void {
    for (const each of this.subscriptions) each.dispose();
  }

  refresh(): void {
    this.changes.fire(undefined);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node?.kind === 'file') return this.steps(node);
    if (node) return [];
    const found = await vscode.workspace.findFiles(workflowFiles, '**/node_modules/**');
    const known = this.files;
    this.files = new Map(
      found
        .sort((a, b) => a.path.localeCompare(b.path))
        .map((uri) => [uri.toString(), known.get(uri.toString()) ?? { kind: 'file', uri }]),
    );
    return [...this.files.values()];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === 'file' ? this.fileItem(node) : this.stepItem(node);
  }

  private async steps({ uri }: FileNode): Promise<Node[]> {
    await openWorkflow(uri);
    const found = await this.server.graph({ uri: uri.toString() });
    return (found?.graph.nodes ?? []).map(({ name, type, title }) => ({ kind: 'workflowStep', uri, step: name, type, title }));
  }

  private fileItem({ uri }: FileNode): vscode.TreeItem {
    const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.Collapsed);
    const state = this.runs.latestOf(uri.fsPath)?.state;
    const folder = dirname(vscode.workspace.asRelativePath(uri));
    const name = workflowFileName(uri.path);
    // The same workflow may be there as a file and as a program.
    const isAlone = [...this.files.values()].every(
      (other) =>
        other.uri.path === uri.path || workflowFileName(other.uri.path) !== name || dirname(other.uri.path) !== dirname(uri.path),
    );
    item.label = name;
    item.description = joined(
      folder === '.' ? '' : folder,
      isAlone ? '' : basename(uri.path),
      state ? runStatusText(state) : '',
      state ? timeText(state.createdAt) : '',
    );
    item.iconPath = state ? iconOf(toneOfRun(state)) : vscode.ThemeIcon.File;
    item.contextValue = 'file';
    item.command = { command: 'vscode.open', title: '', arguments: [uri] };
    return item;
  }

  private stepItem({ uri, step, type, title }: StepNode): vscode.TreeItem {
    const item = new vscode.TreeItem(title || step);
    item.id = `${uri} ${step}`;
    item.description = joined(step === title ? '' : step, type);
    const state = this.runs.latestOf(uri.fsPath)?.state.steps.find((each) => each.name === step);
    item.iconPath = iconOf(toneOf(state?.status ?? 'init'));
    item.contextValue = 'step';
    item.command = { command: 'weft.openSource', title: '', arguments: [{ kind: 'workflowStep', uri, step }] };
    return item;
  }

  private runsChanged({ runs }: RunChange): void {
    const sources = new Set([...runs].map((id) => this.runs.run(id)?.state.source));
    for (const node of this.files.values()) if (sources.has(node.uri.fsPath)) this.changes.fire(node);
  }
}
