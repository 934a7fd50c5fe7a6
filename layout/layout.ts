// The public face of layout/: a graph in, positions out. Always slow enough to belong in a worker (worker-engine.ts);
// a one-shot process may call `arrange` (arrange.ts) in place.
import type { Graph } from '../core/graph/graph.ts';
import type { Direction, Layout } from '../core/graph/layout.ts';

export interface LayoutOptions {
  /** Which way the work flows; `right` when absent. */
  readonly direction?: Direction;
  /**
   * Names the picture, as a document's URI: the next layout of the same key and direction is seeded by this one, so that an edit
   * moves little, and replaces a request of that key that has not begun.
   */
  readonly key?: string;
  /** Forget what was drawn before for this key. */
  readonly fresh?: boolean;
}

export interface LayoutEngine {
  /** Undefined when a newer request of the same key came before this one was begun, or the engine was disposed of. */
  layout(graph: Graph, options?: LayoutOptions): Promise<Layout | undefined>;
  /** The picture was closed. */
  forget(key: string): void;
  dispose(): void;
}
