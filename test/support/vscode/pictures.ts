// Pictures of the window, for people to look at: below out/vscode, one folder per test file.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

export const outputFolder = (name: string) => join(import.meta.dirname, '../../../out', name);

export async function takePicture(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
