// What a person does in the workbench, for browser tests: the palette, quick open, webviews.
import { basename } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';

const input = '.quick-input-widget .quick-input-box input';
const rows = '.quick-input-list .monaco-list-row';

/** Runs a command by its palette title. Commands of extensions may come late to an open list, so it tries again. */
export async function runCommand(page: Page, title: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press('F1');
    try {
      await page.locator(input).waitFor({ state: 'visible', timeout: 2_000 });
      await page.locator(input).fill(`>${title}`);
      await page.locator(rows, { hasText: title }).first().waitFor({ state: 'visible', timeout: 1_500 });
      await page.keyboard.press('Enter');
      return;
    } catch (cause) {
      if (attempt === 10) throw new Error(`The palette has no command "${title}".`, { cause });
      await page.keyboard.press('Escape');
    }
  }
}

/** Opens a file of the workspace through quick open. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+P');
  await page.locator(input).waitFor({ state: 'visible' });
  await page.locator(input).fill(name);
  await page
    .locator(rows, { hasText: basename(name) })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: basename(name) }).waitFor();
}

/** The document inside the webview, of an editor or a view, that shows `inside`: a selector that only it has. */
export async function webview(page: Page, inside: string): Promise<FrameLocator> {
  const found = await page.waitForFunction((selector) => {
    // All frames of a webview are of the page's own origin here.
    const outer = [...document.querySelectorAll<HTMLIFrameElement>('iframe.webview')];
    return (
      outer.findIndex((frame) => {
        const active = frame.contentDocument?.querySelector<HTMLIFrameElement>('iframe#active-frame');
        const shown = active?.contentDocument?.querySelector<HTMLElement>(selector);
        return shown?.checkVisibility() ?? false;
      }) + 1
    );
  }, inside);
  const index = (await found.jsonValue()) - 1;
  return page.locator('iframe.webview').nth(index).contentFrame().locator('iframe#active-frame').contentFrame();
}
