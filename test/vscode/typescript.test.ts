// A workflow in TypeScript in VS Code: our findings beside those of TypeScript, lenses, outline, hover, graph, and a run.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventually } from '../support/vscode/wait.ts';
import { runCommand } from '../support/vscode/workbench.ts';
import { type DigitsWindow, openDigits } from './digits-window.ts';

const file = 'digits.workflow.ts';
let digits: DigitsWindow;
before(async () => {
  digits = await openDigits({ name: 'vscode-typescript', file });
});
after(() => digits?.close());

interface Marked {
  readonly source: string;
  readonly code: string;
  readonly text: string;
}

/** Errors of the active editor, of us and of TypeScript, each with the text that it marks. */
function errors(): Promise<readonly Marked[]> {
  return digits.host.run((vscode) => {
    const { document } = vscode.window.activeTextEditor!;
    return vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ severity }) => severity === 0)
      .map(({ source, code, range }) => ({
        source: source ?? '',
        code: String(typeof code === 'object' ? code.value : code),
        text: document.getText(range),
      }));
  });
}

function edit(from: string, to: string): Promise<void> {
  return digits.host.run(
    async (vscode, change) => {
      const editor = vscode.window.activeTextEditor!;
      const at = editor.document.getText().indexOf(change.from);
      const range = new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + change.from.length));
      editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
      await editor.edit((builder) => builder.replace(range, change.to));
    },
    { from, to },
  );
}

/** Shows what is said of a text that stands once in the active editor, as the pointer would. */
async function hover(text: string): Promise<void> {
  await digits.host.run((vscode, what) => {
    const editor = vscode.window.activeTextEditor!;
    const place = editor.document.positionAt(editor.document.getText().indexOf(what) + 3);
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
  }, text);
  await runCommand(digits.page, 'Show or Focus Hover');
}

const ours = async () => (await errors()).filter(({ source }) => source === 'weft').map(({ code, text }) => `${code} ${text}`);

test('the types of the SDK are known without anything installed, and nothing is wrong', async () => {
  await digits.fresh();
  // TypeScript has read the file once it tells what a name is.
  await eventually('TypeScript', () =>
    digits.host.run(async (vscode) => {
      const { document } = vscode.window.activeTextEditor!;
      const place = document.positionAt(document.getText().indexOf('wide.outputs') + 1);
      const hovers = await vscode.commands.executeCommand<{ contents: { value: string }[] }[]>(
        'vscode.executeHoverProvider',
        document.uri,
        place,
      );
      return hovers.some(({ contents }) => contents.some(({ value }) => value.includes('const wide: ')));
    }),
  );
  assert.deepEqual(await errors(), []);
});

test('what is wrong is marked on the value, and gone when it is mended', async () => {
  await digits.fresh();
  for (const [from, to, expected] of [
    ['if_then_steps: [exportWide]', "if_then_steps: ['export_wider']", "branch-target-unknown 'export_wider'"],
    ["data_type: 'IMAGE'", "data_type: 'IMAG'", "value-unknown 'IMAG'"],
    [
      'package: wf.select(exportWide.outputs.package_url',
      'package: wf.select((exportWide as any).outputs.package',
      'ref-output-unknown package',
    ],
    ["title: 'Collect pictures'", "depend_steps: ['serve']", "depend-cycle 'serve'"],
    ["title: 'Collect pictures'", "title: 'Collect' 'pictures'", "typescript-syntax 'pictures'"],
  ] as const) {
    await edit(from, to);
    await eventually(expected, async () => (await ours()).join() === expected);
    if (expected.startsWith('value-unknown')) {
      await digits.page.locator('.squiggly-error').first().waitFor();
      await hover("'IMAG'");
      await digits.page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: 'IMAGE' }).first().waitFor();
      await digits.picture('mistake');
      await digits.page.keyboard.press('Escape');
    }
    await edit(to, from);
    await eventually('no error', async () => (await ours()).length === 0);
  }
});

