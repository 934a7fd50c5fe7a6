// Says what went wrong where the user looks: a failure with its ways out as buttons, nothing where the user left a question, and
// whatever else was thrown as the bug that it is, with the output a click away.
import * as vscode from 'vscode';
import { RemoteError } from '../../remote/errors.ts';
import { Cancelled, Failure, type WayOut } from '../failure.ts';

/** Does not wait for the user. */
export function report(error: unknown, log: vscode.LogOutputChannel): void {
  if (error instanceof Cancelled || error instanceof vscode.CancellationError) return;
  const showOutput: WayOut = { title: vscode.l10n.t('Show Output'), take: () => log.show() };
  if (error instanceof Failure) {
    log.warn(error.message);
    show(error.message, error.ways, log);
  } else if (error instanceof RemoteError) {
    log.error(`${error.code}: ${error.message}`);
    show(error.message, [showOutput], log);
  } else {
    log.error(error instanceof Error ? error : String(error));
    const text = error instanceof Error ? error.message : String(error);
    show(vscode.l10n.t('This should not have happened: {0}', text), [showOutput], log);
  }
}

async function show(message: string, ways: readonly WayOut[], log: vscode.LogOutputChannel): Promise<void> {
  const picked = await vscode.window.showErrorMessage(message, ...ways.map(({ title }) => title));
  try {
    await ways.find(({ title }) => title === picked)?.take();
  } catch (error) {
    report(error, log);
  }
}
