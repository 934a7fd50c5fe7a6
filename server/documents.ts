// The open documents: their text as the client tells it, and the newest analysis of each.
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { type Analysis, type Analyzer, createAnalyzer } from '../core/analysis.ts';
import { SourceText } from '../core/text/source.ts';
import { documentKind } from './document-kind.ts';
import { type Encoding, sourceText } from './encoding.ts';
import { ProgramDocument } from './program-document.ts';
import type { ProgramReader } from './program-reader.ts';

export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  readonly analysis: Analysis;
}

/** Programs are read in their own time; all else has its analysis as soon as it has its text. */
interface Held {
  version: number;
  source: SourceText;
  readonly by: Analyzer | ProgramDocument;
  latest: OpenDocument;
}

export interface Programs {
  readonly reader: ProgramReader;
  readonly isTrusted: () => boolean;
  readonly folderOf: (uri: string) => string | undefined;
  /** There is another analysis of a program. `log`: what it wrote to its console, where that is not what it wrote before. */
  readonly changed: (document: OpenDocument, log: readonly string[]) => void;
}

export class Documents {
  private readonly held = new Map<string, Held>();
  private readonly programs: Programs | undefined;
  /** How the client counts columns in its changes. */
  encoding: Encoding = 'utf-16';

  /** Without `programs` a program is a text of which nothing is known. */
  constructor(programs?: Programs) {
    this.programs = programs;
  }

  /** A document that is open already begins anew. Undefined where the analysis is still to come, or the document is not ours. */
  open(uri: string, languageId: string, version: number, text: string): OpenDocument | undefined {
    this.close(uri);
    const kind = documentKind(uri, languageId);
    if (!kind) return undefined;
    const source = new SourceText(text);
    if (kind !== 'program') {
      const analyzer = createAnalyzer(kind);
      const latest = { uri, version, analysis: analyzer.update(source) };
      this.held.set(uri, { version, source, by: analyzer, latest });
      return latest;
    }
    const { programs } = this;
    if (!programs) return undefined;
    const { reader, isTrusted, folderOf, changed } = programs;
    let before = '[]';
    const program: ProgramDocument = new ProgramDocument(reader, { uri, text, folder: folderOf(uri) }, isTrusted, () => {
      const log = JSON.stringify(program.log);
      changed(this.get(uri)!, log === before ? [] : program.log);
      before = log;
    });
    this.held.set(uri, { version, source, by: program, latest: { uri, version, analysis: program.analysis } });
    return undefined;
  }

  /** Undefined where the document is not open, or its analysis is still to come. */
  change(uri: string, version: number, changes: TextDocumentContentChangeEvent[]): OpenDocument | undefined {
    const held = this.held.get(uri);
    if (!held) return undefined;
    held.version = version;
    for (const change of changes) held.source = applied(held.source, change, this.encoding);
    if (held.by instanceof ProgramDocument) {
      held.by.update(held.source.text);
      return undefined;
    }
    held.latest = { uri, version, analysis: held.by.update(held.source) };
    return held.latest;
  }

  close(uri: string): void {
    const by = this.held.get(uri)?.by;
    if (by instanceof ProgramDocument) by.close();
    this.held.delete(uri);
  }

  get(uri: string): OpenDocument | undefined {
    const held = this.held.get(uri);
    if (!(held?.by instanceof ProgramDocument)) return held?.latest;
    return { uri, version: held.version, analysis: held.by.analysis };
  }

  /** As `get`, but of a program once its newest text has been read, if that is soon. */
  getSettled(uri: string): OpenDocument | undefined | Promise<OpenDocument | undefined> {
    const by = this.held.get(uri)?.by;
    const settled = by instanceof ProgramDocument ? by.settled() : undefined;
    return settled ? settled.then(() => this.get(uri)) : this.get(uri);
  }

  /** Programs are read again: the workspace is trusted now. */
  readAgain(): void {
    for (const { by } of this.held.values()) if (by instanceof ProgramDocument) by.again();
  }
}

/** `encoding`: of the change's columns. */
function applied(source: SourceText, change: TextDocumentContentChangeEvent, encoding: Encoding): SourceText {
  if (!('range' in change)) return new SourceText(change.text);
  const counted = encoding === 'utf-16' ? source : sourceText(source.text, encoding);
  const [a, b] = [counted.offsetAt(change.range.start), counted.offsetAt(change.range.end)];
  return source.edited({ span: { start: Math.min(a, b), end: Math.max(a, b) }, text: change.text });
}
