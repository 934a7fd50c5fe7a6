// The browser's bundle in an environment that has what a web worker has and nothing of Node: it starts, answers, checks and draws.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createContext, Script } from 'node:vm';
import { Worker as NodeWorker } from 'node:worker_threads';
import { build } from 'esbuild';
import type { GraphResult } from '../../core/protocol/lsp.ts';
import { bundles } from '../../scripts/bundle.ts';
import { editorCapabilities } from './session.ts';
import { workflow } from './workflow.ts';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

test('the language server runs as a web worker', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-browser-'));
  const outfile = join(folder, 'main.browser.js');
  await build({ ...bundles['dist/server/main.browser.js'], outfile });

  const received: Message[] = [];
  let wake: () => void = () => {};
  const workers: NodeWorker[] = [];
  class Worker {
    private readonly worker: NodeWorker;
    constructor(url: URL) {
      assert.equal(String(url), 'https://editor.invalid/dist/layout/worker.mjs');
      this.worker = new NodeWorker(new URL('../../layout/main.ts', import.meta.url));
      workers.push(this.worker);
    }
    postMessage(message: unknown): void {
      this.worker.postMessage(message);
    }
    terminate(): void {
      void this.worker.terminate();
    }
    addEventListener(event: string, listener: (event: unknown) => void): void {
      this.worker.on(event, (value: unknown) => listener(event === 'message' ? { data: value } : value));
    }
  }
  const scope = {
    location: { href: 'https://editor.invalid/dist/server/main.browser.js' },
    onmessage: undefined as ((event: { data: unknown }) => void) | undefined,
    postMessage(message: Message) {
      received.push(structuredClone(message));
      wake();
    },
    addEventListener() {},
  };
  const globals: Record<string, unknown> = {
    self: scope,
    Worker,
    URL,
    TextDecoder,
    TextEncoder,
    setTimeout,
    clearTimeout,
    console,
  };
  new Script(readFileSync(outfile, 'utf8'), { filename: outfile }).runInContext(createContext(globals));

  const send = (message: object) => scope.onmessage?.({ data: { jsonrpc: '2.0', ...message } });
  const until = async (wanted: (message: Message) => boolean): Promise<Message> => {
    for (;;) {
      const found = received.find(wanted);
      if (found) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: editorCapabilities } });
  const initialized = await until(({ id }) => id === 1);
  assert.match(JSON.stringify(initialized.result), /"hoverProvider":true/);

  const uri = 'vscode-vfs://host/small.workflow.yaml';
  const textDocument = { uri, languageId: 'modelarts-workflow', version: 1, text: workflow };
  send({ method: 'textDocument/didOpen', params: { textDocument } });
  const published = await until(({ method }) => method === 'textDocument/publishDiagnostics');
  assert.deepEqual(published.params, { uri, version: 1, diagnostics: [] });

  send({ id: 2, method: 'weft/graph', params: { uri } });
  const { layout } = (await until(({ id }) => id === 2)).result as GraphResult;
  assert.equal(layout.nodes.length, 4);

  send({ id: 3, method: 'weft/compile', params: { uri } });
  assert.match(JSON.stringify((await until(({ id }) => id === 3)).error), /desktop/);
  await Promise.all(workers.map((worker) => worker.terminate()));
  rmSync(folder, { recursive: true });
});
