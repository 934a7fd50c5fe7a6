// A person writes a workflow in VS Code: what they see and what their keys do, in a browser, on the packaged extension.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runCommand } from '../support/vscode/workbench.ts';
import { type DigitsWindow, openDigits, workflowFile } from './digits-window.ts';

let digits: DigitsWindow;
before(async () => {
  digits = await openDigits({ name: 'vscode-editor' });
});
after(() => digits?.close());

/** Puts the cursor behind the first such text of the active editor, and waits until the window has it there. */
async function cursorBehind(text: string): Promise<void> {
  const [line, column] = await digits.host.run((vscode, wanted) => {
    const editor = vscode.window.activeTextEditor!;
    const place = editor.document.positionAt(editor.document.getText().indexOf(wanted) + wanted.length);
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
    return [place.line + 1, place.character + 1];
  }, text);
  await digits.page.locator('.statusbar-item', { hasText: new RegExp(`^Ln ${line}, Col ${column}$`) }).waitFor();
}

test('a mistake is underlined as it is typed, and listed among the problems', async () => {
  const { page } = digits;
  await digits.fresh();
  await cursorBehind('if_then_steps: [export_wide');
  await page.keyboard.type('r');
  await page.locator('.squiggly-error').first().waitFor();
  await digits.host.run((vscode) => vscode.commands.executeCommand('workbench.actions.view.problems'));
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'export_wider' }).first().waitFor();
  await digits.picture('mistake');
  await digits.host.run((vscode) => vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup'));
  await page.keyboard.press('Backspace');
  await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
});

test('completion opens inside a reference and inserts what is chosen', async () => {
  const { page } = digits;
  await digits.fresh();
  await cursorBehind('hidden: 128');
  await page.keyboard.press('Enter');
  // The editor closes the braces that it knows as pairs.
  await page.keyboard.type('patience: ${{ parameters.min');
  await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'min_accuracy' }).waitFor();
  await digits.picture('completion');
  await page.keyboard.press('Enter');
  await assertEventually(async () =>
    assert.match(await lineOf(workflowFile), /^ {8}patience: "?\$\{\{ parameters\.min_accuracy/),
  );
});

test('hover shows what a member means', async () => {
  const { page } = digits;
  await digits.fresh();
  await cursorBehind('train_evaluate_sample_r');
  await runCommand(page, 'Show or Focus Hover');
  await page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: /ratio/i }).first().waitFor();
  await digits.picture('hover');
});

test('go to definition, and rename with every use', async () => {
  const { page } = digits;
  await digits.fresh();
  await cursorBehind('${{ steps.rel');
  await page.keyboard.press('F12');
  await assertEventually(async () => assert.equal(await lineOf(workflowFile), '  release:'));
  await page.keyboard.press('F2');
  await page.locator('.rename-box input').fill('publish');
  await page.locator('.rename-box input').press('Enter');
  await assertEventually(async () => {
    const text = await digits.host.run((vscode) => vscode.window.activeTextEditor!.document.getText());
    assert.equal(text.match(/\bpublish\b/g)?.length, 5);
    assert.doesNotMatch(text, /steps\.release/);
  });
});

test('the outline lists the steps', async () => {
  const { page } = digits;
  await digits.fresh();
  await digits.host.run((vscode) => vscode.commands.executeCommand('outline.focus'));
  await page.keyboard.press('Control+ArrowLeft');
  await page.locator('.outline-pane .monaco-list-row', { hasText: 'steps' }).waitFor();
  await digits.picture('outline');
});

test('the graph stands beside the text, follows it while it is typed, and selection goes both ways', async () => {
  const { page } = digits;
  await digits.fresh();
  await runCommand(page, 'Weft: Show Graph');
  const graph = await digits.graph();
  await graph.locator('.card').first().waitFor();
  assert.equal(await graph.locator('.card').count(), 9);
  await digits.picture('graph');

  // From the picture to the text, and back.
  await graph.locator('.card[data-step="choose"]').click();
  await assertEventually(async () => assert.match(await lineOf(workflowFile), /^ {2}choose:/));
  await digits.host.run((vscode) => vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup'));
  await cursorBehind('Pack the narrow network');
  await graph.locator('.card.selected[data-step="export_narrow"]').waitFor();

  await digits.host.run(async (vscode) => {
    const { document, edit } = vscode.window.activeTextEditor!;
    const place = document.positionAt(document.getText().indexOf('# Parts of the workflow'));
    await edit((change) => change.insert(place, '  again:\n    type: model\n    depend_steps: [serve]\n\n'));
  });
  await graph.locator('.card[data-step="again"]').waitFor();
});

function lineOf(name: string): Promise<string> {
  return digits.host.run((vscode, file) => {
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.fileName.endsWith(file))!;
    return editor.document.lineAt(editor.selection.active.line).text;
  }, name);
}

async function assertEventually(check: () => Promise<void>): Promise<void> {
  for (const end = Date.now() + 60_000; ; ) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
