// The HTML around a webview app: nothing but our own bundle may load or run. What the host must remember of a panel (which document,
// which run) is kept beside the app's own state, so that it is there after a reload of the window whatever the app remembers.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

export type AppName = 'graph' | 'log' | 'metrics';

/** A message of ours that the app never sees: what to remember from now on. */
interface Remember {
  readonly type: 'weft.remember';
  readonly memory: object;
}

interface KeptState<Memory> {
  readonly memory?: Memory;
  readonly app?: unknown;
}

export function webviewOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extension, 'dist', 'media')] };
}

export function page(webview: vscode.Webview, extension: vscode.Uri, app: AppName, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'media', name)).toString();
  const policy = [
    "default-src 'none'",
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${resource(`${app}.css`)}">
</head>
<body>
<script nonce="${nonce}">${memoryScript}</script>
<script nonce="${nonce}" src="${resource(`${app}.js`)}"></script>
</body>
</html>`;
}

export function remember(webview: vscode.Webview, memory: object): Thenable<boolean> {
  return webview.postMessage({ type: 'weft.remember', memory } satisfies Remember);
}

/** What `remember` was told last, from the state that VS Code gives back. */
export function remembered<Memory extends object>(state: unknown): Memory | undefined {
  return (state as KeptState<Memory> | undefined)?.memory;
}

/** Runs before the app: shares the one state object that a webview has between host and app. */
const memoryScript = `(() => {
  const api = acquireVsCodeApi();
  let { memory, app } = api.getState() ?? {};
  const keep = () => api.setState({ memory, app });
  addEventListener('message', (event) => {
    if (event.data?.type !== 'weft.remember') return;
    event.stopImmediatePropagation();
    memory = event.data.memory;
    keep();
  });
  globalThis.acquireVsCodeApi = () => ({
    postMessage: (message) => api.postMessage(message),
    getState: () => app,
    setState: (state) => { app = state; keep(); return state; },
  });
})();`;

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
