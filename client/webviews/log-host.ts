// The host of one log panel: gives it the run, and the windows, sizes and matches that it asks for. Nothing of a log is kept here.
// H1. One size watch and one search at a time; a newer one ends the older.
// H2. A busy log is told of 20 times a second at most.
import * as vscode from 'vscode';
import type { FromLogPanel, ToLogPanel } from '../../core/protocol/webview.ts';
import type { StepState } from '../../core/run/reduce.ts';
import { isEndedStep } from '../../core/run/status.ts';
import { logTexts, textsFor } from '../../core/views/texts.ts';
import { RemoteError } from '../../remote/errors.ts';
import { pause } from '../../remote/transport.ts';
import { report } from '../commands/report.ts';
import type { RunEngine, RunStore, StoredRun } from '../run-store.ts';
import { openLogPlace } from '../runs/open-log-place.ts';
import { saveStepLog } from '../runs/save-log.ts';
import { feedRun, type RunFeed } from './run-feed.ts';

const leastPauseMs = 50;
const waitMs = 5_000;
/** While there is no engine, or it does not answer. */
const retryMs = 1_000;
const matchesAtOnce = 2_000;

export class LogHost implements vscode.Disposable {
  private readonly webview: vscode.Webview;
  private readonly runs: RunStore;
  private readonly log: vscode.LogOutputChannel;
  private readonly onReady: () => void;
  private readonly feed: RunFeed;
  private readonly listening: vscode.Disposable;
  private ready = false;
  private step: string | undefined;
  private watching = new AbortController();
  private searching = new AbortController();

  /** `onReady`: the page has begun anew, or shows another run. */
  constructor(webview: vscode.Webview, runs: RunStore, log: vscode.LogOutputChannel, onReady: () => void) {
    this.webview = webview;
    this.runs = runs;
    this.log = log;
    this.onReady = onReady;
    const texts = textsFor(logTexts, vscode.env.language);
    this.feed = feedRun(runs, {
      sendRun: (run, now) => this.send({ type: 'run', run, texts, now }),
      sendEvents: (events) => this.send(events),
    });
    this.listening = webview.onDidReceiveMessage((message: FromLogPanel) => this.take(message));
  }

  dispose(): void {
    this.end();
    this.listening.dispose();
    this.feed.dispose();
  }

  show(run: string, step: string | undefined): void {
    this.step = step;
    this.feed.follow(run);
    if (!this.ready) return;
    this.onReady();
    if (step !== undefined) this.send({ type: 'show', step });
  }

  visibilityChanged(visible: boolean): void {
    if (visible) return;
    this.ready = false; // its page is gone; the next one says `ready`
    this.end();
  }

  private end(): void {
    this.watching.abort();
    this.searching.abort();
  }

  private take(message: FromLogPanel): void {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        this.onReady();
        this.feed.resend();
        if (this.step !== undefined) this.send({ type: 'show', step: this.step });
        return;
      case 'watch':
        this.watching.abort(); // H1
        this.watching = new AbortController();
        this.watch(message.step, this.watching.signal);
        return;
      case 'window':
        this.attempt(() => this.window(message));
        return;
      case 'search':
        this.searching.abort(); // H1
        this.searching = new AbortController();
        if (message.text !== '') {
          const { signal } = this.searching;
          this.attempt(() => this.search(message, signal), signal);
        }
        return;
      case 'openFile':
        this.attempt(async () => {
          const run = this.feed.run;
          if (run) await openLogPlace(run, message);
        });
        return;
      case 'save':
        this.attempt(async () => {
          const { run, step, engine } = await this.source(message.step);
          await saveStepLog(engine, run.state, step);
        });
        return;
      case 'stop':
        vscode.commands.executeCommand('weft.stop', this.feed.run?.state.id);
        return;
    }
  }

  private async window({ request, step: name, first, count }: Extract<FromLogPanel, { type: 'window' }>): Promise<void> {
    const { step, engine } = await this.source(name);
    const answer = await engine.client.logLines(step.uuid, { first, count });
    const { lines, times } = answer;
    this.send({ type: 'lines', request, step: name, first: answer.first, lines, ...(times && { times }) });
  }

  private async search(query: Extract<FromLogPanel, { type: 'search' }>, signal: AbortSignal): Promise<void> {
    const { request, step: name, text, regex, caseSensitive } = query;
    const { step, engine } = await this.source(name);
    for (let from = 0; ; ) {
      const options = { text, regex, caseSensitive, from, limit: matchesAtOnce, signal };
      const found = await engine.client.searchLog(step.uuid, options);
      const done = !found.truncated || found.searched <= from;
      this.send({ type: 'matches', request, step: name, lines: found.lines, done });
      if (done) return;
      from = found.searched;
    }
  }

  /** Sizes from now on: a long poll that returns with the first line after those known. Follows the step through its attempts. */
  private async watch(name: string, signal: AbortSignal): Promise<void> {
    let known = -1;
    let attempt = -1;
    let ended = false;
    while (!signal.aborted) {
      try {
        const { step, engine } = await this.source(name);
        if (step.attempt !== attempt) {
          attempt = step.attempt;
          known = -1;
          ended = false;
        }
        if (ended || attempt === 0) await this.changeOf(name, attempt, signal);
        else {
          const first = Math.max(known, 0);
          const wait = known < 0 ? {} : { waitMs };
          const size = await engine.client.logLines(step.uuid, { first, count: 0, attempt, signal, ...wait });
          // A step that is no process of its own has no end in its log.
          ended = size.ended || isEndedStep(step.status);
          if (size.total !== known || ended) {
            this.send({ type: 'size', step: name, lines: size.total, bytes: size.bytes, ended });
          }
          known = size.total;
          await pause(leastPauseMs, signal); // H2
        }
      } catch (error) {
        if (signal.aborted) return;
        this.log.debug(`The log of ${name} is not there now: ${error instanceof Error ? error.message : error}`);
        await pause(retryMs, signal).catch(() => {});
      }
    }
  }

  /** Resolves when the step has another attempt, or the run is another one. */
  private changeOf(name: string, attempt: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        listening.dispose();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const look = () => {
        const step = this.feed.run?.state.steps.find((each) => each.name === name);
        if (step && step.attempt !== attempt) done();
      };
      const listening = this.runs.onDidChange(look);
      signal.addEventListener('abort', done, { once: true });
      look();
    });
  }

  private async source(name: string): Promise<{ run: StoredRun; step: StepState; engine: RunEngine }> {
    const run = this.feed.run;
    const step = run?.state.steps.find((each) => each.name === name);
    if (!run || !step) throw new RemoteError(0, 'no_step', vscode.l10n.t('The run has no step "{0}".', name));
    return { run, step, engine: await this.runs.engineOfRun(run) };
  }

  private async attempt(work: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (signal?.aborted) return;
      if (error instanceof RemoteError) this.send({ type: 'failed', message: error.message });
      else report(error, this.log);
    }
  }

  private send(message: ToLogPanel): void {
    if (this.ready) this.webview.postMessage(message);
  }
}
