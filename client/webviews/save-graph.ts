// The drawn graph as a file.
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { workflowFileName } from '../../core/protocol/workflow-file.ts';

export async function saveGraph(workflow: vscode.Uri, svg: string): Promise<void> {
  const name = `${workflowFileName(workflow.path)}.svg`;
  const file = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(join(dirname(workflow.fsPath), name)),
    filters: { SVG: ['svg'] },
  });
  if (!file) return;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(svg));
  const open = vscode.l10n.t('Open');
  const picked = await vscode.window.showInformationMessage(
    vscode.l10n.t('The graph is saved as {0}.', basename(file.path)),
    open,
  );
  if (picked) await vscode.commands.executeCommand('vscode.open', file);
}
