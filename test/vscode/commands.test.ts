// What a person does besides editing and running: new files, samples, request bodies, logs and graphs as files, old runs deleted.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { RunState } from '../../core/run/reduce.ts';
import { eventually } from '../support/vscode/wait.ts';
import { reloadWindow, runCommand, webview } from '../support/vscode/workbench.ts';
import { type DigitsWindow, openDigits } from './digits-window.ts';

let digits: DigitsWindow;
before(async () => {
  digits = await openDigits({ name: 'vscode-commands', settings: { 'weft.run.reveal': 'nothing' } });
});
after(() => digits?.close());

/** A run of the trainings, once it has completed. */
async function ranRun(): Promise<RunState> {
  await digits.fresh(1);
  const before = (await digits.runs()).length;
  await runCommand(digits.page, 'Weft: Run a Scene');
  await digits.page.locator('.quick-input-list .monaco-list-row', { hasText: 'train only' }).click();
  await eventually('the run begins', async () => (await digits.runs()).length > before);
  const [{ id }] = (await digits.runs()) as [RunState];
  return digits.runWhere('the run completes', (run) => run.id === id && run.status === 'completed');
}

/** Answers the simple file dialog. */
async function chooseFile(path: string): Promise<void> {
  const input = digits.page.locator('.quick-input-widget .quick-input-box input');
  // The dialog forgets what is typed before it has listed the folder and proposes something itself.
  await digits.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await eventually('the proposal of the dialog', () => input.inputValue());
  await input.fill(path);
  // A busy dialog lists another folder meanwhile and proposes again.
  await eventually('the path in the dialog', async () => {
    if ((await input.inputValue()) === path) return true;
    await input.fill(path);
    return false;
  });
  await digits.page.locator('.quick-input-widget .quick-input-action .monaco-button').first().click();
}

test('a new workflow is made from a template, is without findings, and runs', async () => {
  const { page } = digits;
  await digits.fresh();
  await runCommand(page, 'Weft: New Workflow');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Train, check, register' }).click();
  const input = page.locator('.quick-input-widget .quick-input-box input');
  await input.fill('1st');
  await page.locator('.quick-input-message', { hasText: 'beginning with a letter' }).waitFor();
  await input.fill('first');
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: 'first.workflow.yaml' }).waitFor();
  await page.locator('.codelens-decoration a', { hasText: /^Run$/ }).first().click();
  const run = await digits.runWhere(
    'the run completes',
    ({ workflowName, status }) => workflowName === 'first' && status === 'completed',
  );
  assert.deepEqual(
    run.steps.map(({ name, status }) => [name, status]),
    [
      ['train', 'completed'],
      ['register', 'completed'],
    ],
  );
  const findings = await digits.host.run((vscode) =>
    vscode.languages.getDiagnostics(vscode.window.activeTextEditor!.document.uri).map(({ message }) => message),
  );
  assert.deepEqual(findings, []);
});

test('the request body of a workflow is shown and copied', async () => {
  const { page } = digits;
  await digits.fresh();
  await runCommand(page, 'Weft: Copy Request Body');
  const copied = await eventually('the body in the clipboard', async () => {
    const text = await digits.host.run((vscode) => vscode.env.clipboard.readText());
    return text.startsWith('{') && text;
  });
  const body = JSON.parse(copied) as { name: string; steps: readonly unknown[] };
  assert.deepEqual([body.name, body.steps.length], ['digits', 9]);
  await runCommand(page, 'Weft: Show Request Body');
  await page.locator('.tab.active', { hasText: 'digits.body.json' }).waitFor();
  await page.locator('.view-line', { hasText: '"name": "digits"' }).first().waitFor();
});

