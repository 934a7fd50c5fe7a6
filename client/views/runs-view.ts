// The view of runs, newest first, each with its steps; times count on while something runs and the view is seen.
import * as vscode from 'vscode';
import type { RunState, StepState } from '../../core/run/reduce.ts';
import { isEndedRun, isEndedStep, isFailedStep, isWaitingStep } from '../../core/run/status.ts';
import { toneOf } from '../../core/views/tone.ts';
import type { ViewNode } from '../commands/targets.ts';
import type { RunChange, RunStore, StoredRun } from '../run-store.ts';
import { durationText, iconOf, joined, runStatusText, stepStatusText, timeText, toneOfRun } from './run-item.ts';

type Node = Extract<ViewNode, { kind: 'run' | 'runStep' }>;

const tickMs = 1_000;

export class RunsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly runs: RunStore;
  private readonly changes = new vscode.EventEmitter<Node | undefined>();
  private readonly view: vscode.TreeView<Node>;
  private readonly subscriptions: vscode.Disposable[];
  /** By id: an item is told apart by its object. */
  private readonly nodes = new Map<string, Node>();
  private ticking: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.changes.event;

  /** `onFirstSeen`: the view is looked at for the first time. */
  constructor(runs: RunStore, onFirstSeen: () => void) {
    this.runs = runs;
    this.view = vscode.window.createTreeView('weft.runs', { treeDataProvider: this, showCollapseAll: true });
    let seen = false;
    const look = () => {
      if (this.view.visible && !seen) {
        seen = true;
        onFirstSeen();
      }
      this.tick();
    };
    this.subscriptions = [
      this.changes,
      this.view,
      this.view.onDidChangeVisibility(look),
      runs.onDidChange((each) => this.changed(each)),
    ];
    look();
  }

  dispose(): void {
    clearTimeout(this.ticking);
    for (const each of this.subscriptions) each.dispose();
  }

  getChildren(node?: Node): Node[] {
    if (!node) return this.runs.runs.map(({ state }) => this.node({ kind: 'run', run: state.id }));
    if (node.kind === 'runStep') return [];
    const state = this.runs.run(node.run)?.state;
    return (state?.steps ?? []).map((step) => this.node({ kind: 'runStep', run: node.run, step: step.name }));
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'runStep' ? this.node({ kind: 'run', run: node.run }) : undefined;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const run = this.runs.run(node.run);
    if (!run) return new vscode.TreeItem('');
    const { state } = run;
    if (node.kind === 'run') return runItem(run, node === this.nodes.get(this.newest() ?? ''));
    const step = state.steps.find((each) => each.name === node.step);
    return step ? stepItem(state, step) : new vscode.TreeItem(node.step);
  }

  private node(node: Node): Node {
    const key = node.kind === 'run' ? node.run : `${node.run} ${node.step}`;
    const known = this.nodes.get(key) ?? node;
    this.nodes.set(key, known);
    return known;
  }

  private newest(): string | undefined {
    return this.runs.runs[0]?.state.id;
  }

  private changed({ runs }: RunChange): void {
    // A run that is new or gone changes the list; else only its own item does.
    const known = (id: string) => this.nodes.has(id) && this.runs.run(id) !== undefined;
    if ([...runs].every(known)) for (const id of runs) this.changes.fire(this.nodes.get(id));
    else {
      for (const [key, node] of this.nodes) if (!this.runs.run(node.run)) this.nodes.delete(key);
      this.changes.fire(undefined);
    }
    this.tick();
  }

  private tick(): void {
    if (this.ticking || !this.view.visible || this.runs.active.length === 0) return;
    this.ticking = setTimeout(() => {
      this.ticking = undefined;
      for (const { state } of this.runs.active) this.changes.fire(this.nodes.get(state.id));
      this.tick();
    }, tickMs);
  }
}

function runItem({ state, cloud = '' }: StoredRun, expanded: boolean): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(state.workflowName, expanded ? Expanded : Collapsed);
  item.id = state.id;
  item.description = joined(state.name, cloud, runStatusText(state), durationText(state, Date.now()), timeText(state.createdAt));
  item.iconPath = iconOf(toneOfRun(state));
  item.contextValue = words({
    run: true,
    cloud: cloud !== '',
    active: !isEndedRun(state.status),
    ended: isEndedRun(state.status),
    failed: isEndedRun(state.status) && state.steps.some((step) => isFailedStep(step.status) || step.status === 'stopped'),
    log: state.steps.some((step) => step.attempt > 0),
    source: state.source !== undefined,
  });
  item.tooltip = runTooltip(state);
  const command = state.source === undefined ? 'weft.showLog' : 'weft.showRun';
  item.command = { command, title: '', arguments: [{ kind: 'run', run: state.id }] };
  return item;
}

function stepItem(state: RunState, step: StepState): vscode.TreeItem {
  const item = new vscode.TreeItem(step.title || step.name);
  item.id = `${state.id} ${step.name}`;
  const status = !isEndedStep(step.status) ? (step.progress ?? '') : step.status === 'completed' ? '' : stepStatusText(step);
  item.description = joined(status, durationText(step, Date.now()));
  item.iconPath = iconOf(toneOf(step.status));
  item.contextValue = words({
    step: true,
    active: ['creating', 'created', 'running'].includes(step.status) || isWaitingStep(step.status),
    failed: isFailedStep(step.status) || step.status === 'stopped',
    waiting: isWaitingStep(step.status),
    log: step.attempt > 0,
    source: state.source !== undefined,
  });
  item.tooltip = stepTooltip(step);
  item.command = isWaitingStep(step.status)
    ? { command: 'weft.answer', title: '', arguments: [{ kind: 'runStep', run: state.id, step: step.name }] }
    : { command: 'weft.showLog', title: '', arguments: [{ kind: 'runStep', run: state.id, step: step.name }] };
  return item;
}

/** What `viewItem =~` of menus tests, see contributions/menus.ts. */
function words(flags: Readonly<Record<string, boolean>>): string {
  return Object.keys(flags)
    .filter((name) => flags[name])
    .join(' ');
}

function runTooltip(state: RunState): string {
  const warnings = state.warnings.map(({ step, message }) => `⚠ ${step === undefined ? '' : `${step}: `}${message}`);
  const lines = [
    `${state.workflowName} ${state.name}: ${runStatusText(state)}`,
    ...(state.source ? [state.source] : []),
    ...warnings,
  ];
  return lines.join('\n');
}

function stepTooltip(step: StepState): string {
  const metrics = step.metrics.flatMap(({ title, key, data }) => {
    const value = (data as { value?: unknown } | undefined)?.value;
    return typeof value === 'number' ? [`${title || key}: ${value}`] : [];
  });
  const attempt = step.attempt > 1 ? [vscode.l10n.t('Attempt {0}', step.attempt)] : [];
  const head = `${step.name} (${step.type}): ${stepStatusText(step)}`;
  const progress = step.progress === undefined ? [] : [step.progress];
  return [head, ...attempt, ...progress, ...(step.error ? [step.error.message] : []), ...metrics].join('\n');
}
