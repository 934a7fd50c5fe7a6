// Semantic tokens between requests: what was sent last for each document, so that an edit costs what it changes.
import {
  type Connection,
  SemanticTokensBuilder,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { Context } from './feature.ts';
import { legend, semanticTokens } from './features/semantic-tokens.ts';

export const colourCapabilities: ServerCapabilities = {
  semanticTokensProvider: { legend, range: true, full: { delta: true } },
};

export class Colours {
  private readonly builders = new Map<string, SemanticTokensBuilder>();

  listen(connection: Connection, contextAt: (uri: string) => Context | undefined): void {
    connection.onRequest(SemanticTokensRequest.type, ({ textDocument: { uri } }) => {
      const context = contextAt(uri);
      if (!context) return null;
      const builder = new SemanticTokensBuilder();
      this.builders.set(uri, builder);
      semanticTokens(context, builder);
      return builder.build();
    });
    connection.onRequest(SemanticTokensDeltaRequest.type, ({ textDocument: { uri }, previousResultId }) => {
      const context = contextAt(uri);
      if (!context) return null;
      const builder = this.builders.get(uri) ?? new SemanticTokensBuilder();
      this.builders.set(uri, builder);
      builder.previousResult(previousResultId);
      semanticTokens(context, builder);
      return builder.buildEdits();
    });
    connection.onRequest(SemanticTokensRangeRequest.type, ({ textDocument: { uri }, range }) => {
      const context = contextAt(uri);
      if (!context) return null;
      const builder = new SemanticTokensBuilder();
      semanticTokens(context, builder, range);
      return builder.build();
    });
  }

  forget(uri: string): void {
    this.builders.delete(uri);
  }
}
