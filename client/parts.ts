// The parts of the extension that commands, views and panels work with. Made once by client/extension.ts.
import type * as vscode from 'vscode';
import type { Clouds } from './cloud/clouds.ts';
import type { CloudKeys } from './cloud/keys.ts';
import type { RequestBodies } from './commands/body.ts';
import type { Engines } from './engine-process.ts';
import type { LanguageServer } from './language-client.ts';
import type { RunStore } from './run-store.ts';
import type { WorkflowsView } from './views/workflows-view.ts';
import type { GraphPanels } from './webviews/graph-panel.ts';
import type { LogPanels } from './webviews/log-panel.ts';
import type { MetricsPanels } from './webviews/metrics-panel.ts';

export interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly server: LanguageServer;
  readonly engines: Engines;
  readonly keys: CloudKeys;
  readonly clouds: Clouds;
  readonly runs: RunStore;
  readonly graphs: GraphPanels;
  readonly logs: LogPanels;
  readonly metrics: MetricsPanels;
  readonly workflows: WorkflowsView;
  readonly bodies: RequestBodies;
}
