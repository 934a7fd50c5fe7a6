// The language server on one connection: what it can do, the documents it holds, and what is sent when they change.
import {
  type CancellationToken,
  CodeLensRefreshRequest,
  type CompletionList,
  type CompletionParams,
  CompletionRequest,
  CompletionResolveRequest,
  type Connection,
  type Disposable,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import {
  type CompareParams,
  type CompareResult,
  type CompileParams,
  compareRequest,
  compileRequest,
  type EnginesParams,
  enginesRequest,
  type InitializationOptions,
  languageId,
  type GraphChangedParams,
  type GraphParams,
  graphChangedNotification,
  graphRequest,
  type ReleaseParams,
  releaseRequest,
  trustedNotification,
} from '../core/protocol/lsp.ts';
import type { Analysis } from '../core/analysis.ts';
import { changesBetween, fileText, releasedText } from '../core/release/changes.ts';
import { Colours, colourCapabilities } from './colours.ts';
import { isProgram } from '../core/protocol/workflow-file.ts';
import { Documents, type OpenDocument } from './documents.ts';
import type { EditedDocument } from './compiler.ts';
import { encodingFor, inEncoding } from './encoding.ts';
import { type Context, say } from './feature.ts';
import { completion, triggerCharacters } from './features/completion.ts';
import type { Offer } from './features/completion-offer.ts';
import { folderQuestion, pathOffers } from './features/completion-paths.ts';
import { diagnostics } from './features/diagnostics.ts';
import { Folders, foldersOf } from './folders.ts';
import type { ServerHost } from './host.ts';
import { abilitiesOf, languageOf } from './language.ts';
import { markup } from './markup.ts';
import { Pictures } from './pictures.ts';
import { table } from './table.ts';

const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  completionProvider: { triggerCharacters, resolveProvider: true },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

const formattingCapabilities: ServerCapabilities = { documentFormattingProvider: true, documentRangeFormattingProvider: true };

export function serve(connection: Connection, host: ServerHost): void {
  const { programs } = host;
  let isTrusted = false;
  const documents = new Documents(
    programs && { reader: programs, isTrusted: () => isTrusted, folderOf: (uri) => folders.of(uri), changed },
  );
  const pictures = new Pictures(host.layout);
  const colours = new Colours();
  const folders = new Folders();
  let language = languageOf(undefined);
  let client = abilitiesOf({});
  /** Texts of the items of the latest completion. */
  let documentation: readonly ((() => string) | undefined)[] = [];

  const contextOf = ({ uri, version, analysis }: OpenDocument): Context => {
    return { uri, version, analysis: inEncoding(analysis, documents.encoding), language, client };
  };
  const contextAt = (uri: string): Context | undefined => {
    const document = documents.get(uri);
    return document && contextOf(document);
  };

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    language = languageOf(params.locale ?? host.locale);
    documents.encoding = encodingFor(params);
    const options = (params.initializationOptions as InitializationOptions | null | undefined) ?? {};
    client = abilitiesOf(params.capabilities, options);
    isTrusted = options.trusted ?? false;
    folders.change(foldersOf(params), []);
    const positionEncoding: ServerCapabilities = { positionEncoding: documents.encoding };
    return {
      serverInfo: { name: 'weft' },
      capabilities: Object.assign(
        positionEncoding,
        capabilities,
        colourCapabilities,
        client.laterFormatting ? {} : formattingCapabilities,
        ...table.map((row) => row.capabilities),
      ),
    };
  });
  connection.onInitialized(() => {
    if (client.laterFormatting) {
      // Only for files that have no other formatter.
      const documentSelector = [{ language: languageId }];
      for (const type of [DocumentFormattingRequest.type, DocumentRangeFormattingRequest.type])
        void connection.client.register(type, { documentSelector });
    }
    if (client.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => folders.change(added, removed));
  });
  connection.onNotification(trustedNotification, () => {
    isTrusted = true;
    documents.readAgain();
  });
  connection.onShutdown(() => {
    host.layout.dispose();
    programs?.dispose();
  });

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    const document = documents.open(uri, languageId, version, text);
    if (document) changed(document);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const document = documents.change(uri, version, contentChanges);
    if (document) changed(document);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    documents.close(uri);
    pictures.forget(uri);
    lensed.delete(uri);
    colours.forget(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  function changed(document: OpenDocument, log: readonly string[] = []): void {
    const { uri, version } = document;
    for (const line of log) connection.console.info(`${uri.slice(uri.lastIndexOf('/') + 1)}: ${line}`);
    void connection.sendDiagnostics({ uri, version, diagnostics: diagnostics(contextOf(document)) });
    tellPicture(uri);
    tellLenses(document);
  }

  const untold = new Set<string>();
  /** After the findings are on their way; once for a burst of edits. */
  function tellPicture(uri: string): void {
    if (untold.has(uri) || !pictures.has(uri)) return;
    untold.add(uri);
    setTimeout(() => {
      untold.delete(uri);
      const context = contextAt(uri);
      if (!context || !pictures.isOutdated(context)) return;
      const params: GraphChangedParams = { uri, version: context.version };
      void connection.sendNotification(graphChangedNotification, params);
    }, 0);
  }

  /** The analysis that the lenses of a document were last made from. */
  const lensed = new Map<string, { readonly version: number; readonly analysis: Analysis }>();
  /** Once a program has been read, if that is soon. */
  function soonAt(uri: string, forLenses = false): Context | undefined | Promise<Context | undefined> {
    const context = (document: OpenDocument | undefined) => {
      if (document && forLenses) lensed.set(uri, document);
      return document && contextOf(document);
    };
    const found = documents.getSettled(uri);
    return found instanceof Promise ? found.then(context) : context(found);
  }
  /** Lenses are asked for after an edit, but not when a program is read anew without one. */
  function tellLenses({ uri, version, analysis }: OpenDocument): void {
    const before = lensed.get(uri);
    if (client.lensRefresh && before?.version === version && before.analysis !== analysis)
      connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {});
  }

  /** Of a program most is TypeScript's: completion, colours, names. */
  const fileAt = (uri: string) => (isProgram(uri) ? undefined : contextAt(uri));
  for (const row of table) {
    const isOfLenses = row.capabilities.codeLensProvider !== undefined;
    row.listen(connection, row.isForPrograms ? (uri) => soonAt(uri, isOfLenses) : fileAt);
  }
  colours.listen(connection, fileAt);

  function complete(context: Context, params: CompletionParams, files?: readonly Offer[]): CompletionList {
    const answer = completion(context, params, files);
    documentation = answer.documentation;
    return answer.list;
  }
  connection.onRequest(CompletionRequest.type, (params, token) => {
    const { uri } = params.textDocument;
    const context = fileAt(uri);
    if (!context) return null;
    const question = host.listFolder && folderQuestion(context, params);
    if (!question) return complete(context, params);
    return unlessCancelled(async () => {
      const files = pathOffers(question, await host.listFolder!(question.folder));
      // The document may have changed meanwhile; then the client asks again.
      const now = fileAt(uri);
      return now?.version === context.version ? complete(now, params, files) : null;
    }, token);
  });
  connection.onRequest(CompletionResolveRequest.type, (item) => {
    const text = typeof item.data === 'number' ? documentation[item.data]?.() : undefined;
    return text ? { ...item, documentation: markup({ client }, text) } : item;
  });
  connection.onRequest(graphRequest, (params: GraphParams, token) => {
    const found = soonAt(params.uri);
    if (!found) return null;
    return unlessCancelled(async () => {
      const context = found instanceof Promise ? await found : found;
      return context ? pictures.graph(context, params) : null;
    }, token);
  });
  connection.onRequest(compileRequest, (params: CompileParams, token) => {
    const document = edited(params.uri);
    const { compile } = host;
    if (!document) return failure(`${params.uri} is not open.`);
    if (!compile) return failure(inBrowser);
    if (isProgram(params.uri) && !isTrusted) return failure(say(document, notTrusted));
    return unlessCancelled(() => compile({ ...params, ...document }), token);
  });
  connection.onRequest(releaseRequest, (params: ReleaseParams, token) => {
    const document = edited(params.uri);
    const { release } = host;
    if (!document) return failure(`${params.uri} is not open.`);
    if (!release) return failure(inBrowser);
    if (isProgram(params.uri) && !isTrusted) return failure(say(document, notTrusted));
    const end = new AbortController();
    const listening = token.onCancellationRequested(() => end.abort());
    const work = () => release({ ...params, ...document }, end.signal).finally(() => listening.dispose());
    return unlessCancelled(work, token);
  });
  connection.onRequest(compareRequest, ({ before, after }: CompareParams): CompareResult => {
    return { changes: changesBetween(before, after), before: releasedText(before, after), after: fileText(after) };
  });
  connection.onRequest(enginesRequest, ({ root }: EnginesParams) => host.engines?.(root) ?? []);

  function edited(uri: string): EditedDocument | undefined {
    const context = contextAt(uri);
    return context && { uri, text: context.analysis.source.text, language, folder: folders.of(uri) };
  }

  connection.listen();
}

const notTrusted = {
  en: 'Workflows in TypeScript are evaluated only in a trusted workspace.',
  zh: '仅在受信任的工作区中对 TypeScript 工作流求值。',
};
const inBrowser = 'Workflows cannot be compiled in a browser; open the folder in a desktop VS Code.';

/** The answer, or at once the word that it was cancelled: who asked does not wait for work that nobody wants. */
async function unlessCancelled<T>(work: () => Promise<T>, token: CancellationToken): Promise<T | ResponseError<void>> {
  const cancelled = new ResponseError<void>(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
  if (token.isCancellationRequested) return cancelled;
  let listener: Disposable | undefined;
  const cancellation = new Promise<ResponseError<void>>((resolve) => {
    listener = token.onCancellationRequested(() => resolve(cancelled));
  });
  try {
    return await Promise.race([work(), cancellation]);
  } finally {
    listener?.dispose();
  }
}

function failure(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
