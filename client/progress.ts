// Work that may take a while: said in the status bar at once, and, where it takes longer, in a notification with a Cancel button.
import * as vscode from 'vscode';

export interface Reported {
  readonly message: string;
  /** 0 to 100. */
  readonly percent: number;
}

const patienceMs = 2_000;

/** `cancel` is aborted with a CancellationError where the user has enough. Settles as the work does. */
export function withProgress<T>(
  title: string,
  cancel: AbortController,
  work: (report: (now: Reported) => void) => Promise<T>,
): Promise<T> {
  let latest: Reported | undefined;
  let show = (_: Reported) => {};
  const working = work((now) => {
    latest = now;
    show(now);
  });
  const settled = working.then(
    () => {},
    () => {},
  );
  vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: `Weft: ${title}` }, () => settled);
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title: `Weft: ${title}`, cancellable: true };
    vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(() => cancel.abort(new vscode.CancellationError()));
      let before = 0;
      show = ({ message, percent }) => {
        progress.report({ message, increment: percent - before });
        before = percent;
      };
      if (latest) show(latest);
      return settled;
    });
  }, patienceMs);
  settled.then(() => clearTimeout(timer));
  return working;
}
