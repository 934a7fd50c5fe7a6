// Test only, never packaged: an extension that runs what a browser test sends, with the API of the same window's extension host.
// Is also the extension under development beside which VS Code agrees to run host tests of an installed package.
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext): void {
  const at = process.env['WEFT_TEST_BRIDGE'];
  if (!at) return;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.on('end', async () => {
      let answer: object;
      try {
        const { source, argument } = JSON.parse(text) as { source: string; argument: unknown };
        // The test's own function, sent as text.
        const work = (0, eval)(`(${source})`) as (api: typeof vscode, argument: unknown) => unknown;
        answer = { value: (await work(vscode, argument)) ?? null };
      } catch (error) {
        answer = { error: error instanceof Error ? error.stack : String(error) };
      }
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
  });
  rmSync(at, { force: true });
  server.listen(at);
  context.subscriptions.push({ dispose: () => server.close() });
}
