// A person signs in, releases a workflow to the cloud and runs it there, in VS Code; then the secret is looked for everywhere.
// The cloud is the stand-in of the service and an S3 server.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { projectFiles, workflow, write } from '../release/project.ts';
import { testAccessKey, testSecretKey } from '../support/service/connect.ts';
import { bucket, startS3 } from '../support/service/s3-store.ts';
import { projectId, startStandIn } from '../support/service/stand-in.ts';
import { connectBridge } from '../support/vscode/bridge.ts';
import { bridgeExtension } from '../support/vscode/host-bundle.ts';
import { packagedExtension } from '../support/vscode/packaged-extension.ts';
import { outputFolder, takePicture } from '../support/vscode/pictures.ts';
import { startServer } from '../support/vscode/server.ts';
import { openWindow } from '../support/vscode/window.ts';
import { openFile, runCommand, webview } from '../support/vscode/workbench.ts';

const dialog = (page: Page) => page.locator('.monaco-dialog-box');
const toast = (page: Page, text: string | RegExp) => page.locator('.notification-toast', { hasText: text });
const press = (page: Page, button: string) =>
  dialog(page)
    .locator('.monaco-button', { hasText: new RegExp(`^${button}$`) })
    .click();

async function type(page: Page, prompt: string, text: string): Promise<void> {
  await page.locator('.quick-input-widget', { hasText: prompt }).waitFor();
  await page.locator('.quick-input-widget .quick-input-box input').fill(text);
  await page.keyboard.press('Enter');
}

async function pick(page: Page, row: string): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().click();
}

