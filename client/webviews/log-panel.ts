// The log in the bottom panel, which shows one run at a time, and logs in editors of their own, each for one run.
import * as vscode from 'vscode';
import { isEndedRun } from '../../core/run/status.ts';
import { panelTypes } from '../contributions.ts';
import type { RunStore, StoredRun } from '../run-store.ts';
import { LogHost } from './log-host.ts';
import { page, remember, remembered, webviewOptions } from './page.ts';

interface Memory {
  readonly run: string;
}

export class LogPanels implements vscode.Disposable, vscode.WebviewPanelSerializer, vscode.WebviewViewProvider {
  private readonly extension: vscode.Uri;
  private readonly runs: RunStore;
  private readonly log: vscode.LogOutputChannel;
  private readonly subscriptions: vscode.Disposable[];
  private view: { readonly view: vscode.WebviewView; readonly host: LogHost } | undefined;
  /** What the view shows, or will show when it is opened. */
  private shown: { run: string; step: string | undefined } | undefined;

  constructor(extension: vscode.Uri, runs: RunStore, log: vscode.LogOutputChannel) {
    this.extension = extension;
    this.runs = runs;
    this.log = log;
    this.subscriptions = [
      vscode.window.registerWebviewPanelSerializer(panelTypes.log, this),
      vscode.window.registerWebviewViewProvider('weft.log', this),
      runs.onDidChange(() => this.followNewest()),
    ];
  }

  dispose(): void {
    for (const each of this.subscriptions) each.dispose();
    this.view?.host.dispose();
  }

  get shownRun(): string | undefined {
    return this.shown?.run;
  }

  /** In the bottom panel. */
  async showRun(run: string, step?: string, preserveFocus = false): Promise<void> {
    this.shown = { run, step };
    if (this.view) {
      this.view.view.show(preserveFocus);
      this.apply();
      return;
    }
    // There is no view yet to be shown; focusing it makes one.
    await vscode.commands.executeCommand('weft.log.focus', { preserveFocus });
  }

  openEditor({ state }: StoredRun, step: string | undefined): void {
    const title = `${state.workflowName} ${state.name}`;
    const panel = vscode.window.createWebviewPanel(
      panelTypes.log,
      title,
      vscode.ViewColumn.Active,
      webviewOptions(this.extension),
    );
    this.adopt(panel, state.id, step);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const memory = remembered<Memory>(state);
    if (!memory) return panel.dispose();
    panel.webview.options = webviewOptions(this.extension);
    this.adopt(panel, memory.run, undefined);
  }

  resolveWebviewView(view: vscode.WebviewView, context: vscode.WebviewViewResolveContext): void {
    const memory = remembered<Memory>(context.state);
    this.shown ??= memory && { run: memory.run, step: undefined };
    view.webview.options = webviewOptions(this.extension);
    const host = this.host(view.webview, () => this.shown?.run);
    this.view = { view, host };
    view.onDidDispose(() => {
      host.dispose();
      this.view = undefined;
    });
    view.onDidChangeVisibility(() => host.visibilityChanged(view.visible));
    view.webview.html = page(view.webview, this.extension, 'log', 'Weft');
    this.followNewest();
    this.apply();
  }

  private adopt(panel: vscode.WebviewPanel, run: string, step: string | undefined): void {
    const host = this.host(panel.webview, () => run);
    panel.onDidDispose(() => host.dispose());
    panel.onDidChangeViewState(() => host.visibilityChanged(panel.visible));
    panel.webview.html = page(panel.webview, this.extension, 'log', panel.title);
    host.show(run, step);
  }

  private host(webview: vscode.Webview, run: () => string | undefined): LogHost {
    return new LogHost(webview, this.runs, this.log, () => {
      const id = run();
      if (id !== undefined) remember(webview, { run: id } satisfies Memory);
    });
  }

  /** The view takes up the newest run by itself while it shows none, or one that has ended, and never leaves one that goes on. */
  private followNewest(): void {
    const newest = this.runs.runs[0]?.state;
    if (!newest || newest.id === this.shown?.run) return;
    const current = this.shown && this.runs.run(this.shown.run)?.state;
    if (this.shown && !current) return; // begun or remembered, and not read yet
    if (current && (!isEndedRun(current.status) || isEndedRun(newest.status))) return;
    this.shown = { run: newest.id, step: undefined };
    this.apply();
  }

  private apply(): void {
    if (this.view && this.shown) this.view.host.show(this.shown.run, this.shown.step);
  }
}
