// The worker's body: requests in, layouts out, with the last layout of every picture kept as the seed of the next.
// Neutral to the environment: main.ts connects it to the port of Node or of the browser.
import type { Direction, Layout } from '../core/graph/layout.ts';
import { arrange } from './arrange.ts';
import type { FromLayoutWorker, ToLayoutWorker } from './protocol.ts';

/** A handler for the messages of one worker. */
export function createHandler(answer: (message: FromLayoutWorker) => void): (message: ToLayoutWorker) => Promise<void> {
  const drawn = new Map<string, { readonly direction: Direction; readonly layout: Layout }>();
  return async (message) => {
    if (message.type === 'forget') {
      drawn.delete(message.key);
      return;
    }
    const { id, graph, direction, key, fresh, quick } = message;
    try {
      const before = key === undefined || fresh ? undefined : drawn.get(key);
      const seed = before?.direction === direction ? before.layout : undefined;
      const layout = await arrange(graph, { direction, quick, ...(seed && { seed }) });
      if (key !== undefined) drawn.set(key, { direction, layout });
      answer({ type: 'layout', id, layout });
    } catch (error) {
      answer({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });
    }
  };
}
