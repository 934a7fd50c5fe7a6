// Which documents are workflows: of our language, and those in TypeScript by their name.
import type * as vscode from 'vscode';
import { languageId } from '../core/protocol/lsp.ts';
import { isProgram } from '../core/protocol/workflow-file.ts';

export function isWorkflow({ languageId: language, uri }: vscode.TextDocument): boolean {
  return language === languageId || isProgram(uri.path);
}
