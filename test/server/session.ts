// A small LSP client of a real server process, for tests: opens and edits documents, waits for what the server says of a version.
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  type ProtocolConnection,
  type ProtocolRequestType,
  PublishDiagnosticsNotification,
  type Range,
  type RequestParam,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import type { InitializationOptions } from '../../core/protocol/lsp.ts';
import { SourceText } from '../../core/text/source.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** What VS Code can do, as far as the server asks. */
export const editorCapabilities: ClientCapabilities = {
  textDocument: {
    completion: {
      completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } },
      completionList: { itemDefaults: ['editRange'] },
    },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    publishDiagnostics: { relatedInformation: true, versionSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
  workspace: { workspaceEdit: { documentChanges: true }, codeLens: { refreshSupport: true } },
};

/** What a server may ask of a client. */
const askable = [
  'client/registerCapability',
  'workspace/configuration',
  'workspace/workspaceFolders',
  'workspace/applyEdit',
  'workspace/codeLens/refresh',
  'workspace/inlayHint/refresh',
  'workspace/semanticTokens/refresh',
  'workspace/diagnostic/refresh',
  'window/showMessageRequest',
  'window/workDoneProgress/create',
];

export interface Document {
  readonly uri: string;
  version: number;
  text: string;
}

export interface SessionOptions {
  /** Null: the client says none. */
  readonly locale?: string | null;
  readonly capabilities?: ClientCapabilities;
  readonly env?: NodeJS.ProcessEnv;
  readonly trusted?: boolean;
  /** Program and arguments of another client's way to start it: then nothing is said that LSP does not have. */
  readonly command?: readonly string[];
  readonly rootUri?: string;
  /** Listens to what comes before the server is asked anything. */
  readonly before?: (connection: ProtocolConnection) => void;
  /** URIs. */
  readonly folders?: readonly string[];
}

