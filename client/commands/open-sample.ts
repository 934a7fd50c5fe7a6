// Copies a sample that the extension ships into a folder of the user's choice, and opens it.
import { cp, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { languageId } from '../../core/protocol/lsp.ts';
import { Cancelled } from '../failure.ts';
import type { Parts } from '../parts.ts';
import { exists } from '../workspace-root.ts';

/** What to open once the folder's window is there. */
const openKey = 'weft.openInFolder';

/** The new folder. */
export async function openSample({ context }: Parts): Promise<vscode.Uri> {
  const samples = await readdir(context.asAbsolutePath('examples'));
  const name = samples.length === 1 ? samples[0] : await vscode.window.showQuickPick(samples.sort());
  if (name === undefined) throw new Cancelled();
  const parent = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir()),
    openLabel: vscode.l10n.t('Copy the Sample Here'),
    title: vscode.l10n.t('Where shall the sample "{0}" go?', name),
  });
  if (!parent?.[0]) throw new Cancelled();
  const folder = vscode.Uri.file(await freeName(join(parent[0].fsPath, name)));
  await cp(context.asAbsolutePath(join('examples', name)), folder.fsPath, { recursive: true });
  await openFolder(context, folder);
  return folder;
}

/** Where the sample lies within an open folder its file is shown; else its folder is opened. */
async function openFolder(context: vscode.ExtensionContext, folder: vscode.Uri): Promise<void> {
  const file = await workflowIn(folder.fsPath);
  if (vscode.workspace.getWorkspaceFolder(folder)) {
    if (file) await vscode.window.showTextDocument(vscode.Uri.file(file));
    return;
  }
  await context.globalState.update(openKey, { folder: folder.fsPath, file });
  await vscode.commands.executeCommand('vscode.openFolder', folder, {
    forceNewWindow: (vscode.workspace.workspaceFolders?.length ?? 0) > 0,
  });
}

/** In the new window: shows the sample's workflow, once. */
export async function showOpenedSample(context: vscode.ExtensionContext): Promise<void> {
  const wanted = context.globalState.get<{ readonly folder: string; readonly file?: string }>(openKey);
  if (!wanted || vscode.workspace.workspaceFolders?.[0]?.uri.fsPath !== wanted.folder) return;
  await context.globalState.update(openKey, undefined);
  if (wanted.file && vscode.window.activeTextEditor?.document.languageId !== languageId) {
    await vscode.window.showTextDocument(vscode.Uri.file(wanted.file));
  }
}

async function workflowIn(folder: string): Promise<string | undefined> {
  const name = (await readdir(folder)).find((each) => /\.workflow\.ya?ml$/.test(each));
  return name && join(folder, name);
}

/** `digits`, else `digits-2` and on. */
async function freeName(path: string): Promise<string> {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? path : `${path}-${number}`;
    if (!(await exists(candidate))) return candidate;
  }
}
