// The local engines of this window, one per root: found, started with progress, stopped. The engine outlives the window; nothing here
// keeps it alive, and it is told apart from others by its own lock, not by us.
import * as vscode from 'vscode';
import { findEngine, type LocalEngine, StartError, startEngine, stopEngine } from '../remote/local.ts';
import { Failure } from './failure.ts';
import { withProgress } from './progress.ts';
import { setting } from './settings.ts';

export interface EnginesOptions {
  /** `dist/engine/main.mjs`. */
  readonly enginePath: string;
  readonly version: string;
  readonly log: vscode.LogOutputChannel;
}

export class Engines implements vscode.Disposable {
  private readonly options: EnginesOptions;
  private readonly stopped = new Set<string>();
  private readonly starting = new Map<string, Promise<LocalEngine>>();
  private readonly started = new vscode.EventEmitter<string>();
  /** The root whose engine was just started from here. */
  readonly onDidStart = this.started.event;

  constructor(options: EnginesOptions) {
    this.options = options;
  }

  dispose(): void {
    this.started.dispose();
  }

  /** The living engine of this root; never starts one. */
  find(root: string, signal?: AbortSignal): Promise<LocalEngine | undefined> {
    return findEngine(root, signal);
  }

  /** Finds or starts the engine. Rejects with Failure. */
  start(root: string): Promise<LocalEngine> {
    const running = this.starting.get(root);
    if (running) return running;
    const start = this.startWithProgress(root).finally(() => this.starting.delete(root));
    this.starting.set(root, start);
    return start;
  }

  /** Resolves true when there was one. Steps are stopped with it. */
  async stop(root: string): Promise<boolean> {
    this.stopped.add(root);
    this.options.log.info(`Stopping the engine of ${root}`);
    return stopEngine(root);
  }

  /** Whether the engine ended because it was told to from here: then nobody starts it again by itself. */
  wasStopped(root: string): boolean {
    return this.stopped.has(root);
  }

  private async startWithProgress(root: string): Promise<LocalEngine> {
    const { log } = this.options;
    if (!vscode.workspace.isTrusted) {
      throw new Failure(vscode.l10n.t('Workflows run code, so they run only in a trusted workspace.'), [
        { title: vscode.l10n.t('Manage Trust'), take: () => vscode.commands.executeCommand('workbench.trust.manage') },
      ]);
    }
    this.stopped.delete(root);
    const cancel = new AbortController();
    const nodePath = setting('weft.engine.nodePath') || process.execPath;
    try {
      const engine = await withProgress(vscode.l10n.t('Starting the local engine'), cancel, () =>
        startEngine({
          root,
          enginePath: this.options.enginePath,
          execPath: nodePath,
          version: this.options.version,
          idleMinutes: setting('weft.engine.idleMinutes'),
          signal: cancel.signal,
        }),
      );
      log.info(`Engine ${engine.file.version} of ${root}: process ${engine.file.pid}, port ${engine.file.port}`);
      this.started.fire(root);
      return engine;
    } catch (error) {
      if (cancel.signal.aborted) throw error;
      log.error(`The engine of ${root} did not start`, error instanceof Error ? error : String(error));
      const reason = error instanceof StartError || error instanceof Error ? error.message : String(error);
      throw new Failure(
        vscode.l10n.t('The local engine did not start: {0}', reason),
        [
          { title: vscode.l10n.t('Try Again'), take: () => this.start(root) },
          { title: vscode.l10n.t('Show Output'), take: () => log.show() },
        ],
        { cause: error },
      );
    }
  }
}
