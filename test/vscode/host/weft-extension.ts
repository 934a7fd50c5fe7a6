// The extension under test and the files of the workspace, for the tests in the extension host.
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { WeftApi } from '../../../client/extension.ts';
import type { RunState } from '../../../core/run/reduce.ts';
import { findEngine, type LocalEngine } from '../../../remote/local.ts';
import { eventually } from '../../support/vscode/wait.ts';

export async function weft(): Promise<WeftApi> {
  return vscode.extensions.getExtension<WeftApi>('weft.weft')!.activate();
}

export const workspaceRoot = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;

export const fileUri = (name: string): vscode.Uri => vscode.Uri.file(join(workspaceRoot(), name));

/** The engine of the workspace, started by the extension's own command. */
export async function engine(): Promise<LocalEngine> {
  await vscode.commands.executeCommand('weft.startEngine');
  return eventually('the engine', () => findEngine(workspaceRoot()));
}

/** Waits until the extension has the run in that state. */
export async function runWhere(what: string, fits: (run: RunState) => boolean): Promise<RunState> {
  const api = await weft();
  return eventually(what, () => api.runs().find(fits));
}
