// Copies the whole log of a step into a file of the user's choice, piece by piece.
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { RunState, StepState } from '../../core/run/reduce.ts';
import { Cancelled } from '../failure.ts';
import type { RunEngine } from '../run-store.ts';

const pieceBytes = 4 * 1024 * 1024;

/** What is there now: a log that grows goes on without the file. */
export async function saveStepLog({ client, root }: RunEngine, run: RunState, step: StepState): Promise<void> {
  const folder = run.source === undefined ? root : dirname(run.source);
  const name = `${run.workflowName}-${run.name}-${step.name}.log`;
  const file = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(join(folder, name)),
    filters: { [vscode.l10n.t('Log')]: ['log', 'txt'] },
  });
  if (!file) throw new Cancelled();
  const { bytes } = await client.logLines(step.uuid, { first: 0, count: 0 });
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Saving the log of {0}', step.name),
      cancellable: true,
    },
    async (progress, token) => {
      const target = await open(file.fsPath, 'w');
      try {
        for (let offset = 0; offset < bytes; ) {
          if (token.isCancellationRequested) throw new Cancelled();
          const piece = await client.logBytes(step.uuid, { offset, limit: Math.min(pieceBytes, bytes - offset) });
          if (piece.length === 0) break;
          await target.write(piece);
          offset += piece.length;
          progress.report({ increment: (piece.length / bytes) * 100 });
        }
      } finally {
        await target.close();
      }
    },
  );
  const show = vscode.l10n.t('Open');
  vscode.window.showInformationMessage(vscode.l10n.t('The log of {0} is saved.', step.name), show).then((picked) => {
    if (picked === show) vscode.window.showTextDocument(file);
  });
}
