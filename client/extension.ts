// Makes the parts and registers them. Cheap on purpose: the language server starts with the first workflow document, an engine when
// something is run, and an engine that runs already is found in the background.
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RunState } from '../core/run/reduce.ts';
import { RequestBodies } from './commands/body.ts';
import { showOpenedSample } from './commands/open-sample.ts';
import { Clouds } from './cloud/clouds.ts';
import { CloudKeys } from './cloud/keys.ts';
import { registerCommands } from './commands/register.ts';
import { report } from './commands/report.ts';
import { keepContextKeys } from './context-keys.ts';
import { registerDebugger } from './debug/debugging.ts';
import { Engines } from './engine-process.ts';
import { LanguageServer } from './language-client.ts';
import { notifyOfRuns } from './notifications.ts';
import type { Parts } from './parts.ts';
import { RunStore } from './run-store.ts';
import { showStatus } from './status-bar.ts';
import { showStepStatuses } from './step-status.ts';
import { RunsView } from './views/runs-view.ts';
import { WaitingView } from './views/waiting-view.ts';
import { WorkflowsView } from './views/workflows-view.ts';
import { GraphPanels } from './webviews/graph-panel.ts';
import { LogPanels } from './webviews/log-panel.ts';
import { MetricsPanels } from './webviews/metrics-panel.ts';
import { isWorkflow } from './workflow-document.ts';
import { rootOf } from './workspace-root.ts';

/** What other extensions get. */
export interface WeftApi {
  /** The runs that this window knows, newest first. */
  runs(): readonly RunState[];
  readonly onDidChangeRuns: vscode.Event<void>;
}

export function activate(context: vscode.ExtensionContext): WeftApi {
  const began = performance.now();
  const log = vscode.window.createOutputChannel('Weft', { log: true });
  const version = (context.extension.packageJSON as { version: string }).version;
  const server = new LanguageServer(context.asAbsolutePath('dist/server/main.node.mjs'), log);
  const engines = new Engines({ enginePath: context.asAbsolutePath('dist/engine/main.mjs'), version, log });
  const keys = new CloudKeys(context.secrets, context.globalState);
  const clouds = new Clouds(server, keys, log);
  const runs = new RunStore(engines, clouds, context.workspaceState, log);
  const graphs = new GraphPanels(context.extensionUri, server, runs);
  const logs = new LogPanels(context.extensionUri, runs, log);
  const metrics = new MetricsPanels(context.extensionUri, runs, log);
  const workflows = new WorkflowsView(server, runs);
  const bodies = new RequestBodies(server);
  const parts: Parts = { context, log, server, engines, keys, clouds, runs, graphs, logs, metrics, workflows, bodies };
  const changed = new vscode.EventEmitter<void>();

  context.subscriptions.push(
    log,
    server,
    engines,
    clouds,
    runs,
    graphs,
    logs,
    metrics,
    workflows,
    bodies,
    changed,
    new RunsView(runs, () => runs.wakeHistory().catch((error: unknown) => report(error, log))),
    new WaitingView(runs),
    keepContextKeys(runs, graphs),
    showStatus(runs),
    showStepStatuses(runs),
    notifyOfRuns(runs),
    runs.onDidChange(() => changed.fire()),
    vscode.workspace.onDidOpenTextDocument((document) => opened(parts, document)),
    vscode.workspace.onDidChangeWorkspaceFolders(() => followFolders(runs)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      follow(parts);
      server.trust();
    }),
    registerDebugger(parts),
    ...registerCommands(parts),
  );
  for (const document of vscode.workspace.textDocuments) opened(parts, document);
  follow(parts);
  showOpenedSample(context).catch((error: unknown) => report(error, log));
  log.info(`Weft ${version} activated in ${(performance.now() - began).toFixed(1)} ms`);
  return { runs: () => runs.runs.map(({ state }) => state), onDidChangeRuns: changed.event };
}

/** A workflow document wants the language server, and the engine of its folder may be running. */
function opened({ server, runs, log }: Parts, document: vscode.TextDocument): void {
  if (!isWorkflow(document)) return;
  server.start().catch((error: unknown) => report(error, log));
  if (document.uri.scheme === 'file' && vscode.workspace.isTrusted) rootOf(document.uri.fsPath).then((root) => runs.follow(root));
}

/** In an untrusted workspace nothing is started, and what its files say of a running engine is not believed. */
function follow({ runs }: Parts): void {
  if (!vscode.workspace.isTrusted) return;
  runs.resume();
  followFolders(runs);
  for (const document of vscode.workspace.textDocuments.filter(isWorkflow)) {
    if (document.uri.scheme === 'file') rootOf(document.uri.fsPath).then((root) => runs.follow(root));
  }
}

function followFolders(runs: RunStore): void {
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    if (uri.scheme === 'file') rootOf(join(uri.fsPath, '_')).then((root) => runs.follow(root));
  }
}
