// The language server with what Node gives it: files, confined programs, a worker for layouts.
import { Worker } from 'node:worker_threads';
import type { Connection } from 'vscode-languageserver';
import { nodePort } from '../../layout/ports.ts';
import { createWorkerEngine } from '../../layout/worker-engine.ts';
import { rootEngines } from '../../loader/compile-document.ts';
import { serve } from '../server.ts';
import { compile, release } from './compile.ts';
import { listFolder } from './list-folder.ts';
import { programs } from './programs.ts';

// From source in tests, else beside the bundle of this file.
const worker = new URL(import.meta.url.endsWith('.ts') ? '../../layout/main.ts' : '../layout/worker.mjs', import.meta.url);

export function serveNode(connection: Connection): void {
  const locale = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'];
  serve(connection, {
    compile,
    release,
    engines: rootEngines,
    listFolder,
    programs,
    ...(locale && { locale }),
    layout: createWorkerEngine({
      startWorker: () => nodePort(new Worker(worker)),
      after: (ms, callback) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    }),
  });
}
