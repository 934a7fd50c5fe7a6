// A person runs the digits example in VS Code: started by palette and lens, followed in graph, log and list, stopped, and carried on
// over a reload of the window. Held against what the engine itself says.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isEndedRun } from '../../core/run/status.ts';
import { restored } from '../support/vscode/window.ts';
import { runCommand } from '../support/vscode/workbench.ts';
import { type DigitsWindow, openDigits } from './digits-window.ts';

let digits: DigitsWindow;
before(async () => {
  digits = await openDigits({ name: 'vscode-runs' });
});
after(() => digits?.close());

const newest = async () => (await digits.runs())[0]!;

test('run by the palette: the graph shows states as they change, the end is told', async () => {
  const { page } = digits;
  await digits.fresh(6);
  await runCommand(page, 'Weft: Run a Scene');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'train only' }).click();
  const graph = await digits.graph();
  await graph.locator('.card[data-step="train_wide"].tone-active').waitFor();
  await digits.picture('running');
  await graph.locator('.card[data-step="train_wide"].tone-done').waitFor();
  await graph.locator('.card[data-step="train_narrow"].tone-done').waitFor();
  await graph.locator('.card[data-step="serve"].absent').waitFor();
  await page.locator('.notification-toast', { hasText: /digits execution-\d+ completed/ }).waitFor();
  await digits.picture('completed');
  const run = await newest();
  assert.equal(run.status, 'completed');
  assert.equal(run.scene, 'train only');
});

test('the list of runs has the run with its steps', async () => {
  const { page } = digits;
  await digits.fresh(2);
  await digits.host.run((vscode, target) => vscode.commands.executeCommand('weft.run', target), {
    uri: `file://${digits.folder}/digits.workflow.yaml`,
    scene: 'train only',
  });
  const { id, name } = await digits.runWhere('the run has ended', (run) => isEndedRun(run.status) && run.scene !== undefined);
  await page.locator('.activitybar .action-label[aria-label="Weft"]').click();
  const view = page.locator('.pane', { has: page.locator('.pane-header[aria-label^="Runs"]') });
  await view.locator('.monaco-list-row', { hasText: name }).first().waitFor();
  await digits.picture('views');
  assert.ok(id);
});

test('stop ends the run and its processes', async () => {
  const { page } = digits;
  await digits.fresh(5_000);
  await page.locator('.codelens-decoration a', { hasText: /^Run$/ }).first().click();
  const run = await digits.runWhere(
    'the training runs',
    ({ status, steps }) => status === 'running' && steps.some((step) => step.name === 'train_wide' && step.status === 'running'),
  );
  const graph = await digits.graph();
  await graph.locator('.card[data-step="train_wide"].tone-active').waitFor();
  await runCommand(page, 'Weft: Stop Run');
  await digits.runWhere('the run is stopped', ({ id, status }) => id === run.id && status === 'stopped');
  await graph.locator('.card[data-step="train_wide"].tone-stopped').waitFor();
  await digits.picture('stopped');
});

test('a reload of the window in the middle loses nothing', async () => {
  const { page } = digits;
  await digits.fresh(5_000);
  await page.locator('.codelens-decoration a', { hasText: /^Run$/ }).first().click();
  const run = await digits.runWhere(
    'the training runs',
    ({ status, steps }) => status === 'running' && steps.some((step) => step.name === 'train_wide' && step.status === 'running'),
  );
  await digits.graph();
  await page.reload();
  await restored(page);
  const graph = await digits.graph();
  await graph.locator('.card[data-step="train_wide"].tone-active').waitFor();
  await graph.locator('.card[data-step="collect"].tone-done').waitFor();
  await digits.picture('reloaded');
  const after = await newest();
  assert.deepEqual([after.id, after.status], [run.id, 'running']);
  await runCommand(page, 'Weft: Stop Run');
  await graph.locator('.card[data-step="train_wide"].tone-stopped').waitFor();
});