test('sign in, release, run in the cloud and change, and no secret is left anywhere', async (t) => {
  const output = outputFolder('vscode-release');
  const [service, s3] = await Promise.all([startStandIn(t, { clock: 'poll' }), startS3(t)]);
  service.scripts = { train: { log: ['loss 1\n', 'loss 0.5\n', 'loss 0.25\n'] } };
  const server = await startServer({
    vsix: [await packagedExtension()],
    settings: { 'weft.trace.server': 'verbose' },
    env: (folder) => ({ HOME: folder, HUAWEICLOUD_SDK_AK: '', HUAWEICLOUD_SDK_SK: '' }),
  });
  const folder = join(server.folder, 'flow');
  for (const [name, text] of Object.entries(projectFiles)) write(folder, name, text);
  const engine = `type: modelarts, region: cn-north-4, project_id: ${projectId}, staging: /${bucket}/weft/`;
  const places = `endpoint: "${service.url}", obs_endpoint: "${s3.url}", iam_endpoint: "${service.url}"`;
  write(folder, 'weft.config.yaml', `engines:\n  prod: { ${engine}, ${places} }\n`);
  const lines: string[] = [];
  try {
    const window = await openWindow(server, {
      folder,
      develop: [await bridgeExtension(server.folder)],
      onLog: (line) => lines.push(line),
    });
    const { page } = window;
    const host = connectBridge(server);
    const shot = (name: string) => takePicture(page, output, name);
    try {
      await openFile(page, 'flow.workflow.yaml');
      await page.locator('.codelens-decoration a', { hasText: /^Run$/ }).first().waitFor();

      // Without keys: the way in.
      await runCommand(page, 'Weft: Release Workflow');
      const asked = toast(page, 'Sign in to prod first');
      await asked.waitFor();
      await asked.locator('.monaco-button', { hasText: 'Sign In' }).click();
      await pick(page, 'Enter an Access Key');
      await type(page, 'Access Key Id', testAccessKey);
      await type(page, 'Secret Access Key', 'NotTheSecretOfThisKey000');
      await toast(page, /is not accepted|The keys are not kept/).waitFor();
      await host.run((vscode) => vscode.commands.executeCommand('notifications.clearAll'));
      await runCommand(page, 'Weft: Sign In to the Cloud');
      await pick(page, 'Enter an Access Key');
      await type(page, 'Access Key Id', testAccessKey);
      await type(page, 'Secret Access Key', testSecretKey);
      await toast(page, 'Signed in to prod').waitFor();

      // The plan before anything is written.
      await runCommand(page, 'Weft: Release Workflow');
      await dialog(page).waitFor();
      const plan = await dialog(page).innerText();
      for (const part of [
        'Release "flow" to prod?',
        'Account: access key AKST…0001',
        `Region: cn-north-4 (${service.url})`,
        `Project: ${projectId}, workspace: 0`,
        'Not released yet',
        '+ step train',
        '3 of 3 files',
      ]) {
        assert.ok(plan.includes(part), `${part}\n${plan}`);
      }
      assert.deepEqual([service.workflows.size, await s3.keys()], [0, []]);
      await shot('plan');
      await press(page, 'Release');
      const told = toast(page, 'flow is released to prod.');
      await told.waitFor();
      assert.equal(service.workflows.size, 1);

      // A run is shown like a local one.
      await told.locator('.monaco-button', { hasText: 'Run It There' }).click();
      const graph = await webview(page, '.graph-panel .card');
      await graph.locator('.card[data-step="train"].tone-active').waitFor();
      await shot('running');
      await graph.locator('.card[data-step="train"].tone-done').waitFor();
      await toast(page, /flow execution-001 completed/).waitFor();
      const log = await webview(page, '.log-panel');
      await log.locator('.tab[data-step="train"]').click();
      await log.locator('.row', { hasText: 'loss 0.25' }).first().waitFor();
      await page.locator('.activitybar .action-label[aria-label^="Weft"]').first().click();
      const row = page.locator('.pane:has(.pane-header[aria-label^="Runs"]) .monaco-list-row', { hasText: 'execution-001' });
      await row.filter({ hasText: 'prod' }).first().waitFor();
      await shot('completed');

      // What is released is changed only when that is agreed to.
      await host.run((vscode) => vscode.commands.executeCommand('notifications.clearAll'));
      write(folder, 'flow.workflow.yaml', workflow.replace('default: 3', 'default: 5'));
      await openFile(page, 'flow.workflow.yaml');
      await page.locator('.view-line', { hasText: 'default: 5' }).first().waitFor();
      await runCommand(page, 'Weft: Release Workflow');
      await dialog(page).waitFor();
      assert.match(await dialog(page).innerText(), /Change "flow" on prod\?[^]*~ parameter epochs: default 3 -> 5/);
      await press(page, 'Compare');
      await page.locator('.monaco-diff-editor .view-line', { hasText: 'default: 5' }).first().waitFor();
      await shot('compare');
      await pick(page, 'Leave It as It Is');
      assert.equal(service.calls('UpdateWorkflow').length, 0);
      await host.run(
        (vscode, file) => vscode.window.showTextDocument(vscode.Uri.file(file)).then(() => undefined),
        join(folder, 'flow.workflow.yaml'),
      );
      await runCommand(page, 'Weft: Release Workflow');
      await dialog(page).waitFor();
      await press(page, 'Change');
      await toast(page, 'flow is changed on prod.').waitFor();
      const epochs = (service.named('flow')!['parameters'] as readonly { readonly default: number }[])[0]!.default;
      assert.equal(epochs, 5);

      await runCommand(page, 'Weft: Sign Out of the Cloud');
      await pick(page, 'prod: AKST…0001');
      await host.run((vscode) => vscode.commands.executeCommand('notifications.clearAll'));
      await runCommand(page, 'Weft: Release Workflow');
      await toast(page, 'Sign in to prod first').waitFor();
    } finally {
      await shot('at-end').catch(() => {});
      await window.close();
    }
    server.keepLogs(join(output, 'logs'));
    const holding = (where: string) =>
      readdirSync(where, { recursive: true, encoding: 'utf8' }).filter((file) => {
        const path = join(where, file);
        return statSync(path, { throwIfNoEntry: false })?.isFile() && readFileSync(path).includes(testSecretKey);
      });
    assert.deepEqual(holding(server.folder), []);
    assert.deepEqual(holding(output), []);
    for (const text of [...lines, JSON.stringify(service.seen)]) assert.ok(!text.includes(testSecretKey), text.slice(0, 200));
    assert.ok(lines.length > 0);
  } finally {
    server.keepLogs(join(output, 'logs'));
    await server.stop();
  }
});
