// The language server: started with the first workflow document, restarted on demand, asked for graphs and request bodies.
// The LSP library is loaded with it and not before, so that activation stays cheap.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { WorkflowBody } from '../core/api/service.ts';
import {
  type CompareParams,
  type CompareResult,
  type CompileParams,
  type CompileResult,
  compareRequest,
  compileRequest,
  type EnginesParams,
  type EnginesResult,
  enginesRequest,
  type GraphChangedParams,
  type GraphParams,
  type GraphResult,
  graphChangedNotification,
  graphRequest,
  type InitializationOptions,
  languageId,
  type ReleaseParams,
  type ReleaseResult,
  releaseRequest,
  trustedNotification,
} from '../core/protocol/lsp.ts';
import { bodyFiles, programFiles } from '../core/protocol/workflow-file.ts';
import type { CommandId } from './contributions/commands.ts';
import { Failure } from './failure.ts';
import { setting } from './settings.ts';

export class LanguageServer implements vscode.Disposable {
  private readonly modulePath: string;
  private readonly log: vscode.LogOutputChannel;
  private readonly graphChanges = new vscode.EventEmitter<GraphChangedParams>();
  private readonly status: vscode.LanguageStatusItem;
  private starting: Promise<LanguageClient> | undefined;

  /** Documents whose graph was asked for. */
  readonly onDidChangeGraph = this.graphChanges.event;

  constructor(modulePath: string, log: vscode.LogOutputChannel) {
    this.modulePath = modulePath;
    this.log = log;
    this.status = vscode.languages.createLanguageStatusItem('weft.server', [{ language: languageId }, { pattern: programFiles }]);
    this.status.name = 'Weft';
    this.status.text = vscode.l10n.t('Weft language server');
    this.status.command = { command: 'weft.showOutput', title: vscode.l10n.t('Show Output') };
  }

  dispose(): void {
    this.starting?.then((client) => client.dispose()).catch(() => {});
    this.graphChanges.dispose();
    this.status.dispose();
  }

  /** Resolves when the server answers. A start that failed is tried again by the next call. */
  start(): Promise<LanguageClient> {
    this.starting ??= this.launch().catch((error: unknown) => {
      this.starting = undefined;
      throw error;
    });
    return this.starting;
  }

  async restart(): Promise<void> {
    const before = await this.starting?.catch(() => undefined);
    if (before) await before.restart();
    else await this.start();
  }

  /** The workspace is trusted now: programs may be run. */
  async trust(): Promise<void> {
    const client = await this.starting?.catch(() => undefined);
    await client?.sendNotification(trustedNotification);
  }

  /** Null: the document has no steps. */
  async graph(params: GraphParams, token?: vscode.CancellationToken): Promise<GraphResult | null> {
    return this.request(graphRequest, params, token);
  }

  async compile(params: CompileParams, token?: vscode.CancellationToken): Promise<CompileResult> {
    return this.request(compileRequest, params, token);
  }

  /** Reads and hashes local files, so it may take a while. */
  async release(params: ReleaseParams, token?: vscode.CancellationToken): Promise<ReleaseResult> {
    return this.request(releaseRequest, params, token);
  }

  async compare(before: WorkflowBody, after: WorkflowBody): Promise<CompareResult> {
    const params: CompareParams = { before, after };
    return this.request(compareRequest, params);
  }

  /** In the cloud, of a root's configuration. */
  async engines(root: string): Promise<EnginesResult> {
    const params: EnginesParams = { root };
    return this.request(enginesRequest, params);
  }

  /** The library takes an absent token for a parameter. */
  private async request<Result>(name: string, params: object, token?: vscode.CancellationToken): Promise<Result> {
    const client = await this.start();
    return token ? client.sendRequest<Result>(name, params, token) : client.sendRequest<Result>(name, params);
  }

  private async launch(): Promise<LanguageClient> {
    const { LanguageClient, State, TransportKind } = await import('vscode-languageclient/node');
    this.status.busy = true;
    const nodePath = setting('weft.engine.nodePath');
    const server = { module: this.modulePath, transport: TransportKind.ipc, ...(nodePath && { runtime: nodePath }) };
    const client = new LanguageClient(
      'weft',
      'Weft',
      { run: server, debug: server },
      {
        documentSelector: [
          { scheme: 'file', language: languageId },
          { scheme: 'untitled', language: languageId },
          { scheme: 'file', pattern: programFiles },
          { scheme: 'file', pattern: bodyFiles },
        ],
        initializationOptions: (): InitializationOptions => ({
          trusted: vscode.workspace.isTrusted,
          commands: {
            lenses: true,
            revealFolder: 'weft.revealFolder' satisfies CommandId,
            rename: 'weft.renameName' satisfies CommandId,
            suggest: 'editor.action.triggerSuggest',
          },
        }),
        outputChannel: this.log,
        traceOutputChannel: this.log,
      },
    );
    client.onDidChangeState(({ newState }) => {
      const running = newState === State.Running;
      this.status.busy = newState === State.Starting;
      this.status.severity =
        newState === State.Stopped ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
      this.status.detail = running
        ? vscode.l10n.t('running')
        : newState === State.Stopped
          ? vscode.l10n.t('stopped')
          : vscode.l10n.t('starting');
      this.status.command = running
        ? { command: 'weft.showOutput', title: vscode.l10n.t('Show Output') }
        : { command: 'weft.restartServer', title: vscode.l10n.t('Restart') };
    });
    client.onNotification(graphChangedNotification, (params: GraphChangedParams) => this.graphChanges.fire(params));
    try {
      await client.start();
    } catch (error) {
      throw new Failure(
        vscode.l10n.t('The language server did not start: {0}', error instanceof Error ? error.message : String(error)),
        [{ title: vscode.l10n.t('Try Again'), take: () => this.start() }],
        { cause: error },
      );
    }
    return client;
  }
}
