// Gives a webview the run that it shows: the whole state once, then what happened, in batches, which the webview folds itself.
import type * as vscode from 'vscode';
import type { RunEvents } from '../../core/protocol/webview.ts';
import type { RunState } from '../../core/run/reduce.ts';
import type { RunChange, RunStore, StoredRun } from '../run-store.ts';

export interface RunFeed extends vscode.Disposable {
  /** The run that is shown, as the store has it now. */
  readonly run: StoredRun | undefined;
  /** Shows this run from now on. */
  follow(id: string | undefined): void;
  /** Sends the whole state again: the webview has begun anew. */
  resend(): void;
}

export interface RunFeedTarget {
  sendRun(run: RunState | undefined, now: number): void;
  sendEvents(events: RunEvents): void;
}

export function feedRun(runs: RunStore, target: RunFeedTarget): RunFeed {
  let id: string | undefined;
  /** The last event that the webview has folded: the store's batches may hold what a whole state already had. */
  let sent = 0;
  const current = () => (id === undefined ? undefined : runs.run(id));
  const resend = () => {
    const state = current()?.state;
    sent = state?.seq ?? 0;
    target.sendRun(state, Date.now());
  };
  const listening = runs.onDidChange((change: RunChange) => {
    if (id === undefined || !change.runs.has(id)) return;
    const events = change.events.get(id);
    if (!events || sent === 0) return resend();
    const news = events.filter(({ seq }) => seq > sent);
    if (news.length === 0) return;
    sent = news.at(-1)!.seq;
    target.sendEvents({ type: 'events', events: news, now: Date.now() });
  });
  return {
    get run() {
      return current();
    },
    follow(next) {
      if (next === id) return;
      id = next;
      resend();
    },
    resend,
    dispose: () => listening.dispose(),
  };
}
