// Entry of the log panel's bundle.
import type { FromLogPanel, ToLogPanel } from '../../core/protocol/webview.ts';
import { connectHost } from '../host.ts';
import { createLogPanel, type LogPanelState } from './panel.ts';

const host = connectHost<ToLogPanel, FromLogPanel, LogPanelState>((message) => receive(message));
const receive = createLogPanel(document.body, host);
host.post({ type: 'ready' });
