// Our language server and yaml-language-server with our schema, each a process over stdio, on the same texts in the same run:
// open to diagnostics, keystroke to diagnostics, completion. The peer's figures hold its own debounce, as its users feel it.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { SourceText } from '../core/text/source.ts';
import { type Figure, quantile } from './figure.ts';
import { generatedWorkflow } from '../test/support/generated/workflow.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const schema = here('../schemas/published/workflow.schema.json');
/** Steps, and about how many lines they are. */
const sizes = [
  [67, '1,000'],
  [334, '5,000'],
  [736, '11,000'],
] as const;
const bars: Readonly<Record<string, string>> = { keystroke: '<= 16 ms', open: '<= 150 ms', completion: '<= 5 ms' };
const keystrokes = 30;

interface Times {
  readonly open: number;
  readonly keystrokes: readonly number[];
  readonly completions: readonly number[];
  readonly peakMb: number;
}

export async function* language(): AsyncGenerator<Figure> {
  for (const [steps, lines] of sizes) {
    const text = generatedWorkflow(steps);
    const ours = await timesOf([here('../dist/server/main.node.mjs'), '--stdio'], 'modelarts-workflow', text);
    const peer = await timesOf([here('../node_modules/yaml-language-server/bin/yaml-language-server'), '--stdio'], 'yaml', text);
    const name = 'yaml-language-server';
    const barred = lines === '11,000' ? bars : {};
    const row = (what: string, value: number, other: number, unit: string, bar?: string): Figure => ({
      what: `${what}, ${lines} lines`,
      value,
      unit,
      peer: { name, value: other },
      ...(bar && { bar }),
    });
    yield row('open to diagnostics, first document', ours.open, peer.open, 'ms', barred['open']);
    yield row('keystroke to diagnostics, p50', quantile(ours.keystrokes, 0.5), quantile(peer.keystrokes, 0.5), 'ms');
    yield row(
      'keystroke to diagnostics, p95',
      quantile(ours.keystrokes, 0.95),
      quantile(peer.keystrokes, 0.95),
      'ms',
      barred['keystroke'],
    );
    yield row('completion, p50', quantile(ours.completions, 0.5), quantile(peer.completions, 0.5), 'ms', barred['completion']);
    yield row('memory of the server', ours.peakMb, peer.peakMb, 'MB');
  }
}

/** A fresh process for each text: what a user waits for after opening the editor. */
async function timesOf(program: readonly string[], languageId: string, text: string): Promise<Times> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'));
  const uri = pathToFileURL(join(folder, 'a.workflow.yaml')).href;
  writeFileSync(join(folder, 'a.workflow.yaml'), text);
  const child = spawn(process.execPath, program, { stdio: 'pipe' });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  try {
    const published = watch(connection);
    connection.listen();
    await begin(connection, folder);
    let started = performance.now();
    let next = published();
    await connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
    await next;
    const open = performance.now() - started;

    let source = new SourceText(text);
    const at = source.positionAt(text.indexOf('title: ', text.length / 2) + 'title: '.length);
    const times: number[] = [];
    for (let index = 0; index < keystrokes; index++) {
      next = published();
      started = performance.now();
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version: index + 2 },
        contentChanges: [{ range: { start: at, end: at }, text: 'x' }],
      });
      await next;
      times.push(performance.now() - started);
    }
    const completions: number[] = [];
    source = new SourceText(text);
    const key = source.positionAt(text.indexOf('    spec:', text.length / 2) + 4);
    for (let index = 0; index < 20; index++) {
      started = performance.now();
      await connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position: key });
      completions.push(performance.now() - started);
    }
    return { open, keystrokes: times, completions, peakMb: peakOf(child) };
  } finally {
    connection.dispose();
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A function that resolves with the next publication of diagnostics. */
function watch(connection: ProtocolConnection): () => Promise<void> {
  let told: (() => void) | undefined;
  connection.onNotification(PublishDiagnosticsNotification.type, () => told?.());
  return () => new Promise((resolve) => (told = resolve));
}

async function begin(connection: ProtocolConnection, folder: string): Promise<void> {
  const settings = { yaml: { schemas: { [pathToFileURL(schema).href]: '*.workflow.yaml' }, validate: true, completion: true } };
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section }) => (section === 'yaml' ? settings.yaml : section ? {} : settings)),
  );
  connection.onRequest(RegistrationRequest.type, () => {});
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'bench' }],
    capabilities: {
      workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true }, workspaceFolders: true },
      textDocument: { completion: { completionItem: { snippetSupport: true } }, publishDiagnostics: { versionSupport: true } },
    },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  await connection.sendNotification('workspace/didChangeConfiguration', { settings });
}

/** Linux only; NaN elsewhere. */
function peakOf(child: ChildProcessWithoutNullStreams): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
