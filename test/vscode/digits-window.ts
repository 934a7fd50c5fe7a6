// One window on a copy of the digits example with the packaged extension, for the browser tests of a file.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import type { RunState } from '../../core/run/reduce.ts';
import { isEndedRun } from '../../core/run/status.ts';
import { findEngine, stopEngine } from '../../remote/local.ts';
import { type Bridge, connectBridge } from '../support/vscode/bridge.ts';
import { bridgeExtension } from '../support/vscode/host-bundle.ts';
import { packagedExtension } from '../support/vscode/packaged-extension.ts';
import { outputFolder, takePicture } from '../support/vscode/pictures.ts';
import { startServer } from '../support/vscode/server.ts';
import { eventually } from '../support/vscode/wait.ts';
import { openWindow } from '../support/vscode/window.ts';
import { webview } from '../support/vscode/workbench.ts';

export const workflowFile = 'digits.workflow.yaml';

export interface DigitsWindow {
  readonly page: Page;
  readonly host: Bridge;
  /** The workspace. */
  readonly folder: string;
  /** Every editor closed, the workflow as shipped but with as many epochs, nothing running; then the workflow opened. */
  fresh(epochs?: number): Promise<void>;
  /** What the engine itself says of its runs, newest first; none where there is no engine. */
  runs(): Promise<readonly RunState[]>;
  /** Waits until the engine has such a run. */
  runWhere(what: string, fits: (run: RunState) => boolean): Promise<RunState>;
  /** Clicks Run above the first line, and again where a lens that was just drawn anew has lost the click; resolves when a run has begun. */
  runByLens(): Promise<void>;
  /** The document of the graph panel, once it shows a graph. */
  graph(): Promise<Frame>;
  /** The document of the log view, once it shows a run. */
  log(): Promise<Frame>;
  picture(name: string): Promise<void>;
  /** Rejects where an error was thrown through the extension meanwhile. */
  close(): Promise<void>;
}

export interface DigitsOptions {
  readonly name: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly language?: 'zh-cn';
  readonly trust?: boolean;
  /** The file that is opened; the workflow in YAML when absent. */
  readonly file?: string;
}

export async function openDigits({ name, file = workflowFile, ...options }: DigitsOptions): Promise<DigitsWindow> {
  const example = join(import.meta.dirname, '../../examples/digits');
  const output = outputFolder(name);
  const server = await startServer({ vsix: [await packagedExtension()], ...options });
  const folder = join(server.folder, 'digits');
  // Runs of the example in the repository are not the test's.
  cpSync(example, folder, { recursive: true, filter: (file) => basename(file) !== '.weft' });
  const text = readFileSync(join(example, file), 'utf8');
  const troubles: string[] = [];
  const window = await openWindow(server, {
    folder,
    develop: [await bridgeExtension(server.folder)],
    // An error whose trace goes through our code.
    onLog: (line) => /(?:Error|ERR)\b[^]*\/weft\.weft-\d/.test(line) && troubles.push(line),
  }).catch(async (error: unknown) => {
    server.keepLogs(output);
    await server.stop();
    throw error;
  });
  const { page } = window;
  const host = connectBridge(server);

  async function runs(): Promise<readonly RunState[]> {
    const engine = await findEngine(folder);
    return engine ? (await engine.client.call('ListRuns')).map(({ state }) => state).reverse() : [];
  }

  return {
    page,
    host,
    folder,
    runs,
    runWhere: (what, fits) => eventually(what, async () => (await runs()).find(fits), 120_000),
    async fresh(epochs = 24) {
      await host.run(async (vscode, workspace) => {
        await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
        // The window's own files are its own matter.
        const ours = ({ isDirty, uri }: { isDirty: boolean; uri: { fsPath: string } }) =>
          isDirty && uri.fsPath.startsWith(workspace);
        for (const document of vscode.workspace.textDocuments.filter(ours)) {
          await vscode.window.showTextDocument(document);
          await vscode.commands.executeCommand('workbench.action.files.revert');
        }
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        await vscode.commands.executeCommand('workbench.action.closePanel');
        await vscode.commands.executeCommand('notifications.clearAll');
      }, folder);
      const engine = await findEngine(folder);
      for (const { id, workflowId, status } of await runs()) {
        if (isEndedRun(status)) continue;
        const path = { workflow_id: workflowId, execution_id: id };
        await engine!.client.call('CreateWorkflowExecutionsActions', { path, body: { action_name: 'stop' } });
      }
      await eventually('nothing runs', async () => (await runs()).every(({ status }) => isEndedRun(status)));
      writeFileSync(join(folder, file), text.replace('default: 24', `default: ${epochs}`));
      await host.run(
        async (vscode, path) => {
          const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
          // Where the lenses of the workflow are: at the top of a file, at the call in a program.
          const place = document.positionAt(Math.max(0, document.getText().indexOf('wf.workflow(')));
          const editor = await vscode.window.showTextDocument(document, {
            selection: new vscode.Range(place, place),
            preview: false,
          });
          editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
        },
        join(folder, file),
      );
      await page
        .locator('.codelens-decoration a', { hasText: /^(?:Run|运行)$/ })
        .first()
        .waitFor();
    },
    async runByLens() {
      const lens = page.locator('.codelens-decoration a', { hasText: /^(?:Run|运行)$/ }).first();
      const before = (await runs()).length;
      const hasBegun = async () => (await runs()).length > before;
      for (let click = 1; ; click++) {
        await lens.click();
        try {
          return void (await eventually('a run begins', hasBegun, 20_000));
        } catch (error) {
          if (click === 3) throw error;
        }
      }
    },
    graph: () => webview(page, '.graph-panel .card'),
    log: () => webview(page, '.log-panel'),
    picture: (picture) => takePicture(page, output, picture),
    async close() {
      await takePicture(page, output, 'at-end').catch(() => {});
      await window.close();
      server.keepLogs(join(output, 'logs'));
      await stopEngine(folder);
      await server.stop();
      if (troubles.length > 0) throw new Error(`The extension threw:\n${troubles.join('\n')}`);
    },
  };
}
