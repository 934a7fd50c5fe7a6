// Metrics panels in editors, one per run, each perhaps with other runs laid over it.
// M1. A panel that is hidden has no page and asks for nothing; when it is seen again the page says `ready` and is told everything.
import * as vscode from 'vscode';
import type { FromMetricsPanel, ToMetricsPanel } from '../../core/protocol/webview.ts';
import type { RunState } from '../../core/run/reduce.ts';
import { metricsTexts, textsFor } from '../../core/views/texts.ts';
import { pickOthers } from '../commands/metrics.ts';
import { knownRun } from '../commands/targets.ts';
import { report } from '../commands/report.ts';
import { panelTypes } from '../contributions.ts';
import type { RunChange, RunStore, StoredRun } from '../run-store.ts';
import { saveCsv } from '../runs/save-csv.ts';
import { page, remember, remembered, webviewOptions } from './page.ts';
import { feedResources, type ResourceFeed } from './resource-feed.ts';

interface Memory {
  /** The first is the panel's own. */
  readonly runs: readonly string[];
}

export class MetricsPanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly extension: vscode.Uri;
  private readonly runs: RunStore;
  private readonly log: vscode.LogOutputChannel;
  private readonly panels = new Set<MetricsPanel>();
  private readonly serializer: vscode.Disposable;

  constructor(extension: vscode.Uri, runs: RunStore, log: vscode.LogOutputChannel) {
    this.extension = extension;
    this.runs = runs;
    this.log = log;
    this.serializer = vscode.window.registerWebviewPanelSerializer(panelTypes.metrics, this);
  }

  dispose(): void {
    this.serializer.dispose();
    for (const panel of this.panels) panel.dispose();
  }

  /** The run of the panel that is the active editor. */
  get active(): string | undefined {
    return [...this.panels].find((panel) => panel.isActive)?.run;
  }

  /** Opens the metrics beside the text, or brings them to the front. `others`: laid over, instead of those that are. */
  show({ state }: StoredRun, step?: string, others?: readonly string[]): void {
    const known = [...this.panels].find((panel) => panel.run === state.id);
    if (known) return known.show(step, others);
    const view = vscode.window.createWebviewPanel(
      panelTypes.metrics,
      titleOf(state),
      vscode.ViewColumn.Beside,
      webviewOptions(this.extension),
    );
    this.adopt(view, { runs: [state.id, ...(others ?? [])] }).show(step, undefined);
  }

  async deserializeWebviewPanel(view: vscode.WebviewPanel, state: unknown): Promise<void> {
    const memory = remembered<Memory>(state);
    if (!memory?.runs?.[0]) return view.dispose();
    view.webview.options = webviewOptions(this.extension);
    this.adopt(view, memory);
  }

  private adopt(view: vscode.WebviewPanel, memory: Memory): MetricsPanel {
    const panel = new MetricsPanel(view, memory, this.extension, this.runs, this.log);
    this.panels.add(panel);
    view.onDidDispose(() => {
      this.panels.delete(panel);
      panel.dispose();
    });
    return panel;
  }
}

class MetricsPanel implements vscode.Disposable {
  private readonly view: vscode.WebviewPanel;
  private readonly runs: RunStore;
  private readonly log: vscode.LogOutputChannel;
  private readonly resources: ResourceFeed;
  private readonly subscriptions: vscode.Disposable[];
  private memory: Memory;
  private ready = false;
  private step: string | undefined;
  /** The last event that the page has folded, of each run that it has. */
  private sent = new Map<string, number>();

  constructor(view: vscode.WebviewPanel, memory: Memory, extension: vscode.Uri, runs: RunStore, log: vscode.LogOutputChannel) {
    this.view = view;
    this.memory = memory;
    this.runs = runs;
    this.log = log;
    this.resources = feedResources(runs, log, (run, step, fresh, samples) =>
      this.send({ type: 'resources', run, step, fresh, samples }),
    );
    this.subscriptions = [
      this.resources,
      view.webview.onDidReceiveMessage((message: FromMetricsPanel) => this.take(message)),
      view.onDidChangeViewState(() => {
        if (view.visible) return;
        this.ready = false; // M1
        this.resources.watch([], []);
      }),
      runs.onDidChange((change) => this.happened(change)),
    ];
    view.webview.html = page(view.webview, extension, 'metrics', view.title);
  }

  dispose(): void {
    for (const each of this.subscriptions) each.dispose();
  }

  get isActive(): boolean {
    return this.view.active;
  }

  get run(): string {
    return this.memory.runs[0]!;
  }

  show(step: string | undefined, others: readonly string[] | undefined): void {
    this.view.reveal();
    this.step = step;
    if (others) this.setOthers(others);
    if (step !== undefined) this.send({ type: 'show', step });
  }

  private take(message: FromMetricsPanel): void {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        remember(this.view.webview, this.memory);
        this.resources.watch([], []); // the page has no samples
        this.sendRuns();
        if (this.step !== undefined) this.send({ type: 'show', step: this.step });
        return;
      case 'watch':
        this.resources.watch(this.memory.runs, message.steps);
        return;
      case 'compare':
        this.attempt(async () => {
          this.setOthers(await pickOthers(this.runs, knownRun(this.runs, this.run), this.memory.runs));
        });
        return;
      case 'drop':
        // Where that was the first, the panel is the next one's from now on.
        this.setRuns(this.memory.runs.filter((run) => run !== message.run));
        return;
      case 'openLog':
        vscode.commands.executeCommand('weft.showLog', { kind: 'runStep', run: this.run, step: message.step });
        return;
      case 'saveCsv':
        this.attempt(() => saveCsv(this.runs.run(this.run), message.name, message.text));
        return;
    }
  }

  private setOthers(others: readonly string[]): void {
    this.setRuns([this.run, ...others.filter((run) => run !== this.run)]);
  }

  private setRuns(runs: readonly string[]): void {
    if (runs.length === 0) return;
    this.memory = { runs };
    const own = this.runs.run(this.run)?.state;
    if (own) this.view.title = titleOf(own);
    if (!this.ready) return;
    remember(this.view.webview, this.memory);
    this.sendRuns();
    this.resources.setRuns(runs);
  }

  private sendRuns(): void {
    const states = this.memory.runs.flatMap((id) => this.runs.run(id)?.state ?? []);
    this.sent = new Map(states.map((state) => [state.id, state.seq]));
    this.send({ type: 'runs', runs: states, texts: textsFor(metricsTexts, vscode.env.language), now: Date.now() });
  }

  private happened(change: RunChange): void {
    const mine = this.memory.runs.filter((run) => change.runs.has(run));
    if (mine.length === 0 || !this.ready) return;
    // A run that came, went or was read anew has no events that lead there.
    if (mine.some((run) => !change.events.has(run) || !this.sent.has(run))) return this.sendRuns();
    const events = mine.flatMap((run) => change.events.get(run)!.filter(({ seq }) => seq > this.sent.get(run)!));
    for (const event of events) this.sent.set(event.run, event.seq);
    if (events.length > 0) this.send({ type: 'events', events, now: Date.now() });
  }

  private attempt(work: () => Promise<void>): void {
    work().catch((error: unknown) => report(error, this.log));
  }

  private send(message: ToMetricsPanel): void {
    if (this.ready) this.view.webview.postMessage(message);
  }
}

function titleOf({ workflowName, name }: RunState): string {
  return vscode.l10n.t('Metrics of {0} {1}', workflowName, name);
}
