// The metrics of the digits run in VS Code: growing while it trains, with what its processes use, kept over a reload, compared.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Frame } from 'playwright-core';
import { reloadWindow, runCommand, webview } from '../support/vscode/workbench.ts';
import { type DigitsWindow, openDigits } from './digits-window.ts';

let digits: DigitsWindow;
before(async () => {
  digits = await openDigits({ name: 'vscode-metrics' });
});
after(() => digits?.close());

const metrics = () => webview(digits.page, '.metrics-panel .card');
const card = (frame: Frame, key: string) => frame.locator(`[data-step="train_wide"] [data-key="${key}"]`);

/** For the picture. */
function makeRoom(): Promise<void> {
  return digits.host.run(async (vscode) => {
    for (const command of ['action.closePanel', 'action.closeSidebar', 'action.increaseViewSize', 'action.increaseViewSize'])
      await vscode.commands.executeCommand(`workbench.${command}`);
    await vscode.commands.executeCommand('notifications.clearAll');
  });
}

test('metrics of a run grow while it trains, beside what its processes use, and are there after a reload', async () => {
  const { page, host } = digits;
  await digits.fresh(5_000);
  await runCommand(page, 'Weft: Run Workflow');
  const run = await digits.runWhere('the training writes', ({ steps }) =>
    steps.some(({ name, metrics }) => name === 'train_wide' && metrics.length > 0),
  );
  await host.run((vscode, id) => vscode.commands.executeCommand('weft.showMetrics', id), run.id);
  const frame = await metrics();
  const newest = card(frame, 'accuracy_by_epoch').locator('.legend-value').first();
  const early = (await newest.textContent())!;
  await frame.waitForFunction(
    (before) =>
      document.querySelector('[data-step="train_wide"] [data-key="accuracy_by_epoch"] .legend-value')?.textContent !== before,
    early,
  );
  await card(frame, 'memory').locator('.legend-value', { hasText: 'MB' }).waitFor();
  await card(frame, 'cpu').locator('.legend-value', { hasText: '%' }).waitFor();
  await makeRoom();
  await digits.picture('running');

  await reloadWindow(page);
  const back = await metrics();
  await card(back, 'accuracy').locator('.scalar-value').waitFor();
  await runCommand(page, 'Weft: Stop Run');
  await digits.runWhere('the run stops', ({ id, status }) => id === run.id && status === 'stopped');
  await back.locator('.run.tone-stopped').waitFor();
});

test('a second run is laid over the first', async () => {
  const { page, host } = digits;
  const [first] = await digits.runs();
  await digits.fresh(12);
  await host.run((vscode) => vscode.commands.executeCommand('weft.run'));
  const second = await digits.runWhere('the second run completes', ({ status }) => status === 'completed');
  await host.run((vscode, id) => vscode.commands.executeCommand('weft.showMetrics', id), second.id);
  const frame = await metrics();
  await frame.locator('.run-bar > .button').click();
  await page.locator('.quick-input-list .monaco-list-row', { hasText: first!.name }).click();
  await page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click();
  await frame.locator('.run', { hasText: first!.name }).waitFor();
  assert.equal(await card(frame, 'accuracy').locator('.scalar-row').count(), 2);
  await makeRoom();
  await digits.picture('compared');
});
