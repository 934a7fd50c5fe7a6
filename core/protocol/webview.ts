// Messages between the extension host and its webviews: exhaustive switches stand at both ends.
import type { Graph } from '../graph/graph.ts';
import type { Layout } from '../graph/layout.ts';
import type { RunState } from '../run/reduce.ts';

/** Texts of a webview in the user's language, by key. */
export type WebviewTexts = Readonly<Record<string, string>>;

// ---- the graph panel

export type ToGraphPanel =
  | {
      readonly type: 'graph';
      readonly title: string;
      readonly graph: Graph;
      readonly layout: Layout;
      readonly findings: readonly { readonly step: string; readonly errors: number; readonly warnings: number }[];
      readonly texts: WebviewTexts;
    }
  | { readonly type: 'empty'; readonly message: string; readonly texts: WebviewTexts }
  | { readonly type: 'run'; readonly run: RunState | undefined; readonly now: number }
  | { readonly type: 'select'; readonly step: string | undefined }
  | { readonly type: 'export'; readonly format: 'svg' };

export type FromGraphPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'select'; readonly step: string | undefined }
  | { readonly type: 'open'; readonly step: string }
  | { readonly type: 'openLog'; readonly step: string }
  | { readonly type: 'run' }
  | { readonly type: 'stop' }
  | { readonly type: 'exported'; readonly format: 'svg'; readonly text: string };

// ---- the log panel: pulls windows of a log, never receives the whole

export type ToLogPanel =
  | { readonly type: 'run'; readonly run: RunState | undefined; readonly texts: WebviewTexts; readonly now: number }
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
  | { readonly type: 'watch'; readonly step: string }
  | { readonly type: 'window'; readonly request: number; readonly step: string; readonly first: number; readonly count: number }
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
