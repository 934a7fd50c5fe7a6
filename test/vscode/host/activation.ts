// The extension as VS Code sees it: it activates.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('activation', () => {
  test('the extension activates', async () => {
    const extension = vscode.extensions.getExtension('weft.weft')!;
    await extension.activate();
    assert.ok(extension.isActive);
  });
});
