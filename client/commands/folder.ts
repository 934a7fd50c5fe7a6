// A folder that a workflow names, where files are shown: the explorer, or for one outside of the workspace the system's own.
import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';

/** `argument`: the folder's URI, as links carry it. */
export async function revealFolder(_parts: Parts, argument: unknown): Promise<void> {
  if (typeof argument !== 'string') return;
  const uri = vscode.Uri.parse(argument, true);
  const isInside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  await vscode.commands.executeCommand(isInside ? 'revealInExplorer' : 'revealFileInOS', uri);
}
