// Graph and log take their colours from the theme, also when it changes while they are open: light, dark and high contrast.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Frame } from 'playwright-core';
import { runCommand } from '../support/vscode/workbench.ts';
import { type DigitsWindow, openDigits } from './digits-window.ts';

let digits: DigitsWindow;
before(async () => {
  digits = await openDigits({ name: 'vscode-themes' });
});
after(() => digits?.close());

const themes = [
  { name: 'Light Modern', kind: 'vscode-light', picture: 'light', isDark: false },
  { name: 'Dark Modern', kind: 'vscode-dark', picture: 'dark', isDark: true },
  { name: 'Default High Contrast', kind: 'vscode-high-contrast', picture: 'high-contrast', isDark: true },
] as const;

/** Brightness of a colour as the browser computes it, 0 to 255. */
function brightness(colour: string): number {
  const [red, green, blue] = colour.match(/[\d.]+/g)!.map(Number);
  return 0.299 * red! + 0.587 * green! + 0.114 * blue!;
}

/** Behind and before: what the panel stands on, and its text. */
function colours(frame: Frame): Promise<{ readonly ground: string; readonly text: string }> {
  return frame.locator('body').evaluate((body) => ({
    ground: getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background'),
    text: getComputedStyle(body).color,
  }));
}

test('a run in each theme: graph and log are readable in all of them', async () => {
  const { page } = digits;
  await digits.fresh(5_000);
  await runCommand(page, 'Weft: Run Workflow');
  const graph = await digits.graph();
  await graph.locator('.card[data-step="train_wide"].tone-active').waitFor();
  const log = await digits.log();
  await log
    .locator('.row', { hasText: /epoch 2\// })
    .first()
    .waitFor();
  for (const { name, kind, picture, isDark } of themes) {
    await digits.host.run(
      (vscode, theme) =>
        vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, vscode.ConfigurationTarget.Global),
      name,
    );
    for (const frame of [graph, log]) {
      await frame.locator(`body.${kind}`).waitFor();
      const { ground, text } = await colours(frame);
      const [behind, before] = [brightness(rgb(ground)), brightness(text)];
      assert.equal(behind < 128, isDark, `${name}: the panel stands on ${ground}`);
      assert.ok(Math.abs(behind - before) > 100, `${name}: ${text} on ${ground}`);
    }
    await digits.picture(picture);
  }
  await runCommand(page, 'Weft: Stop Run');
  await digits.runWhere('the run is stopped', ({ status }) => status === 'stopped');
});

/** `#rrggbb` as `rgb(r, g, b)`. */
function rgb(hex: string): string {
  const digitsOf = /^\s*#(..)(..)(..)/.exec(hex);
  return digitsOf
    ? `rgb(${digitsOf
        .slice(1)
        .map((pair) => Number.parseInt(pair, 16))
        .join(', ')})`
    : hex;
}
