// A workspace that is not trusted, in a Chinese window: language and graph work, nothing is started, and every text is Chinese.
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventually } from '../support/vscode/wait.ts';
import { type DigitsWindow, openDigits } from './digits-window.ts';

let digits: DigitsWindow;
before(async () => {
  digits = await openDigits({
    name: 'vscode-restricted',
    language: 'zh-cn',
    trust: true,
    settings: {
      'workbench.editor.useModal': 'off', // the editor of trust as a tab
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
    },
  });
});
after(() => digits?.close());

test('the graph is shown, in Chinese', async () => {
  const { page } = digits;
  await digits.fresh();
  await page.locator('.codelens-decoration a', { hasText: '显示流程图' }).click();
  await page.locator('.tab', { hasText: 'digits 的流程图' }).waitFor();
  const graph = await digits.graph();
  assert.equal(await graph.locator('.card').count(), 9);
  assert.match(await graph.locator('.card[data-step="train_wide"] .line').innerHTML(), /训练作业/);
  await digits.picture('graph');
});

test('running is refused with the reason and a way out, and starts nothing', async () => {
  const { page } = digits;
  await digits.fresh();
  await page
    .locator('.codelens-decoration a', { hasText: /^运行$/ })
    .first()
    .click();
  const toast = page.locator('.notification-toast', { hasText: '仅在受信任的工作区中可用' });
  await toast.waitFor();
  await page.locator('.activitybar .action-label[aria-label^="Weft"]').first().click();
  await page.locator('.pane-body .welcome-view-content', { hasText: '管理工作区信任' }).waitFor();
  await digits.picture('refused');
  assert.ok(!existsSync(join(digits.folder, '.weft')));
  await toast.locator('.monaco-button', { hasText: '管理信任' }).click();
  await page.locator('.workspace-trust-editor').waitFor();
});

test('findings are said in Chinese', async () => {
  await digits.fresh();
  const message = await digits.host.run(async (vscode) => {
    const { document, edit } = vscode.window.activeTextEditor!;
    const place = document.positionAt(document.getText().indexOf('[export_wide]') + '[export_wide'.length);
    const found = new Promise<string>((resolve) => {
      vscode.languages.onDidChangeDiagnostics(() => {
        const [error] = vscode.languages.getDiagnostics(document.uri).filter(({ severity }) => severity === 0);
        if (error) resolve(error.message);
      });
    });
    await edit((change) => change.insert(place, 'r'));
    return found;
  });
  assert.match(message, /export_wider/);
  assert.match(message, /[\u4e00-\u9fff]/);
});

/** Of a workflow in TypeScript in the active editor: what is said of it besides errors of its types. */
function programFindings(): Promise<readonly string[]> {
  return digits.host.run((vscode) =>
    vscode.languages
      .getDiagnostics(vscode.window.activeTextEditor!.document.uri)
      .filter(({ source }) => source === 'weft')
      .map(({ code, message }) => `${typeof code === 'object' ? code.value : code} ${message}`),
  );
}

test('a workflow in TypeScript is not run, and says so', async () => {
  const file = join(digits.folder, 'endless.workflow.ts');
  writeFileSync(file, "import * as wf from 'weft';\nfor (;;) {}\nexport default wf.workflow('endless', {}, []);\n");
  await digits.fresh();
  await digits.host.run((vscode, path) => vscode.window.showTextDocument(vscode.Uri.file(path)), file);
  const [found] = await eventually('the note', async () => {
    const all = await programFindings();
    return all.length > 0 ? all : undefined;
  });
  assert.match(found!, /^typescript-untrusted 此工作区未受信任/);
  await digits.picture('program');
});

test('once the workspace is trusted the same window runs it', async () => {
  const { page } = digits;
  await digits.host.run((vscode) => vscode.commands.executeCommand('workbench.trust.manage'));
  await page.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first().click();
  await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'detached' });
  // The program that was open is run now.
  await digits.host.run(
    (vscode, path) => vscode.window.showTextDocument(vscode.Uri.file(path)),
    join(digits.folder, 'endless.workflow.ts'),
  );
  await eventually('the loop is found', async () =>
    (await programFindings()).some((each) => each.startsWith('typescript-endless')),
  );
  await digits.fresh(1);
  await digits.runByLens();
  const { name } = await digits.runWhere('the run completes', ({ status }) => status === 'completed');
  await page.locator('.notification-toast', { hasText: `digits ${name} 运行成功` }).waitFor();
  await page.locator('.pane .monaco-list-row', { hasText: name }).first().waitFor();
  await digits.picture('trusted');
});
