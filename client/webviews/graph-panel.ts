// Graph panels, one per document, beside its text: live while typing, selection in sync both ways, with the newest run of the document
// in it or one that the user chose.
// G1. A panel that is hidden has no page; when it is seen again the page says `ready` and is told everything.
// G2. The graph is asked for by one request at a time, and again where the document changed meanwhile.
import * as vscode from 'vscode';
import type { Direction } from '../../core/graph/layout.ts';
import type { GraphResult } from '../../core/protocol/lsp.ts';
import type { FromGraphPanel, ToGraphPanel } from '../../core/protocol/webview.ts';
import { isEndedRun } from '../../core/run/status.ts';
import { graphTexts, textsFor } from '../../core/views/texts.ts';
import { panelTypes } from '../contributions.ts';
import { Failure } from '../failure.ts';
import type { LanguageServer } from '../language-client.ts';
import type { RunStore, StoredRun } from '../run-store.ts';
import { openWorkflow, showRange } from '../runs/compile.ts';
import { setting } from '../settings.ts';
import { page, remember, remembered, webviewOptions } from './page.ts';
import { feedRun, type RunFeed } from './run-feed.ts';
import { workflowFileName } from '../../core/protocol/workflow-file.ts';
import { saveGraph } from './save-graph.ts';

export interface ShowOptions {
  /** This run instead of the newest. */
  readonly run?: string;
  readonly step?: string;
  readonly preserveFocus?: boolean;
}

interface Memory {
  readonly uri: string;
  /** Absent: the newest run of the document. */
  readonly run?: string;
  readonly direction?: Direction;
}

export class GraphPanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly extension: vscode.Uri;
  private readonly server: LanguageServer;
  private readonly runs: RunStore;
  private readonly panels = new Map<string, GraphPanel>();
  private readonly activeChanges = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  /** A graph became, or stopped being, the active editor. */
  readonly onDidChangeActive = this.activeChanges.event;

  constructor(extension: vscode.Uri, server: LanguageServer, runs: RunStore) {
    this.extension = extension;
    this.server = server;
    this.runs = runs;
    this.subscriptions = [
      this.activeChanges,
      vscode.window.registerWebviewPanelSerializer(panelTypes.graph, this),
      server.onDidChangeGraph(({ uri }) => this.panels.get(uri)?.graphChanged()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) =>
        this.panels.get(keyOf(textEditor.document.uri))?.cursorMoved(textEditor),
      ),
    ];
  }

  dispose(): void {
    for (const each of this.subscriptions) each.dispose();
    for (const panel of this.panels.values()) panel.dispose();
  }

  get hasActive(): boolean {
    return this.active !== undefined;
  }

  /** Opens the graph beside the text, or brings it to the front. */
  async show(uri: vscode.Uri, options: ShowOptions = {}): Promise<void> {
    await openWorkflow(uri);
    const known = this.panels.get(keyOf(uri));
    if (known) return known.show(options);
    const view = vscode.window.createWebviewPanel(
      panelTypes.graph,
      titleOf(uri),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: options.preserveFocus ?? false },
      webviewOptions(this.extension),
    );
    this.adopt(view, { uri: uri.toString(), ...(options.run !== undefined && { run: options.run }) }).select(options.step);
  }

  /** Rejects with Failure where the run came from no file. */
  showRun({ state }: StoredRun): Promise<void> {
    if (state.source === undefined)
      throw new Failure(vscode.l10n.t('{0} was not started from a file of this machine.', state.name));
    return this.show(vscode.Uri.file(state.source), { run: state.id });
  }

  /** False: no graph is the active editor. */
  exportActive(): boolean {
    this.active?.export();
    return this.active !== undefined;
  }

  async deserializeWebviewPanel(view: vscode.WebviewPanel, state: unknown): Promise<void> {
    const memory = remembered<Memory>(state);
    if (!memory) return view.dispose();
    view.webview.options = webviewOptions(this.extension);
    this.adopt(view, memory);
  }

  private get active(): GraphPanel | undefined {
    return [...this.panels.values()].find((panel) => panel.isActive);
  }

  private adopt(view: vscode.WebviewPanel, memory: Memory): GraphPanel {
    const panel = new GraphPanel(view, memory, this.extension, this.server, this.runs);
    this.panels.set(memory.uri, panel);
    view.onDidChangeViewState(() => this.activeChanges.fire());
    view.onDidDispose(() => {
      this.panels.delete(memory.uri);
      panel.dispose();
      this.activeChanges.fire();
    });
    this.activeChanges.fire();
    return panel;
  }
}

class GraphPanel implements vscode.Disposable {
  private readonly view: vscode.WebviewPanel;
  private readonly server: LanguageServer;
  private readonly runs: RunStore;
  private readonly feed: RunFeed;
  private readonly subscriptions: vscode.Disposable[];
  private readonly uri: vscode.Uri;
  private memory: Memory;
  private graph: GraphResult | undefined;
  private selected: string | undefined;
  private ready = false;
  private asking = false;
  private askAgain = false;
  private fresh = false;
  private empty = false;

  constructor(view: vscode.WebviewPanel, memory: Memory, extension: vscode.Uri, server: LanguageServer, runs: RunStore) {
    this.view = view;
    this.memory = memory;
    this.server = server;
    this.runs = runs;
    this.uri = vscode.Uri.parse(memory.uri, true);
    this.feed = feedRun(runs, {
      sendRun: (run, now) => this.send({ type: 'run', run, now }),
      sendEvents: (events) => this.send(events),
    });
    view.iconPath = {
      light: vscode.Uri.joinPath(extension, 'resources', 'file-light.svg'),
      dark: vscode.Uri.joinPath(extension, 'resources', 'file-dark.svg'),
    };
    this.subscriptions = [
      this.feed,
      view.webview.onDidReceiveMessage((message: FromGraphPanel) => this.take(message)),
      view.onDidChangeViewState(() => {
        if (!view.visible) this.ready = false; // G1
      }),
      runs.onDidChange(() => this.followRun()),
    ];
    view.webview.html = page(view.webview, extension, 'graph', titleOf(this.uri));
  }

