// Entry of the graph panel's bundle.
import type { FromGraphPanel, ToGraphPanel } from '../../core/protocol/webview.ts';
import { connectHost } from '../host.ts';
import { createGraphPanel, type GraphPanelState } from './panel.ts';

const host = connectHost<ToGraphPanel, FromGraphPanel, GraphPanelState>((message) => receive(message));
const receive = createGraphPanel(document.body, host);
host.post({ type: 'ready' });
