// Messages between the extension host and its webviews: exhaustive switches stand at both ends.
import type { WeftResourceSample } from '../api/weft.ts';
import type { Graph } from '../graph/graph.ts';
import type { Direction, Layout } from '../graph/layout.ts';
import type { RunEvent } from '../run/events.ts';
import type { RunState } from '../run/reduce.ts';

/** Texts of a webview in the user's language, by key: `textsFor(graphTexts, language)` of core/views/texts.ts. */
export type WebviewTexts = Readonly<Record<string, string>>;

/** What happened since the last `run`: folded by the webview, so that a busy run of 1,000 steps is not sent 50 times a second. */
export interface RunEvents {
  readonly type: 'events';
  readonly events: readonly RunEvent[];
  /** The host's clock, for durations. */
  readonly now: number;
}

// ---- the graph panel

export type ToGraphPanel =
  | {
      readonly type: 'graph';
      readonly title: string;
      readonly graph: Graph;
      readonly layout: Layout;
      /** Which way `layout` flows; `right` when absent. */
      readonly direction?: Direction;
      readonly findings: readonly { readonly step: string; readonly errors: number; readonly warnings: number }[];
      readonly texts: WebviewTexts;
    }
  | { readonly type: 'empty'; readonly message: string; readonly texts: WebviewTexts }
  | { readonly type: 'run'; readonly run: RunState | undefined; readonly now: number }
  | RunEvents
  | { readonly type: 'select'; readonly step: string | undefined }
  | { readonly type: 'export'; readonly format: 'svg' };

export type FromGraphPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'select'; readonly step: string | undefined }
  | { readonly type: 'open'; readonly step: string }
  | { readonly type: 'openLog'; readonly step: string }
  | { readonly type: 'openMetrics'; readonly step: string }
  | { readonly type: 'run' }
  | { readonly type: 'runFrom'; readonly step: string }
  | { readonly type: 'stop' }
  /** Send the graph again, flowing that way; `fresh`: not like the one before. */
  | { readonly type: 'arrange'; readonly direction: Direction; readonly fresh: boolean }
  | { readonly type: 'exported'; readonly format: 'svg'; readonly text: string };

// ---- the log panel: pulls windows of a log, never receives the whole

export type ToLogPanel =
  | { readonly type: 'run'; readonly run: RunState | undefined; readonly texts: WebviewTexts; readonly now: number }
  | RunEvents
  | { readonly type: 'show'; readonly step: string }
  | { readonly type: 'size'; readonly step: string; readonly lines: number; readonly bytes: number; readonly ended: boolean }
  | {
      readonly type: 'lines';
      readonly request: number;
      readonly step: string;
      readonly first: number;
      readonly lines: readonly string[];
      readonly times?: readonly number[];
    }
  /** Repeated while a search goes on; `lines` are those found since the last, ascending. */
  | {
      readonly type: 'matches';
      readonly request: number;
      readonly step: string;
      readonly lines: readonly number[];
      readonly done: boolean;
    }
  | { readonly type: 'failed'; readonly message: string };

export type FromLogPanel =
  | { readonly type: 'ready' }
  /** From now on `size` of this step, whenever it changes; of no other. */
  | { readonly type: 'watch'; readonly step: string }
  | { readonly type: 'window'; readonly request: number; readonly step: string; readonly first: number; readonly count: number }
  /** Ends the search before; with an empty `text` begins none. */
  | {
      readonly type: 'search';
      readonly request: number;
      readonly step: string;
      readonly text: string;
      readonly regex: boolean;
      readonly caseSensitive: boolean;
    }
  | { readonly type: 'openFile'; readonly file: string; readonly line: number; readonly column: number | undefined }
  | { readonly type: 'save'; readonly step: string }
  | { readonly type: 'stop' };

// ---- the metrics panel: one run, or several laid over each other

export type ToMetricsPanel =
  /** `RunEvents` afterwards are of any of these runs. */
  | { readonly type: 'runs'; readonly runs: readonly RunState[]; readonly texts: WebviewTexts; readonly now: number }
  | RunEvents
  | { readonly type: 'show'; readonly step: string }
  /** Samples after those sent before, of an attempt of a step that is watched; `fresh`: all of them. */
  | {
      readonly type: 'resources';
      readonly run: string;
      readonly step: string;
      readonly fresh: boolean;
      readonly samples: readonly WeftResourceSample[];
    };

export type FromMetricsPanel =
  | { readonly type: 'ready' }
  /** From now on `resources` of these steps, in all shown runs; of no others. */
  | { readonly type: 'watch'; readonly steps: readonly string[] }
  /** Let the user pick runs to lay over the first one. */
  | { readonly type: 'compare' }
  | { readonly type: 'drop'; readonly run: string }
  | { readonly type: 'openLog'; readonly step: string }
  | { readonly type: 'saveCsv'; readonly name: string; readonly text: string };