test('with the class names of the SDK for Python the same is known, and nothing is wrong', async () => {
  await digits.fresh();
  await digits.host.run(
    (vscode, path) => vscode.window.showTextDocument(vscode.Uri.file(path)),
    join(digits.folder, 'digits-classes.workflow.ts'),
  );
  await digits.host.run((vscode) => vscode.commands.executeCommand('weft.showGraph'));
  const graph = await digits.graph();
  assert.equal(await graph.locator('.card').count(), 9);
  await digits.host.run((vscode) => vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup'));
  // Findings of TypeScript, once it has found this one.
  await edit("outputs['version']", "outputs['versio']");
  await eventually('the misspelt output', async () => (await errors()).some(({ source }) => source === 'ts'));
  await edit("outputs['versio']", "outputs['version']");
  await eventually('no error', async () => (await errors()).length === 0);
});

test('imports are as Weft reads them, also where there is no tsconfig.json', async () => {
  await digits.fresh();
  writeFileSync(join(digits.folder, 'sizes.json'), '{ "wide": 128 }');
  writeFileSync(
    join(digits.folder, 'widths.ts'),
    "import sizes from './sizes.json';\nexport const widest: number = sizes.wide;\n",
  );
  await edit("import * as wf from 'weft';", "import * as wf from 'weft';\nimport { widest } from './widths.ts';");
  await edit("train('wide', 128,", "train('wide', widest.length,");
  // Both have read the file once they find what is wrong with it.
  await eventually('a finding of TypeScript', async () =>
    (await errors()).some(({ source, text }) => source === 'ts' && text === 'length'),
  );
  await edit('widest.length', 'widest');
  await eventually('no error', async () => (await errors()).length === 0);
});

test('a misspelt output is found by TypeScript itself', async () => {
  await digits.fresh();
  await edit('trained.outputs.train_url', 'trained.outputs.train_ur');
  const found = await eventually('an error of TypeScript', async () => (await errors()).find(({ source }) => source === 'ts'));
  assert.deepEqual([found.text, found.code], ['train_ur', '2551']);
});

test('hover tells of members, lenses and outline are ours', async () => {
  const { page } = digits;
  await digits.fresh();
  await page.locator('.codelens-decoration a', { hasText: /^Run$/ }).first().waitFor({ state: 'attached' });
  await hover('train_evaluate_sample_ratio');
  await page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: 'Source' }).first().waitFor();
  await digits.picture('hover');
  await page.keyboard.press('Escape');
  await digits.host.run((vscode) => vscode.commands.executeCommand('outline.focus'));
  // Beside TypeScript's own.
  await page.locator('.outline-pane .monaco-list-row', { hasText: 'learning_rate' }).first().waitFor();
  await digits.picture('outline');
});

test('a name in a text leads to the step', async () => {
  const { page } = digits;
  await digits.fresh();
  await edit('if_then_steps: [exportWide]', "if_then_steps: ['export_wide']");
  await eventually('the reading', async () => (await ours()).length === 0);
  await digits.host.run((vscode) => {
    const editor = vscode.window.activeTextEditor!;
    const place = editor.document.positionAt(editor.document.getText().indexOf("'export_wide'") + 3);
    editor.selection = new vscode.Selection(place, place);
  });
  await digits.host.run((vscode) => vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup'));
  await page.keyboard.press('F12');
  await eventually('the call that makes the step', () =>
    digits.host.run((vscode) => {
      const { document, selection } = vscode.window.activeTextEditor!;
      return document.lineAt(selection.start.line).text.includes("pack('wide', wide)");
    }),
  );
});

test('the graph follows the text, and the workflow runs', async () => {
  const { page } = digits;
  await digits.fresh(1);
  await page.locator('.codelens-decoration a', { hasText: 'Show Graph' }).first().click();
  const graph = await digits.graph();
  assert.equal(await graph.locator('.card').count(), 9);
  await digits.runByLens();
  await digits.runWhere('the run completes', ({ status }) => status === 'completed');
  await graph.locator('.card[data-step="serve"].tone-done').waitFor();
  await digits.picture('run');
});
