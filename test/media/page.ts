// A panel as VS Code shows it: the bundled app in a page of a real browser, under the content security policy that the extension
// sets, with the colours of a VS Code theme and an `acquireVsCodeApi`. Everything over 127.0.0.1; nothing of the app is replaced.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { bundles } from '../../scripts/bundle.ts';
import { chromiumPath } from '../support/vscode/chromium.ts';
import { type ThemeName, themeSheet } from './themes.ts';

export interface PanelPage<To, From> {
  readonly page: Page;
  /** A message of the host; handled when this resolves. */
  send(message: To): Promise<void>;
  /** What the panel has posted so far, oldest first. */
  posted(): Promise<From[]>;
  /** The next posted message of this type, or one that was posted since the last `take` and `forget`. */
  take<Type extends (From & { readonly type: string })['type']>(type: Type): Promise<Extract<From, { readonly type: Type }>>;
  forget(): Promise<void>;
  /** What `setState` was given last. */
  state(): Promise<unknown>;
  /** Fails on a console error, an exception or a violation of the content security policy; then closes the page. */
  close(): Promise<void>;
}

export interface PanelOptions {
  readonly theme?: ThemeName;
  readonly language?: 'en' | 'zh-cn';
  readonly size?: { readonly width: number; readonly height: number };
  /** What `getState` gives: the panel comes back. */
  readonly state?: unknown;
  readonly still?: boolean;
  /** The host's end in the page: answers a posted message with messages, at once. Its source goes there, so it knows only itself. */
  readonly answer?: (message: never) => readonly unknown[];
}

export interface PanelBrowser {
  open<To, From>(options?: PanelOptions): Promise<PanelPage<To, From>>;
  close(): Promise<void>;
}

/** Runs in the page before the app: the host's end, with what the app posts kept for the test. */
interface HostEnd {
  readonly posted: unknown[];
  state: unknown;
  violations: string[];
  answer(message: unknown): readonly unknown[];
}
type WindowWithHost = Window & { hostEnd: HostEnd; acquireVsCodeApi(): unknown };

export async function openBrowser(panel: 'graph' | 'log' | 'metrics'): Promise<PanelBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-media-'));
  const files = new Map<string, { readonly type: string; readonly text: string }>();
  for (const [kind, type] of [
    ['js', 'text/javascript'],
    ['css', 'text/css'],
  ] as const) {
    const outfile = join(folder, `${panel}.${kind}`);
    await build({ ...bundles[`dist/media/${panel}.${kind}`], outfile });
    files.set(`/${panel}.${kind}`, { type, text: readFileSync(outfile, 'utf8') });
  }
  const nonce = 'cmVwZWF0ZWQgb25seSBpbiB0ZXN0cw';
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const file = files.get(url.pathname);
    if (file) return response.writeHead(200, { 'content-type': `${file.type}; charset=utf-8` }).end(file.text);
    if (url.pathname === '/theme.css') {
      const theme = (url.searchParams.get('theme') ?? 'dark') as ThemeName;
      return response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(themeSheet(theme));
    }
    if (url.pathname !== '/') return response.writeHead(404).end();
    const theme = url.searchParams.get('theme') ?? 'dark';
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'self'; script-src 'nonce-${nonce}'`,
    });
    response.end(`<!DOCTYPE html>
<html lang="${url.searchParams.get('language')}">
<head><meta charset="utf-8"><link rel="stylesheet" href="/theme.css?theme=${theme}"><link rel="stylesheet" href="/${panel}.css"></head>
<body class="vscode-${theme}" data-vscode-theme-kind="vscode-${theme}"><script nonce="${nonce}" src="/${panel}.js"></script></body>
</html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    // As in VS Code, scroll bars are there.
    ignoreDefaultArgs: ['--hide-scrollbars'],
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
  });
  return {
    open: (options = {}) => openPanel(browser, origin, options),
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openPanel<To, From>(browser: Browser, origin: string, options: PanelOptions): Promise<PanelPage<To, From>> {
  const { theme = 'dark', language = 'en', size = { width: 1000, height: 640 }, state, still = true } = options;
  const context: BrowserContext = await browser.newContext({
    viewport: size,
    locale: language === 'en' ? 'en-US' : 'zh-CN',
    reducedMotion: still ? 'reduce' : 'no-preference',
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`exception: ${error.stack ?? error.message}`));
  page.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(`console: ${line.text()}`);
  });
  page.on('requestfailed', (request) => complaints.push(`request: ${request.url()}`));
  await page.addInitScript(actAsHost, state);
  if (options.answer) await page.addInitScript({ content: `window.hostEnd.answer = ${options.answer};` });
  await page.goto(`${origin}/?theme=${theme}&language=${language}`);
  await page.waitForFunction(() => (window as unknown as WindowWithHost).hostEnd.posted.length > 0);
  let taken = 0;

  const posted = () => page.evaluate(() => (window as unknown as WindowWithHost).hostEnd.posted) as Promise<From[]>;
  return {
    page,
    posted,
    async send(message) {
      // As text, as between VS Code's processes: the driver's own packing of objects takes ten times as long. Two frames later it is drawn.
      await page.evaluate(async (text) => {
        window.postMessage(JSON.parse(text), location.origin);
        await new Promise((resolve) => setTimeout(resolve));
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      }, JSON.stringify(message));
    },
    async take(type) {
      const found = await page.waitForFunction(
        ([wanted, from]) => {
          const all = (window as unknown as WindowWithHost).hostEnd.posted as { readonly type: string }[];
          const index = all.findIndex((message, at) => at >= (from as number) && message.type === wanted);
          return index < 0 ? undefined : { index, message: all[index] };
        },
        [type, taken] as const,
        { timeout: 10_000 },
      );
      const { index, message } = (await found.jsonValue()) as { index: number; message: never };
      taken = index + 1;
      return message;
    },
    async forget() {
      taken = (await posted()).length;
    },
    state: () => page.evaluate(() => (window as unknown as WindowWithHost).hostEnd.state),
    async close() {
      complaints.push(...(await page.evaluate(() => (window as unknown as WindowWithHost).hostEnd.violations)));
      await context.close();
      assert.deepEqual(complaints, []);
    },
  };
}

function actAsHost(state: unknown): void {
  const end: HostEnd = { posted: [], state, violations: [], answer: () => [] };
  document.addEventListener('securitypolicyviolation', (event) =>
    end.violations.push(`policy: ${event.violatedDirective} ${event.blockedURI}`),
  );
  let acquired = false;
  Object.assign(window, {
    hostEnd: end,
    acquireVsCodeApi() {
      if (acquired) throw new Error('An instance of the VS Code API has already been acquired');
      acquired = true;
      return {
        // As between processes: copies.
        postMessage(message: unknown) {
          end.posted.push(structuredClone(message));
          for (const answer of end.answer(message)) window.postMessage(answer, location.origin);
        },
        getState: () => structuredClone(end.state),
        setState: (next: unknown) => void (end.state = structuredClone(next)),
      };
    },
  });
}
