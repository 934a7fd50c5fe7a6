// The extension as VS Code sees it: activated, with its commands, views and language.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileUri, weft } from './weft-extension.ts';

interface Contributes {
  readonly commands: readonly { readonly command: string; readonly title: string }[];
  readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
}

const packageJson = () => vscode.extensions.getExtension('weft.weft')!.packageJSON as { contributes: Contributes };

suite('activation', () => {
  suiteSetup(weft);

  test('every contributed command has a handler, and every handler is contributed', async () => {
    const { commands, views } = packageJson().contributes;
    const ofViews = Object.values(views)
      .flat()
      .map(({ id }) => `${id}.`);
    const registered = (await vscode.commands.getCommands(true)).filter(
      (id) => id.startsWith('weft.') && !ofViews.some((prefix) => id.startsWith(prefix)),
    );
    assert.deepEqual(registered.sort(), commands.map(({ command }) => command).sort());
  });

  test('texts of the manifest are resolved', () => {
    for (const { title } of packageJson().contributes.commands) assert.doesNotMatch(title, /%/);
  });

  test('a workflow file has the language of workflows and its settings', async () => {
    const document = await vscode.workspace.openTextDocument(fileUri('digits.workflow.yaml'));
    assert.equal(document.languageId, 'modelarts-workflow');
    const editor = vscode.workspace.getConfiguration('editor', document);
    assert.equal(editor.get('tabSize'), 2);
    assert.equal(editor.get('insertSpaces'), true);
  });

  test('every view can be shown', async () => {
    for (const { id } of Object.values(packageJson().contributes.views).flat()) {
      await vscode.commands.executeCommand(`${id}.focus`);
    }
  });
});
