// Which feature answers which request. What keeps something between requests (completion, colours, graph) stands in server.ts.
import {
  type CallHierarchyItem,
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  CodeActionRequest,
  CodeLensRequest,
  type Connection,
  DefinitionRequest,
  type Disposable,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  PrepareRenameRequest,
  type ProtocolRequestType,
  ReferencesRequest,
  RenameRequest,
  type RequestHandler,
  SelectionRangeRequest,
  type ServerCapabilities,
  type TextDocumentIdentifier,
} from 'vscode-languageserver';
import type { Context } from './feature.ts';
import { actionKinds, codeActions } from './features/actions.ts';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from './features/call-hierarchy.ts';
import { folding } from './features/folding.ts';
import { format, formatRange } from './features/format.ts';
import { hover } from './features/hover.ts';
import { inlayHints } from './features/inlay-hints.ts';
import { lenses } from './features/lenses.ts';
import { links } from './features/links.ts';
import { definition, highlights, references } from './features/navigation.ts';
import { outline } from './features/outline.ts';
import { prepareRename, rename } from './features/rename.ts';
import { selection } from './features/selection.ts';

type ContextAt = (uri: string) => Context | undefined | Promise<Context | undefined>;

export interface Row {
  /** Programs too. */
  readonly isForPrograms: boolean;
  readonly capabilities: ServerCapabilities;
  listen(connection: Connection, contextAt: ContextAt): Disposable;
}

const forPrograms = true;

export const table: readonly Row[] = [
  row(HoverRequest.type, hover, { hoverProvider: true }, forPrograms),
  row(DefinitionRequest.type, definition, { definitionProvider: true }, forPrograms),
  row(ReferencesRequest.type, references, { referencesProvider: true }, forPrograms),
  row(DocumentHighlightRequest.type, highlights, { documentHighlightProvider: true }),
  row(PrepareRenameRequest.type, prepareRename, {}),
  row(RenameRequest.type, rename, { renameProvider: { prepareProvider: true } }),
  row(DocumentSymbolRequest.type, outline, { documentSymbolProvider: true }, forPrograms),
  row(FoldingRangeRequest.type, folding, { foldingRangeProvider: true }),
  row(SelectionRangeRequest.type, selection, { selectionRangeProvider: true }),
  row(DocumentLinkRequest.type, links, { documentLinkProvider: {} }, forPrograms),
  row(InlayHintRequest.type, inlayHints, { inlayHintProvider: true }),
  row(DocumentFormattingRequest.type, format, {}),
  row(DocumentRangeFormattingRequest.type, formatRange, {}),
  row(CallHierarchyPrepareRequest.type, prepareCallHierarchy, { callHierarchyProvider: true }),
  itemRow(CallHierarchyIncomingCallsRequest.type, incomingCalls),
  itemRow(CallHierarchyOutgoingCallsRequest.type, outgoingCalls),
  row(CodeLensRequest.type, lenses, { codeLensProvider: {} }, forPrograms),
  row(CodeActionRequest.type, codeActions, { codeActionProvider: { codeActionKinds: actionKinds } }, forPrograms),
];

type Feature<P, R, E> = (context: Context, params: P) => ReturnType<RequestHandler<P, R, E>>;

/** The answer is null for a document that is not open. */
function row<P extends { readonly textDocument: TextDocumentIdentifier }, R, PR, E, RO>(
  type: ProtocolRequestType<P, R, PR, E, RO>,
  feature: Feature<P, R, E>,
  capabilities: ServerCapabilities,
  isForPrograms = false,
): Row {
  return rowBy(type, ({ textDocument }) => textDocument.uri, feature, capabilities, isForPrograms);
}

/** About what an earlier answer gave. */
function itemRow<P extends { readonly item: CallHierarchyItem }, R, PR, E, RO>(
  type: ProtocolRequestType<P, R, PR, E, RO>,
  feature: Feature<P, R, E>,
): Row {
  return rowBy(type, ({ item }) => item.uri, feature, {}, false);
}

function rowBy<P, R, PR, E, RO>(
  type: ProtocolRequestType<P, R, PR, E, RO>,
  uriOf: (params: P) => string,
  feature: Feature<P, R, E>,
  capabilities: ServerCapabilities,
  isForPrograms: boolean,
): Row {
  return {
    isForPrograms,
    capabilities,
    listen(connection, contextAt) {
      const answer: RequestHandler<P, R, E> = (params) => {
        const found = contextAt(uriOf(params));
        const of = (context: Context | undefined) => (context ? feature(context, params) : null) as ReturnType<typeof answer>;
        return found instanceof Promise ? (found.then(of) as ReturnType<typeof answer>) : of(found);
      };
      return connection.onRequest(type, answer);
    },
  };
}
