// What a workflow becomes for the service: its request body, shown or copied.
import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import { compile } from '../runs/compile.ts';
import { workflowTarget } from './targets.ts';

export async function showBody(parts: Parts, argument: unknown): Promise<void> {
  const content = await bodyText(parts, argument);
  const document = await vscode.workspace.openTextDocument({ language: 'json', content });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
}

export async function copyBody(parts: Parts, argument: unknown): Promise<void> {
  await vscode.env.clipboard.writeText(await bodyText(parts, argument));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Request body copied'), 3_000);
}

async function bodyText(parts: Parts, argument: unknown): Promise<string> {
  const { body } = await compile(parts.server, workflowTarget(argument).uri);
  return `${JSON.stringify(body, null, 2)}\n`;
}
