// A graph of 100 and 1,000 steps from nothing to first paint: layout in its worker, then the panel in a browser.
import { Worker } from 'node:worker_threads';
import type { FromGraphPanel, ToGraphPanel } from '../core/protocol/webview.ts';
import { graphTexts, textsFor } from '../core/views/texts.ts';
import { nodePort } from '../layout/ports.ts';
import { createWorkerEngine } from '../layout/worker-engine.ts';
import { openBrowser } from '../test/media/page.ts';
import type { Figure } from './figure.ts';
import { generatedGraph } from '../test/support/generated/graph.ts';

export async function* graph(): AsyncGenerator<Figure> {
  const browser = await openBrowser('graph');
  const engine = createWorkerEngine({
    startWorker: () => nodePort(new Worker(new URL('../dist/layout/worker.mjs', import.meta.url))),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  });
  try {
    for (const steps of [100, 1_000]) {
      const made = generatedGraph(steps);
      const started = performance.now();
      const layout = (await engine.layout(made))!;
      const arranged = performance.now() - started;
      const panel = await browser.open<ToGraphPanel, FromGraphPanel>();
      const message = {
        type: 'graph',
        title: 'made',
        graph: made,
        layout,
        findings: [],
        texts: textsFor(graphTexts, 'en'),
      } as const;
      const painting = performance.now();
      await panel.send(message);
      const painted = performance.now() - painting;
      await panel.close();
      yield { what: `layout of ${steps} steps, in its worker`, value: arranged, unit: 'ms' };
      yield { what: `first paint of ${steps} steps`, value: painted, unit: 'ms' };
      yield {
        what: `layout and first paint of ${steps} steps`,
        value: arranged + painted,
        unit: 'ms',
        ...(steps === 1_000 && { bar: '<= 500 ms' }),
      };
    }
  } finally {
    engine.dispose();
    await browser.close();
  }
}
