// A workflow in TypeScript, edit to diagnostics: our server runs the program and checks what it makes; beside it the TypeScript service, which
// checks its types, on the same text with the same edits. Both are processes over stdio; ours waits for a pause of 60 ms in typing.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  type Position,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { InitializationOptions } from '../core/protocol/lsp.ts';
import { SourceText } from '../core/text/source.ts';
import { type Figure, quantile } from './figure.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const edits = 30;

export async function* typescript(): AsyncGenerator<Figure> {
  const example = readFileSync(here('../examples/digits/digits.workflow.ts'), 'utf8');
  for (const [name, text, mark] of [
    ['the example, 9 steps', example, "title: 'Collect pictures'"],
    ['100 steps, 1,200 lines', written(100), "title: 'Job 50'"],
    ['500 steps, 6,000 lines', written(500), "title: 'Job 250'"],
  ] as const) {
    const ours = await timed(text, mark, oursOf);
    const peer = await timed(text, mark, serviceOf);
    const row = (what: string, value: number, other: number, bar?: string): Figure => ({
      what: `${what}, ${name}`,
      value,
      unit: 'ms',
      peer: { name: 'TypeScript service', value: other },
      ...(bar && { bar }),
    });
    yield row('open to diagnostics, first document', ours.open, peer.open);
    yield row('edit to diagnostics, p50', quantile(ours.edits, 0.5), quantile(peer.edits, 0.5));
    yield row('edit to diagnostics, p95', quantile(ours.edits, 0.95), quantile(peer.edits, 0.95), '<= 400 ms');
  }
}

/** A program with every step written out, as a generator or a port from another language leaves it. */
function written(steps: number): string {
  const lines = [
    "import * as wf from 'weft';",
    "const out = wf.storage.output('out');",
    "const flavor = wf.param.json('flavor');",
  ];
  for (let index = 0; index < steps; index++) {
    lines.push(`const job${index} = wf.job('job_${index}', {`, `  title: 'Job ${index}',`, '  algorithm: {');
    lines.push("    code_dir: './src/',", "    command: 'node train.mjs',", "    engine: { image_url: 'weft/node:24' },", '  },');
    if (index > 0) lines.push(`  inputs: { data_url: job${index - 1}.outputs.result },`);
    lines.push(`  outputs: { result: { obs_path: out.join('/${index}/') } },`, '  spec: { resource: { flavor } },', '});', '');
  }
  const all = Array.from({ length: steps }, (_, index) => `job${index}`).join(', ');
  lines.push(`export default wf.workflow('flow', { description: 'generated' }, [${all}]);`, '');
  return lines.join('\n');
}

interface Times {
  readonly open: number;
  readonly edits: readonly number[];
}

/** Something that is told of a text and its edits, and tells when it has checked the newest. */
interface Checker {
  open(file: string, text: string): Promise<void>;
  insert(at: Position, text: string): Promise<void>;
}

async function timed(text: string, mark: string, start: (child: ChildProcessWithoutNullStreams) => Checker): Promise<Times> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'weft-bench-')));
  const file = join(folder, 'a.workflow.ts');
  const paths = { weft: [here('../sdk/index.ts')] };
  const compilerOptions = { strict: true, module: 'nodenext', target: 'es2024', allowImportingTsExtensions: true, noEmit: true };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, types: [], paths } }));
  writeFileSync(file, text);
  const program =
    start === oursOf
      ? [here('../dist/server/main.node.mjs'), '--stdio']
      : [here('../node_modules/typescript/bin/tsc'), '--lsp', '--stdio'];
  const child = spawn(process.execPath, program, { stdio: 'pipe' });
  try {
    const checker = start(child);
    let started = performance.now();
    await checker.open(file, text);
    const open = performance.now() - started;
    const place = new SourceText(text).positionAt(text.indexOf(mark) + "title: '".length);
    const times: number[] = [];
    for (let index = 0; index < edits; index++) {
      started = performance.now();
      await checker.insert(place, 'x');
      times.push(performance.now() - started);
    }
    return { open, edits: times };
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function oursOf(child: ChildProcessWithoutNullStreams): Checker {
  const { connection, version, open, change } = connected(child);
  let told: ((version: number | undefined) => void) | undefined;
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => told?.(params.version));
  const checked = (wanted: number) =>
    new Promise<void>((resolve) => {
      told = (of) => of === wanted && resolve();
    });
  return {
    async open(file, text) {
      const done = checked(version());
      await open(pathToFileURL(file).href, text, { textDocument: { publishDiagnostics: { versionSupport: true } } });
      await done;
    },
    async insert(at, text) {
      const done = checked(version() + 1);
      await change(at, text);
      await done;
    },
  };
}

/** Asked for its findings after each edit. */
function serviceOf(child: ChildProcessWithoutNullStreams): Checker {
  const { connection, open, change } = connected(child);
  const check = (uri: string) => connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
  let uri = '';
  return {
    async open(file, text) {
      uri = pathToFileURL(file).href;
      connection.onRequest(RegistrationRequest.type, () => {});
      connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => null));
      await open(uri, text, { textDocument: { diagnostic: {} } });
      await check(uri);
    },
    async insert(at, text) {
      await change(at, text);
      await check(uri);
    },
  };
}

function connected(child: ChildProcessWithoutNullStreams) {
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.listen();
  let uri = '';
  let version = 1;
  return {
    connection,
    version: () => version,
    async open(of: string, text: string, capabilities: ClientCapabilities): Promise<void> {
      uri = of;
      const initializationOptions: InitializationOptions = { trusted: true };
      const rootUri = uri.slice(0, uri.lastIndexOf('/'));
      await connection.sendRequest(InitializeRequest.type, {
        processId: process.pid,
        rootUri,
        capabilities,
        initializationOptions,
      });
      await connection.sendNotification(InitializedNotification.type, {});
      const textDocument = { uri, languageId: 'typescript', version, text };
      await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    },
    async change(at: Position, text: string): Promise<void> {
      version++;
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ range: { start: at, end: at }, text }],
      });
    },
  };
}
