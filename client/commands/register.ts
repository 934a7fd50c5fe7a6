// Registers the handlers; what they throw is reported and not passed on.
import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import { report } from './report.ts';
import { handlers } from './table.ts';

export function registerCommands(parts: Parts): vscode.Disposable[] {
  return Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (argument?: unknown) => {
      try {
        return await handler(parts, argument);
      } catch (error) {
        report(error, parts.log);
        return undefined;
      }
    }),
  );
}
