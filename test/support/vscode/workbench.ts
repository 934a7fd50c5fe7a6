// What a person does in the workbench, for browser tests: the palette, quick open, webviews.
import { basename } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { eventually } from './wait.ts';
import { restored } from './window.ts';

const input = '.quick-input-widget .quick-input-box input';
const rows = '.quick-input-list .monaco-list-row';

/** Runs a command by its palette title. Commands of extensions may come late to an open list, so it tries again. */
export async function runCommand(page: Page, title: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press('F1');
    try {
      await page.locator(input).waitFor({ state: 'visible', timeout: 4_000 });
      await page.locator(input).fill(`>${title}`);
      await page.locator(rows, { hasText: title }).first().waitFor({ state: 'visible', timeout: 3_000 });
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
export function webview(page: Page, inside: string): Promise<Frame> {
  return eventually(`a webview with ${inside}`, async () => {
    for (const frame of page.frames()) {
      // A frame may go while it is looked at.
      if (
        await frame
          .locator(inside)
          .first()
          .isVisible()
          .catch(() => false)
      )
        return frame;
    }
    return undefined;
  });
}

/** As a person does it: the window saves its layout first, as it does not when the page is reloaded from outside. */
export async function reloadWindow(page: Page): Promise<void> {
  const loaded = page.waitForEvent('load');
  await runCommand(page, 'Developer: Reload Window');
  await loaded;
  await restored(page);
}
