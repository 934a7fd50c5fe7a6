// A workflow document -> its request body, by the language server. What stands in the way is shown where it stands.
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ExecutionRequest } from '../../core/api/service.ts';
import type { GivenValues } from '../../core/config/values-file.ts';
import type { CompileResult } from '../../core/protocol/lsp.ts';
import type { ReleaseDraft } from '../../core/release/upload.ts';
import type { Range } from '../../core/text/source.ts';
import { Cancelled, Failure } from '../failure.ts';
import type { LanguageServer } from '../language-client.ts';
import { withProgress } from '../progress.ts';
import { isWorkflow } from '../workflow-document.ts';

export interface Compiled extends CompileResult {
  readonly body: Record<string, unknown>;
  readonly document: vscode.TextDocument;
}

export interface CompileFor {
  /** Only the values of these count as missing. */
  readonly steps?: readonly string[] | undefined;
  /** Name in weft.config.yaml; the default one when absent. */
  readonly engine?: string;
}

/** Rejects with Failure where the document or the configuration has errors. */
export async function compile(server: LanguageServer, uri: vscode.Uri, { steps, engine }: CompileFor = {}): Promise<Compiled> {
  const document = await openWorkflow(uri);
  const params = { uri: document.uri.toString(), ...(steps && { steps }), ...(engine !== undefined && { engine }) };
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Weft: checking {0}', basename(uri.path)) },
    (_, token) => server.compile(params, token),
  );
  if (result.body && result.errors.length === 0) return { ...result, body: result.body, document };
  throw withErrors(document, result.errors);
}

export interface Drafted {
  readonly draft: ReleaseDraft;
  /** A run with the values. */
  readonly request: ExecutionRequest;
}

/** What a release to that engine takes along. Rejects with Failure where something stands in the way. */
export async function release(
  server: LanguageServer,
  uri: vscode.Uri,
  engine: string,
  values: GivenValues | undefined,
): Promise<Drafted> {
  const document = await openWorkflow(uri);
  const params = { uri: document.uri.toString(), engine, ...(values && { values }) };
  const cancel = new AbortController();
  const result = await withProgress(vscode.l10n.t('reading the code of {0}', basename(uri.path)), cancel, async () => {
    const source = new vscode.CancellationTokenSource();
    cancel.signal.addEventListener('abort', () => source.cancel());
    return server.release(params, source.token);
  });
  const { draft, request, errors } = result;
  if (draft && request && errors.length === 0) return { draft, request };
  throw withErrors(document, errors);
}

/** Opens the document without showing it, which is enough for the language server. */
export async function openWorkflow(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (isWorkflow(document)) return document;
  throw new Failure(vscode.l10n.t('{0} is not a workflow file (*.workflow.yaml, *.workflow.ts).', basename(uri.path)));
}

/** A new document has no place yet, which `./src` could be relative to. Resolves with the saved one. */
export async function saved(uri: vscode.Uri): Promise<vscode.Uri> {
  if (uri.scheme !== 'untitled') return uri;
  const file = await vscode.workspace.saveAs(uri);
  if (!file) throw new Cancelled();
  return file;
}

function withErrors(document: vscode.TextDocument, errors: CompileResult['errors']): Failure {
  const name = basename(document.uri.path);
  const [first] = errors;
  if (!first) return new Failure(vscode.l10n.t('{0} has nothing to run.', name));
  const problems = {
    title: vscode.l10n.t('Show Problems'),
    take: () => vscode.commands.executeCommand('workbench.actions.view.problems'),
  };
  const { range } = first;
  if (!range) return new Failure(first.message, [problems]); // of the configuration or a values file, which it names
  const line = range.start.line + 1;
  const message =
    errors.length === 1
      ? vscode.l10n.t('{0} has an error in line {1}: {2}', name, line, first.message)
      : vscode.l10n.t('{0} has {1} errors; the first is in line {2}: {3}', name, errors.length, line, first.message);
  return new Failure(message, [problems, { title: vscode.l10n.t('Go to Error'), take: () => showRange(document.uri, range) }]);
}

/** Shows the place in its editor, where the document is already open in one, else in a new one. */
export async function showRange(uri: vscode.Uri, { start, end }: Range, preserveFocus = false) {
  const place = new vscode.Range(start.line, start.character, end.line, end.character);
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  const editor = await vscode.window.showTextDocument(uri, {
    preserveFocus,
    viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
  });
  editor.selection = new vscode.Selection(place.start, place.start);
  editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
