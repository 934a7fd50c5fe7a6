// `file:line` in a log -> the place in an editor. A path in a log is relative to where the step ran, which may be its code folder.
import { isAbsolute, join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as vscode from 'vscode';
import { Failure } from '../failure.ts';
import type { StoredRun } from '../run-store.ts';
import { exists } from '../workspace-root.ts';

export interface LogPlace {
  readonly file: string;
  /** From 1, as logs count. */
  readonly line: number;
  readonly column: number | undefined;
}

/** Rejects with Failure where no such file is found. */
export async function openLogPlace(run: StoredRun, { file, line, column }: LogPlace): Promise<void> {
  const path = await find(run, file.startsWith('file://') ? fileURLToPath(file) : file);
  if (path === undefined) throw new Failure(vscode.l10n.t('{0} is not found in this workspace.', file));
  const place = new vscode.Position(Math.max(0, line - 1), Math.max(0, (column ?? 1) - 1));
  await vscode.window.showTextDocument(vscode.Uri.file(path), {
    selection: new vscode.Selection(place, place),
    viewColumn: vscode.ViewColumn.One,
  });
}

async function find({ root, state }: StoredRun, file: string): Promise<string | undefined> {
  const folders = [...(state.source === undefined ? [] : [dirname(state.source)]), root];
  const direct = isAbsolute(file) ? [file] : folders.map((folder) => join(folder, file));
  for (const path of direct) if (await exists(path)) return path;
  if (isAbsolute(file)) return undefined;
  const pattern = new vscode.RelativePattern(vscode.Uri.file(root), `**/${file.replace(/^(?:\.{1,2}\/)+/, '')}`);
  const [found] = await vscode.workspace.findFiles(pattern, '**/{node_modules,.weft}/**', 1);
  return found?.fsPath;
}
