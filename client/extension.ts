// Activation.
import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext): object {
  const log = vscode.window.createOutputChannel('Weft', { log: true });
  context.subscriptions.push(log);
  return {};
}
