// Writes a chart's table into a file of the user's choice.
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { Cancelled } from '../failure.ts';
import type { StoredRun } from '../run-store.ts';

/** `run`: whose folder and name the dialog proposes. `name` comes from a metrics file and is made fit for a file. */
export async function saveCsv(run: StoredRun | undefined, name: string, text: string): Promise<void> {
  const source = run?.state.source;
  const folder = source === undefined ? (run?.root ?? '') : dirname(source);
  const proposed = [run?.state.workflowName, run?.state.name, name].filter(Boolean).join('-');
  const file = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(join(folder, `${proposed.replace(/[^\p{L}\p{N}._-]+/gu, '_')}.csv`)),
    filters: { CSV: ['csv'] },
  });
  if (!file) throw new Cancelled();
  // A byte order mark: without it spreadsheets take Chinese titles for something else.
  await writeFile(file.fsPath, `\uFEFF${text}`);
  const open = vscode.l10n.t('Open');
  vscode.window.showInformationMessage(vscode.l10n.t('The chart is saved as {0}.', file.fsPath), open).then((picked) => {
    if (picked === open) vscode.window.showTextDocument(file);
  });
}