  dispose(): void {
    for (const each of this.subscriptions) each.dispose();
  }

  get isActive(): boolean {
    return this.view.active;
  }

  show({ run, step, preserveFocus = false }: ShowOptions): void {
    this.view.reveal(undefined, preserveFocus);
    // A run that was begun or chosen stays until another one is begun.
    if (run !== undefined) this.remember({ run });
    this.followRun();
    this.select(step);
  }

  select(step: string | undefined): void {
    if (step === undefined || step === this.selected) return;
    this.selected = step;
    this.send({ type: 'select', step });
  }

  export(): void {
    this.send({ type: 'export', format: 'svg' });
  }

  cursorMoved({ selection }: vscode.TextEditor): void {
    const line = selection.active.line;
    const index = this.graph?.ranges.findIndex(({ start, end }) => start.line <= line && line <= end.line) ?? -1;
    const step = this.graph?.graph.nodes[index]?.name;
    if (step === this.selected) return;
    this.selected = step;
    this.send({ type: 'select', step });
  }

  graphChanged(): void {
    if (this.ready) this.ask();
  }

  private take(message: FromGraphPanel): void {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        remember(this.view.webview, this.memory);
        this.ask();
        this.followRun();
        this.feed.resend();
        if (this.selected !== undefined) this.send({ type: 'select', step: this.selected });
        return;
      case 'select':
        this.selected = message.step;
        if (message.step !== undefined) this.showInText(message.step, true);
        return;
      case 'open':
        this.showInText(message.step, false);
        return;
      case 'openLog': {
        const run = this.feed.run?.state.id;
        if (run !== undefined) vscode.commands.executeCommand('weft.showLog', { kind: 'runStep', run, step: message.step });
        return;
      }
      case 'openMetrics': {
        const run = this.feed.run?.state.id;
        if (run !== undefined) vscode.commands.executeCommand('weft.showMetrics', { kind: 'runStep', run, step: message.step });
        return;
      }
      case 'run':
        vscode.commands.executeCommand('weft.run', this.uri);
        return;
      case 'runFrom':
        vscode.commands.executeCommand('weft.runFrom', { uri: this.memory.uri, step: message.step });
        return;
      case 'stop':
        vscode.commands.executeCommand('weft.stop', this.feed.run?.state.id);
        return;
      case 'arrange':
        this.remember({ direction: message.direction });
        this.fresh = message.fresh;
        this.ask();
        return;
      case 'exported':
        saveGraph(this.uri, message.text);
        return;
    }
  }

  /** The chosen run, while it is there and nothing newer of this document goes on; else the newest. */
  private followRun(): void {
    const latest = this.runs.latestOf(this.uri.fsPath);
    const chosen = this.memory.run;
    const overtaken = latest && latest.state.id !== chosen && !isEndedRun(latest.state.status) && this.isOlder(chosen, latest);
    if (chosen !== undefined && overtaken) this.remember({ run: undefined });
    this.feed.follow(this.memory.run ?? latest?.state.id);
  }

  /** A chosen run that the store does not have yet was begun just now. */
  private isOlder(id: string | undefined, than: StoredRun): boolean {
    const run = id === undefined ? undefined : this.runs.run(id);
    return run !== undefined && run.state.createdAt < than.state.createdAt;
  }

  private async ask(): Promise<void> {
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    try {
      do {
        this.askAgain = false;
        await this.askOnce();
      } while (this.askAgain && this.ready); // G2
    } finally {
      this.asking = false;
    }
  }

  private async askOnce(): Promise<void> {
    const direction = this.memory.direction ?? setting('weft.graph.direction');
    const fresh = this.fresh;
    this.fresh = false;
    const texts = textsFor(graphTexts, vscode.env.language);
    try {
      await openWorkflow(this.uri);
      this.graph = (await this.server.graph({ uri: this.memory.uri, direction, fresh })) ?? undefined;
    } catch (error) {
      this.graph = undefined;
      this.empty = true;
      this.send({ type: 'empty', message: error instanceof Error ? error.message : String(error), texts });
      return;
    }
    if (!this.graph) {
      this.empty = true;
      this.send({ type: 'empty', message: texts['graph.empty']!, texts });
      return;
    }
    const { name, graph, layout, findings } = this.graph;
    const wasEmpty = this.empty;
    this.empty = false;
    this.send({ type: 'graph', title: name || titleOf(this.uri), graph, layout, direction, findings, texts });
    if (wasEmpty) this.feed.resend(); // an empty picture has no run
  }

  private async showInText(step: string, preserveFocus: boolean): Promise<void> {
    const index = this.graph?.graph.nodes.findIndex((node) => node.name === step) ?? -1;
    const range = this.graph?.ranges[index];
    if (range) await showRange(this.uri, range, preserveFocus);
  }

  private remember(change: { readonly run?: string | undefined; readonly direction?: Direction }): void {
    const { run, ...rest } = { ...this.memory, ...change };
    this.memory = run === undefined ? rest : { ...rest, run };
    if (this.ready) remember(this.view.webview, this.memory);
  }

  private send(message: ToGraphPanel): void {
    if (this.ready) this.view.webview.postMessage(message);
  }
}

function keyOf(uri: vscode.Uri): string {
  return uri.toString();
}

function titleOf(uri: vscode.Uri): string {
  return vscode.l10n.t('Graph of {0}', workflowFileName(uri.path));
}