export class Session {
  readonly process: ChildProcessWithoutNullStreams;
  readonly connection: ProtocolConnection;
  /** Methods of what the server asked of the client. */
  readonly asked: string[] = [];
  /** What the server wrote to its log. */
  readonly log: string[] = [];
  initialized!: InitializeResult;
  private readonly published = new Map<string, { version: number | undefined; diagnostics: Diagnostic[] }>();
  private waiting: (() => void)[] = [];
  private count = 0;

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.process = child;
    this.connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
      this.published.set(uri, { version, diagnostics });
      this.wake();
    });
    this.connection.onNotification(LogMessageNotification.type, ({ message }) => void this.log.push(message));
    for (const method of askable) {
      this.connection.onRequest(method, () => {
        this.asked.push(method);
        return null;
      });
    }
    this.connection.onClose(() => this.wake());
    this.connection.listen();
  }

  static async start(options: SessionOptions = {}): Promise<Session> {
    const program = options.command ?? ['server/node/main.ts', '--stdio'];
    const child = spawn(process.execPath, [join(root, program[0]!), ...program.slice(1)], {
      stdio: 'pipe',
      env: { ...process.env, ...options.env },
    });
    child.stderr.pipe(process.stderr);
    const session = new Session(child);
    options.before?.(session.connection);
    session.initialized = await session.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: options.rootUri ?? null,
      ...(options.locale !== null && { locale: options.locale ?? 'en' }),
      capabilities: options.capabilities ?? editorCapabilities,
      ...(options.folders && {
        workspaceFolders: options.folders.map((uri) => ({ uri, name: uri.slice(uri.lastIndexOf('/') + 1) })),
      }),
      ...(!options.command && {
        initializationOptions: {
          ...(options.trusted && { trusted: true }),
          commands: { lenses: true },
        } satisfies InitializationOptions,
      }),
    });
    await session.connection.sendNotification(InitializedNotification.type, {});
    return session;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const exited = once(this.process, 'exit');
    await Promise.race([this.connection.sendRequest(ShutdownRequest.type), exited]);
    await this.connection.sendNotification(ExitNotification.type);
    const [code] = await exited;
    this.connection.dispose();
    assert.equal(code, 0, 'the server ends with 0 after shutdown and exit');
  }

  /** Opens a document of its own; resolves with what the server found in it. */
  async open(
    text: string,
    name = `document-${++this.count}.workflow.yaml`,
    folder = 'file:///work',
  ): Promise<[Document, Diagnostic[]]> {
    const document: Document = { uri: `${folder}/${name}`, version: 1, text };
    const languageId = name.endsWith('.json') ? 'json' : name.endsWith('.ts') ? 'typescript' : 'modelarts-workflow';
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: document.uri, languageId, version: 1, text },
    });
    return [document, await this.diagnosticsOf(document)];
  }

  /** Sends the edit that makes `from`, which stands once in the text, to `to`. */
  async replace(document: Document, from: string, to: string): Promise<Diagnostic[]> {
    const at = document.text.indexOf(from);
    assert.ok(at >= 0 && document.text.indexOf(from, at + 1) < 0, `\`${from}\` stands once in the text`);
    const source = new SourceText(document.text);
    return this.change(document, [{ range: source.rangeOf({ start: at, end: at + from.length }), text: to }]);
  }

  async change(document: Document, changes: TextDocumentContentChangeEvent[]): Promise<Diagnostic[]> {
    for (const change of changes) document.text = applied(document.text, change);
    document.version++;
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: document.uri, version: document.version },
      contentChanges: changes,
    });
    return this.diagnosticsOf(document);
  }

  /** The same with the text that the client holds after it: positions are in the client's own units. */
  async changeRaw(document: Document, contentChanges: TextDocumentContentChangeEvent[], text: string): Promise<Diagnostic[]> {
    document.text = text;
    document.version++;
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: document.uri, version: document.version },
      contentChanges,
    });
    return this.diagnosticsOf(document);
  }

  /** A document of another language, of which nothing is expected. */
  async openOther(text: string, name: string, languageId: string, folder = 'file:///work'): Promise<void> {
    const textDocument = { uri: `${folder}/${name}`, languageId, version: 1, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  /** What was last said of a document, if anything. */
  publishedFor(uri: string): Diagnostic[] | undefined {
    return this.published.get(uri)?.diagnostics;
  }

  async close(document: Document): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: document.uri } });
  }

  ask<P, R, PR, E, RO>(type: ProtocolRequestType<P, R, PR, E, RO>, params: RequestParam<P>): Promise<R> {
    return this.connection.sendRequest(type, params);
  }

  /** What the server said of this version of the document. */
  async diagnosticsOf({ uri, version }: Document): Promise<Diagnostic[]> {
    for (;;) {
      const published = this.published.get(uri);
      if (published?.version === version) return published.diagnostics;
      assert.equal(this.process.exitCode, null, 'the server is alive');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** What the server says of the document next, without an edit. */
  async nextDiagnostics({ uri }: Document): Promise<Diagnostic[]> {
    const before = this.published.get(uri);
    for (;;) {
      const published = this.published.get(uri);
      if (published && published !== before) return published.diagnostics;
      assert.equal(this.process.exitCode, null, 'the server is alive');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

export function applied(text: string, change: TextDocumentContentChangeEvent): string {
  if (!('range' in change)) return change.text;
  const source = new SourceText(text);
  return text.slice(0, source.offsetAt(change.range.start)) + change.text + text.slice(source.offsetAt(change.range.end));
}

/** What a person would point at. */
export function textAt(document: Document, range: Range): string {
  const source = new SourceText(document.text);
  return source.text.slice(source.offsetAt(range.start), source.offsetAt(range.end));
}

/** A text with the cursor mark `‸` taken out, and where it stood. */
export function marked(text: string): { readonly text: string; readonly position: { line: number; character: number } } {
  const at = text.indexOf('‸');
  assert.ok(at >= 0, 'the text has a cursor mark');
  const clean = text.replace('‸', '');
  return { text: clean, position: new SourceText(clean).positionAt(at) };
}
