// Behind the first line of each step: what the last run of this file made of it, and a mark in the gutter's overview.
import * as vscode from 'vscode';
import type { RunState, StepState } from '../core/run/reduce.ts';
import { shownStatus, toneOf } from '../core/views/tone.ts';
import type { RunChange, RunStore } from './run-store.ts';
import { onDidChangeSetting, setting } from './settings.ts';
import { isWorkflow } from './workflow-document.ts';
import { durationText, joined, stepStatusText } from './views/run-item.ts';

const colors: Readonly<Record<string, string>> = {
  done: 'testing.iconPassed',
  failed: 'testing.iconFailed',
  active: 'progressBar.background',
  waiting: 'notificationsWarningIcon.foreground',
};

export function showStepStatuses(runs: RunStore): vscode.Disposable {
  const type = vscode.window.createTextEditorDecorationType({ rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen });
  /** The newest request per document: an answer to an older one is dropped. */
  const requests = new Map<string, number>();

  async function update(editor: vscode.TextEditor): Promise<void> {
    const { document } = editor;
    if (!isWorkflow(document)) return;
    const state = setting('weft.editor.statusInText') ? runs.latestOf(document.uri.fsPath)?.state : undefined;
    if (!state) return editor.setDecorations(type, []);
    const key = document.uri.toString();
    const request = (requests.get(key) ?? 0) + 1;
    requests.set(key, request);
    const lines = await stepLines(document.uri);
    if (requests.get(key) === request) editor.setDecorations(type, decorations(document, state, lines));
  }

  function updateAll(change?: RunChange): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const latest = runs.latestOf(editor.document.uri.fsPath);
      if (!change || (latest && change.runs.has(latest.state.id))) update(editor);
    }
  }

  updateAll();
  return vscode.Disposable.from(
    type,
    runs.onDidChange(updateAll),
    onDidChangeSetting('weft.editor.statusInText', updateAll),
    vscode.window.onDidChangeVisibleTextEditors(() => updateAll()),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) update(editor);
    }),
  );
}

/** Steps by name, as the outline has them. */
async function stepLines(uri: vscode.Uri): Promise<ReadonlyMap<string, number>> {
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  // A file has its steps below `steps`, a program below the workflow.
  const ofFile = symbols?.find((symbol) => symbol.name === 'steps')?.children;
  const steps = ofFile ?? symbols?.flatMap(({ children }) => children.filter((each) => each.kind === vscode.SymbolKind.Function));
  return new Map(steps?.map((step) => [step.name, step.selectionRange.start.line]));
}

function decorations(
  document: vscode.TextDocument,
  state: RunState,
  lines: ReadonlyMap<string, number>,
): vscode.DecorationOptions[] {
  const now = Date.now();
  return state.steps.flatMap((step) => {
    const line = lines.get(step.name);
    if (line === undefined || line >= document.lineCount || shownStatus(step) === 'init') return [];
    const color = new vscode.ThemeColor(colors[toneOf(shownStatus(step))] ?? 'editorCodeLens.foreground');
    const after = { contentText: statusText(step, now), color, margin: '0 1em 0 2em', fontStyle: 'italic' };
    return [{ range: document.lineAt(line).range, renderOptions: { after } }];
  });
}

function statusText(step: StepState, now: number): string {
  const running = toneOf(shownStatus(step)) === 'active';
  return joined(stepStatusText(step), running ? (step.progress ?? '') : durationText(step, now));
}
