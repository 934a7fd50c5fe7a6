// A window of the workbench in a real browser. Extensions under development and a test module are given as the desktop's
// --extensionDevelopmentPath and --extensionTestsPath would be: through the settings in the workbench's page.
import { resolve } from 'node:path';
import { format } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumPath } from './chromium.ts';
import type { VscodeServer } from './server.ts';

export interface WindowOptions {
  readonly folder?: string;
  /** Folders of extensions that are loaded unpacked. */
  readonly develop?: readonly string[];
  /** A module whose `run()` VS Code calls in the extension host; ends the window. */
  readonly tests?: string;
  readonly size?: { readonly width: number; readonly height: number };
  /** Lines of the consoles of page and extension host, which tells its errors there too. */
  readonly onLog?: (line: string) => void;
}

export interface WorkbenchWindow {
  readonly browser: Browser;
  readonly page: Page;
  /** Resolves when the test module is done: 0 where `run()` resolved; a text where the page crashed. */
  readonly exit: Promise<number | string>;
  close(): Promise<void>;
}

/** Without `tests`: resolves when the workbench has restored its parts. */
export async function openWindow(server: VscodeServer, options: WindowOptions): Promise<WorkbenchWindow> {
  const { folder, develop = [], tests, size = { width: 1280, height: 800 }, onLog = () => {} } = options;
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', // no look-up leaves the machine
    ],
  });
  try {
    const context = await browser.newContext({ viewport: size, locale: 'en-US' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
    // Machines of tests are small and busy: patience costs nothing where all goes well.
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    const exit = Promise.withResolvers<number | string>();
    page.on('console', (message) => onLog(`[console ${message.type()}] ${message.text()}`));
    page.on('pageerror', (error) => onLog(`[page] ${error.message}`));
    page.on('crash', () => exit.resolve('the page crashed'));
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => onLog(`[${type}] ${format(...args)}`));
    await page.exposeFunction('codeAutomationExit', (code: number) => exit.resolve(code));
    const remote = (path: string) => ({ scheme: 'vscode-remote', authority: server.host, path: resolve(path) });
    await page.addInitScript(giveDevelopmentOptions, {
      ...(develop.length > 0 && { extensions: develop.map(remote) }),
      ...(tests !== undefined && { extensionTestsPath: remote(tests) }),
    });
    const query = new URLSearchParams(folder === undefined ? { ew: 'true' } : { folder: resolve(folder) });
    query.set(
      'payload',
      JSON.stringify([
        ['skipWelcome', 'true'],
        ['skipReleaseNotes', 'true'],
      ]),
    );
    await page.goto(`${server.origin}/?${query}`);
    if (tests === undefined) await restored(page);
    return { browser, page, exit: exit.promise, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** VS Code marks its phases among the page's performance entries. */
export async function restored(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      performance.getEntriesByName('code/LifecyclePhase/Restored').length > 0 &&
      document.querySelector('.monaco-workbench .part.statusbar') !== null,
  );
}

/** Runs in the page: after it is parsed and before the module of the workbench reads these settings. */
function giveDevelopmentOptions(options: object): void {
  document.addEventListener('readystatechange', () => {
    const meta = document.getElementById('vscode-workbench-web-configuration');
    if (!meta || document.readyState !== 'interactive') return;
    const settings = JSON.parse(meta.getAttribute('data-settings')!) as { developmentOptions?: object };
    settings.developmentOptions = { ...settings.developmentOptions, ...options };
    meta.setAttribute('data-settings', JSON.stringify(settings));
  });
}
