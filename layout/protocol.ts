// Messages between whoever wants a layout and the worker, and the two things an environment has to supply.
// Knows neither Node nor the browser.
import type { Graph } from '../core/graph/graph.ts';
import type { Direction, Layout } from '../core/graph/layout.ts';

export type ToLayoutWorker =
  | {
      readonly type: 'layout';
      readonly id: number;
      readonly graph: Graph;
      readonly direction: Direction;
      readonly key: string | undefined;
      readonly fresh: boolean;
      /** Set after Graphviz took too long: own layout only. */
      readonly quick: boolean;
    }
  | { readonly type: 'forget'; readonly key: string };

export type FromLayoutWorker =
  | { readonly type: 'layout'; readonly id: number; readonly layout: Layout }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

/** One end of a channel to a worker. */
export interface WorkerPort {
  postMessage(message: unknown): void;
  /** One listener; `message` is the data, not an event. */
  onMessage(listener: (message: unknown) => void): void;
  /** The worker died by itself. */
  onError(listener: (message: string) => void): void;
  terminate(): void;
}

export interface LayoutHost {
  startWorker(): WorkerPort;
  /** Calls back once after `ms`, unless the returned function was called before. */
  after(ms: number, callback: () => void): () => void;
}
