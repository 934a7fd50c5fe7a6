// What a workflow becomes for the service: its request body, shown beside it or copied.
import * as vscode from 'vscode';
import { workflowFileName } from '../../core/protocol/workflow-file.ts';
import type { Parts } from '../parts.ts';
import type { LanguageServer } from '../language-client.ts';
import { compile } from '../runs/compile.ts';
import { workflowTarget } from './targets.ts';

/** Documents that nobody edits: `weft-body:/digits.body.json?<workflow>`. */
const scheme = 'weft-body';

export async function showBody({ bodies, server }: Parts, argument: unknown): Promise<void> {
  const { uri } = workflowTarget(argument);
  const shown = bodies.put(uri, await bodyText(server, uri));
  const document = await vscode.workspace.openTextDocument(shown);
  await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
}

export async function copyBody({ server }: Parts, argument: unknown): Promise<void> {
  await vscode.env.clipboard.writeText(await bodyText(server, workflowTarget(argument).uri));
  vscode.window.setStatusBarMessage(vscode.l10n.t('Request body copied'), 3_000);
}

export class RequestBodies implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly server: LanguageServer;
  private readonly texts = new Map<string, string>();
  private readonly changes = new vscode.EventEmitter<vscode.Uri>();
  private readonly registered: vscode.Disposable;
  readonly onDidChange = this.changes.event;

  constructor(server: LanguageServer) {
    this.server = server;
    this.registered = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  dispose(): void {
    this.registered.dispose();
    this.changes.dispose();
  }

  /** The document that shows this body of the workflow. */
  put(workflow: vscode.Uri, text: string): vscode.Uri {
    const path = `/${workflowFileName(workflow.path)}.body.json`;
    const uri = vscode.Uri.from({ scheme, path, query: workflow.toString() });
    this.texts.set(uri.toString(), text);
    this.changes.fire(uri);
    return uri;
  }

  /** After a reload of the window the body is made anew. */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return this.texts.get(uri.toString()) ?? bodyText(this.server, vscode.Uri.parse(uri.query, true));
  }
}

async function bodyText(server: LanguageServer, uri: vscode.Uri): Promise<string> {
  const { body } = await compile(server, uri);
  return `${JSON.stringify(body, null, 2)}\n`;
}
