// What a command is about. It comes as a lens's target, a resource of the explorer, an item of a view, or not at all (palette, keys):
// then it is the active document, or the user picks one.
import * as vscode from 'vscode';
import type { LensTarget } from '../../core/protocol/lsp.ts';
import { Cancelled, Failure } from '../failure.ts';
import type { StoredRun, RunStore } from '../run-store.ts';
import { describeRun } from '../views/run-item.ts';
import { isWorkflow } from '../workflow-document.ts';

export interface WorkflowTarget {
  readonly uri: vscode.Uri;
  readonly step?: string;
  readonly scene?: string;
}

/** Items of the views are such objects. */
export type ViewNode =
  | { readonly kind: 'file'; readonly uri: vscode.Uri }
  | { readonly kind: 'workflowStep'; readonly uri: vscode.Uri; readonly step: string }
  | { readonly kind: 'run'; readonly run: string }
  | { readonly kind: 'runStep'; readonly run: string; readonly step: string };

export interface RunTarget {
  readonly run: string;
  readonly step?: string;
}

/** Throws a Failure where no workflow is meant. */
export function workflowTarget(argument: unknown): WorkflowTarget {
  if (argument instanceof vscode.Uri) return { uri: argument };
  const node = nodeOf(argument);
  if (node?.kind === 'file') return { uri: node.uri };
  if (node?.kind === 'workflowStep') return { uri: node.uri, step: node.step };
  const lens = lensOf(argument);
  if (lens) {
    const { uri, step, scene } = lens;
    return {
      uri: vscode.Uri.parse(uri, true),
      ...(step !== undefined && { step }),
      ...(scene !== undefined && { scene }),
    };
  }
  const uri = activeWorkflow();
  if (uri) return { uri };
  throw new Failure(vscode.l10n.t('Open a workflow file (*.workflow.yaml, *.workflow.ts) first.'));
}

/** The workflow of the active editor, or of the only one that is visible when a panel is active. */
export function activeWorkflow(): vscode.Uri | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor) return isWorkflow(editor.document) ? editor.document.uri : undefined;
  const visible = vscode.window.visibleTextEditors.filter(({ document }) => isWorkflow(document));
  return visible.length === 1 ? visible[0]!.document.uri : undefined;
}

/** Undefined where the argument names no run. */
export function runTarget(argument: unknown): RunTarget | undefined {
  const node = nodeOf(argument);
  if (node?.kind === 'run') return { run: node.run };
  if (node?.kind === 'runStep') return { run: node.run, step: node.step };
  if (typeof argument === 'string') return { run: argument };
  return undefined;
}

/** The run that the argument names, else the only candidate, else the one that the user picks. */
export async function pickRun(
  runs: RunStore,
  argument: unknown,
  candidates: readonly StoredRun[],
  question: string,
): Promise<StoredRun> {
  const target = runTarget(argument);
  if (target) return knownRun(runs, target.run);
  const file = activeWorkflow()?.fsPath;
  const ofDocument = candidates.filter((run) => run.state.source === file);
  const first = ofDocument[0] ?? candidates[0];
  if (!first) throw new Failure(vscode.l10n.t('There is no run for that.'));
  if (candidates.length === 1 || (ofDocument.length === 1 && candidates.length === ofDocument.length)) return first;
  const items = [first, ...candidates.filter((run) => run !== first)].map((run) => ({ ...describeRun(run.state), run }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: question, matchOnDescription: true });
  if (!picked) throw new Cancelled();
  return picked.run;
}

/** Throws a Failure for a run that is gone. */
export function knownRun(runs: RunStore, id: string): StoredRun {
  const run = runs.run(id);
  if (!run) throw new Failure(vscode.l10n.t('This run is not there any more.'));
  return run;
}

function nodeOf(argument: unknown): ViewNode | undefined {
  return typeof argument === 'object' && argument !== null && 'kind' in argument ? (argument as ViewNode) : undefined;
}

function lensOf(argument: unknown): LensTarget | undefined {
  return typeof argument === 'object' && argument !== null && 'uri' in argument && typeof argument.uri === 'string'
    ? (argument as LensTarget)
    : undefined;
}
