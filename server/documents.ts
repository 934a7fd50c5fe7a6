// The open documents: their text as the client tells it, and the newest analysis of each.
import { type TextDocumentContentChangeEvent, TextDocument } from 'vscode-languageserver-textdocument';
import { type Analysis, type Analyzer, createAnalyzer } from '../core/analysis.ts';

export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  readonly analysis: Analysis;
}

interface Held {
  readonly text: TextDocument;
  readonly analyzer: Analyzer;
  latest: OpenDocument;
}

export class Documents {
  private readonly held = new Map<string, Held>();

  /** A document that is open already begins anew. */
  open(uri: string, languageId: string, version: number, text: string): OpenDocument {
    const document = TextDocument.create(uri, languageId, version, text);
    const analyzer = createAnalyzer(isBody(uri, languageId) ? 'body' : 'file');
    const latest = { uri, version, analysis: analyzer.update(text) };
    this.held.set(uri, { text: document, analyzer, latest });
    return latest;
  }

  /** Undefined where the document is not open. */
  change(uri: string, version: number, changes: TextDocumentContentChangeEvent[]): OpenDocument | undefined {
    const held = this.held.get(uri);
    if (!held) return undefined;
    TextDocument.update(held.text, changes, version);
    held.latest = { uri, version, analysis: held.analyzer.update(held.text.getText()) };
    return held.latest;
  }

  close(uri: string): void {
    this.held.delete(uri);
  }

  get(uri: string): OpenDocument | undefined {
    return this.held.get(uri)?.latest;
  }
}

/** Request bodies are JSON, whatever the editor calls the language. */
function isBody(uri: string, languageId: string): boolean {
  return /^jsonc?$/.test(languageId) || /\.json$/i.test(uri);
}
