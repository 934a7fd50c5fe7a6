// The language server as a Node process: over stdio, IPC, a pipe or a socket, as the arguments of LSP servers say (`--stdio`).
import { Worker } from 'node:worker_threads';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodePort } from '../../layout/ports.ts';
import { createWorkerEngine } from '../../layout/worker-engine.ts';
import { serve } from '../server.ts';
import { rootEngines } from '../../loader/compile-document.ts';
import { compile, release } from './compile.ts';
import { listFolder } from './list-folder.ts';
import { programs } from './programs.ts';

// From source in tests, else beside the bundle of this file.
const worker = new URL(import.meta.url.endsWith('.ts') ? '../../layout/main.ts' : '../layout/worker.mjs', import.meta.url);

serve(createConnection(ProposedFeatures.all), {
  compile,
  release,
  engines: rootEngines,
  listFolder,
  programs,
  layout: createWorkerEngine({
    startWorker: () => nodePort(new Worker(worker)),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  }),
});
