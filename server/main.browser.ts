// The language server as a web worker of a browser's VS Code. Documents cannot be compiled here: there are no files to read.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { browserPort } from '../layout/ports.ts';
import { createWorkerEngine } from '../layout/worker-engine.ts';
import { serve } from './server.ts';

declare const self: DedicatedWorkerGlobalScope;

serve(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), {
  layout: createWorkerEngine({
    startWorker: () => browserPort(new Worker(new URL('../layout/worker.mjs', self.location.href), { type: 'module' })),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  }),
});
