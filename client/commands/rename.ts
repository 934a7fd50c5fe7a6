// Asks for a new name of what stands at a place: after an edit of the server made one up.
import * as vscode from 'vscode';
import type { NamePlace } from '../../core/protocol/lsp.ts';
import type { Parts } from '../parts.ts';

export async function renameName(_parts: Parts, argument: unknown): Promise<void> {
  const { uri, position } = (argument ?? {}) as Partial<NamePlace>;
  if (uri === undefined || !position) return;
  const place = new vscode.Position(position.line, position.character);
  await vscode.commands.executeCommand('editor.action.rename', [vscode.Uri.parse(uri, true), place]);
}
