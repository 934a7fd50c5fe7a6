// The language server on one connection: what it can do, the documents it holds, and which feature answers which request.
import {
  CompletionRequest,
  CompletionResolveRequest,
  type Connection,
  HoverRequest,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { Documents, type OpenDocument } from './documents.ts';
import type { Context } from './feature.ts';
import { completion, triggerCharacters } from './features/completion.ts';
import { diagnostics } from './features/diagnostics.ts';
import { hover } from './features/hover.ts';
import type { ServerHost } from './host.ts';
import { abilitiesOf, languageOf } from './language.ts';

export function serve(connection: Connection, host: ServerHost): void {
  const documents = new Documents();
  let language = languageOf(undefined);
  let client = abilitiesOf({});
  /** Texts of the items of the latest completion. */
  let documentation: readonly ((() => string) | undefined)[] = [];

  const contextOf = ({ uri, version, analysis }: OpenDocument): Context => ({ uri, version, analysis, language, client });
  const contextAt = (uri: string): Context | undefined => {
    const document = documents.get(uri);
    return document && contextOf(document);
  };

  connection.onInitialize(({ locale, capabilities }: InitializeParams): InitializeResult => {
    language = languageOf(locale);
    client = abilitiesOf(capabilities);
    return {
      serverInfo: { name: 'weft' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        completionProvider: { triggerCharacters, resolveProvider: true },
        hoverProvider: true,
      },
    };
  });
  connection.onShutdown(() => host.layout.dispose());

  function publish(document: OpenDocument | undefined): void {
    if (!document) return;
    const { uri, version } = document;
    void connection.sendDiagnostics({ uri, version, diagnostics: diagnostics(contextOf(document)) });
  }

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    publish(documents.open(uri, languageId, version, text));
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    publish(documents.change(uri, version, contentChanges));
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    documents.close(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  connection.onRequest(CompletionRequest.type, (params) => {
    const context = contextAt(params.textDocument.uri);
    if (!context) return null;
    const answer = completion(context, params);
    documentation = answer.documentation;
    return answer.list;
  });
  connection.onRequest(CompletionResolveRequest.type, (item) => {
    const text = typeof item.data === 'number' ? documentation[item.data]?.() : undefined;
    return text ? { ...item, documentation: { kind: 'markdown', value: text } } : item;
  });
  connection.onRequest(HoverRequest.type, (params) => {
    const context = contextAt(params.textDocument.uri);
    return context ? hover(context, params) : null;
  });

  connection.listen();
}
