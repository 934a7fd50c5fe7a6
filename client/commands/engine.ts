// The local engine of a root, started and stopped by hand.
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { pause } from '../../remote/transport.ts';
import { Cancelled, Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import { rootOf } from '../workspace-root.ts';
import { activeWorkflow } from './targets.ts';
import { runPath } from './paths.ts';

export async function startEngine(parts: Parts): Promise<void> {
  const root = await pickRoot(await likelyRoots(), vscode.l10n.t('Start the engine of which folder?'));
  const { file } = await parts.engines.start(root);
  parts.runs.follow(root);
  vscode.window.setStatusBarMessage(vscode.l10n.t('The local engine runs (process {0})', file.pid), 5_000);
}

export async function stopEngine(parts: Parts): Promise<void> {
  const running = parts.runs.roots.filter((root) => parts.runs.engineOf(root));
  const root = await pickRoot(running, vscode.l10n.t('Stop the engine of which folder?'));
  if (!(await stopRuns(parts, root))) throw new Cancelled();
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Weft: stopping the local engine') },
    () => parts.engines.stop(root),
  );
}

/** False: the user keeps the runs, and with them the engine. */
async function stopRuns(parts: Parts, root: string): Promise<boolean> {
  const active = parts.runs.activeIn(root);
  const engine = parts.runs.engineOf(root);
  if (active.length === 0 || !engine) return true;
  const stop: vscode.MessageItem = { title: vscode.l10n.t('Stop Runs and Engine') };
  const names = active.map(({ state }) => `${state.workflowName} ${state.name}`).join(', ');
  const options = { modal: true, detail: names };
  const message = vscode.l10n.t('This engine has runs that go on: {0}', active.length);
  if ((await vscode.window.showWarningMessage(message, options, stop)) !== stop) return false;
  for (const { state } of active) {
    await engine.client.call('CreateWorkflowExecutionsActions', { path: runPath(state), body: { action_name: 'stop' } });
  }
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Weft: stopping {0}', names), cancellable: true },
    async (_, token) => {
      while (parts.runs.activeIn(root).length > 0) {
        if (token.isCancellationRequested) return false;
        await pause(100);
      }
      return true;
    },
  );
}

/** The root of the active document first, then those of the folders. */
async function likelyRoots(): Promise<readonly string[]> {
  const active = activeWorkflow();
  const folders = vscode.workspace.workspaceFolders ?? [];
  const places = [...(active?.scheme === 'file' ? [active.fsPath] : []), ...folders.map(({ uri }) => join(uri.fsPath, '_'))];
  return [...new Set(await Promise.all(places.map(rootOf)))];
}

async function pickRoot(roots: readonly string[], placeHolder: string): Promise<string> {
  const [first] = roots;
  if (first === undefined)
    throw new Failure(vscode.l10n.t('There is no engine for that here. Open a folder with workflows first.'));
  if (roots.length === 1) return first;
  const items = roots.map((root) => ({ label: basename(root), description: root }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder });
  if (!picked) throw new Cancelled();
  return picked.description;
}
