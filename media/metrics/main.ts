// Entry of the metrics panel's bundle.
import type { FromMetricsPanel, ToMetricsPanel } from '../../core/protocol/webview.ts';
import { connectHost } from '../host.ts';
import { createMetricsPanel, type MetricsPanelState } from './panel.ts';

const host = connectHost<ToMetricsPanel, FromMetricsPanel, MetricsPanelState>((message) => receive(message));
const receive = createMetricsPanel(document.body, host);
host.post({ type: 'ready' });