test('errors stand in the way of a run: said with their place, and shown', async () => {
  const { page } = digits;
  await digits.fresh();
  await digits.host.run(async (vscode) => {
    const { document, edit } = vscode.window.activeTextEditor!;
    const place = document.positionAt(document.getText().indexOf('[export_wide]') + '[export_wide'.length);
    await edit((change) => change.insert(place, 'r'));
  });
  await runCommand(page, 'Weft: Run Workflow');
  const toast = page.locator('.notification-toast', { hasText: /digits\.workflow\.yaml has an error in line 161/ });
  await toast.waitFor();
  await digits.picture('errors');
  await toast.locator('.monaco-button', { hasText: 'Go to Error' }).click();
  await page.locator('.statusbar-item', { hasText: /^Ln 161,/ }).waitFor();
  assert.equal((await digits.runs()).filter(({ workflowName }) => workflowName === 'digits').length, 0);
});

test('the log of a step in an editor of its own, which is there again after a reload; saved as a file', async () => {
  const { page } = digits;
  const run = await ranRun();
  await digits.host.run((vscode, target) => vscode.commands.executeCommand('weft.openLogInEditor', target), {
    kind: 'runStep',
    run: run.id,
    step: 'train_wide',
  });
  const shown = async () => {
    const log = await webview(page, '.log-panel');
    await log.locator('.row', { hasText: 'network 784-128-10' }).waitFor();
    await page.locator('.tab', { hasText: `digits ${run.name}` }).waitFor();
  };
  await shown();
  await reloadWindow(page);
  await shown();
  await digits.picture('log-editor');
  const file = join(digits.folder, 'wide.log');
  const saving = digits.host.run((vscode, target) => vscode.commands.executeCommand('weft.saveLog', target), {
    kind: 'runStep',
    run: run.id,
    step: 'train_wide',
  });
  await chooseFile(file);
  await saving;
  assert.match(readFileSync(file, 'utf8'), /^read 4000 pictures[^]*accuracy 0\.\d+ after [\d.]+ s\n$/);
});

test('the graph is exported as an SVG', async () => {
  const { page } = digits;
  await digits.fresh();
  await runCommand(page, 'Weft: Show Graph');
  await digits.graph();
  await runCommand(page, 'Weft: Export Graph as SVG');
  const file = join(digits.folder, 'graph.svg');
  await chooseFile(file);
  await eventually('the file', () => existsSync(file));
  const svg = readFileSync(file, 'utf8');
  assert.ok(/^<\?xml[^>]*>\s*<svg [^]*<\/svg>\s*$/.test(svg) && svg.includes('Which one is better?'));
});

test('a run is deleted when the user is sure', async () => {
  const { page } = digits;
  const run = await ranRun();
  const remove = () =>
    digits.host.run((vscode, id) => {
      vscode.commands.executeCommand('weft.deleteRun', { kind: 'run', run: id });
    }, run.id);
  const dialog = page.locator('.monaco-dialog-box', { hasText: `Delete digits ${run.name}?` });
  await remove();
  await dialog.locator('.monaco-button', { hasText: 'Cancel' }).click();
  await remove();
  await dialog.locator('.monaco-button', { hasText: 'Delete' }).click();
  await eventually('the run is gone', async () => (await digits.runs()).every(({ id }) => id !== run.id));
  await runCommand(page, 'Weft: Focus on Runs View');
  await page.locator('.pane .monaco-list-row', { hasText: 'first' }).first().waitFor();
  await page.locator('.pane .monaco-list-row', { hasText: `digits${run.name}` }).waitFor({ state: 'detached' });
});

test('the tour is there with its pictures', async () => {
  const { page } = digits;
  await digits.fresh();
  await digits.host.run((vscode) => {
    vscode.commands.executeCommand('workbench.action.openWalkthrough', 'weft.weft#weft.start');
  });
  await page.locator('.getting-started-step', { hasText: 'Open a sample workflow' }).first().waitFor();
  await page.locator('.getting-started-media svg, .getting-started-media iframe').first().waitFor({ state: 'attached' });
  await digits.picture('tour');
});

test('a sample is copied where the user says', async () => {
  const { page } = digits;
  await digits.fresh();
  await runCommand(page, 'Weft: Open a Sample Workflow');
  await chooseFile(`${digits.folder}/`);
  const file = join(digits.folder, 'digits/digits.workflow.yaml');
  await eventually('the sample', () => existsSync(file));
  await page.locator('.tab.active', { hasText: 'digits.workflow.yaml' }).waitFor();
});
