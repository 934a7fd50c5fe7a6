// A person debugs the digits workflow in VS Code: a real red dot, a run that stops there, values seen and set, steps one by one.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { RunState } from '../../core/run/reduce.ts';
import { eventually } from '../support/vscode/wait.ts';
import { type DigitsWindow, openDigits } from './digits-window.ts';

let digits: DigitsWindow;
before(async () => {
  digits = await openDigits({ name: 'vscode-debug', settings: { 'debug.openDebug': 'openOnDebugBreak' } });
});
after(() => digits?.close());

/** Line number of the first line with this text, from 1. */
function lineOf(words: string): Promise<number> {
  return digits.host.run((vscode, wanted) => {
    const { document } = vscode.window.activeTextEditor!;
    return document.positionAt(document.getText().indexOf(wanted)).line + 1;
  }, words);
}

/** Sets a breakpoint as F9 does, in the line with this text. */
async function breakAt(words: string): Promise<void> {
  await digits.host.run(async (vscode, wanted) => {
    const editor = vscode.window.activeTextEditor!;
    const place = editor.document.positionAt(editor.document.getText().indexOf(wanted));
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await vscode.commands.executeCommand('editor.debug.action.toggleBreakpoint');
  }, words);
}

/** Where the debugger has put the breakpoints that it took. */
function breakpointLines(): Promise<readonly number[]> {
  return digits.host.run(async (vscode) => {
    const session = vscode.debug.activeDebugSession!;
    const taken = await Promise.all(vscode.debug.breakpoints.map((each) => session.getDebugProtocolBreakpoint(each)));
    return taken.flatMap((each) => {
      const { verified, line } = (each ?? {}) as { verified?: boolean; line?: number };
      return verified && line !== undefined ? [line] : [];
    });
  });
}

async function clean(): Promise<void> {
  await digits.host.run(async (vscode) => {
    await vscode.debug.stopDebugging();
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
  });
}

async function debugByLens(): Promise<void> {
  const lens = digits.page.locator('.codelens-decoration a', { hasText: /^Debug$/ }).first();
  await digits.host.run((vscode) => {
    const editor = vscode.window.activeTextEditor!;
    const place = editor.document.positionAt(Math.max(0, editor.document.getText().indexOf('wf.workflow(')));
    editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
  });
  await lens.click();
}

const stopped = () => digits.page.locator('.debug-toolbar .codicon-debug-continue').waitFor();
const run = (fits: (run: RunState) => boolean) => digits.runWhere('the run', fits);
const held = (name: string) => (state: RunState) => state.steps.some((step) => step.name === name && step.held !== undefined);
const status = ({ steps }: RunState, name: string) => steps.find((step) => step.name === name)!.status;

function request<Result>(command: string, args: object): Promise<Result> {
  return digits.host.run<Result, { command: string; args: object }>(
    (vscode, asked) => vscode.debug.activeDebugSession!.customRequest(asked.command, asked.args),
    { command, args },
  );
}

test('a breakpoint is moved to its step, survives an edit, and holds the run there and only there', async () => {
  const { page } = digits;
  await clean();
  await digits.fresh(1);
  await breakAt('title: Train the wide network');
  await page.locator('.codicon-debug-breakpoint').first().waitFor();
  await debugByLens();
  await stopped();
  const state = await run(held('train_wide'));
  assert.deepEqual([status(state, 'collect'), status(state, 'release')], ['completed', 'completed']);
  const step = await lineOf('  train_wide:');
  assert.deepEqual(await breakpointLines(), [step]);
  await page
    .locator('.monaco-editor .codicon-debug-stackframe, .monaco-editor .codicon-debug-breakpoint-stackframe')
    .first()
    .waitFor();
  await page.locator('.debug-call-stack .monaco-list-row', { hasText: 'train_wide' }).first().waitFor();
  await digits.picture('held');
  await page.locator('.debug-variables .monaco-list-row', { hasText: 'Parameters' }).click();
  await page.locator('.debug-variables .monaco-list-row', { hasText: 'epochs' }).first().waitFor();
  const graph = await digits.graph();
  await graph.locator('.card[data-step="train_wide"].tone-waiting').waitFor();
  await digits.picture('variables');

  await digits.host.run(async (vscode) => {
    const { document, edit } = vscode.window.activeTextEditor!;
    await edit((builder) => builder.insert(document.positionAt(document.getText().indexOf('steps:')), '# one\n# two\n'));
    await document.save();
  });
  await eventually('the breakpoint has moved along', async () => (await breakpointLines())[0] === step + 2);
  await page.locator('.debug-toolbar .codicon-debug-continue').click();
  await run(({ status: now }) => now === 'completed');
  await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
  await clean();
});

test('values are seen and set, the console evaluates and completes, and a step runs again with what was set', async () => {
  const { page } = digits;
  await clean();
  await digits.fresh(1);
  await breakAt('  choose:');
  await debugByLens();
  await stopped();
  await run(held('choose'));
  const frames = () =>
    request<{ stackFrames: { id: number; name: string; canRestart: boolean }[] }>('stackTrace', { threadId: 1 });
  const { stackFrames } = await frames();
  const { scopes } = await request<{ scopes: { name: string; variablesReference: number }[] }>('scopes', {
    frameId: stackFrames[0]!.id,
  });
  const parameters = scopes.find(({ name }) => name === 'Parameters')!.variablesReference;
  await page.locator('.debug-variables .monaco-list-row', { hasText: /^Parameters$/ }).click();
  await request('setVariable', { variablesReference: parameters, name: 'epochs', value: '2' });
  await page
    .locator('.debug-variables .monaco-list-row', { hasText: /epochs.*2/ })
    .first()
    .waitFor();

  await digits.host.run((vscode) => vscode.commands.executeCommand('workbench.debug.action.focusRepl'));
  const input = page.locator('.repl-input-wrapper .monaco-editor');
  await input.click();
  await page.keyboard.type('steps.train_wide.outputs.metrics.');
  await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'accuracy' }).first().waitFor();
  await digits.picture('console-completion');
  await page.keyboard.press('Tab');
  await page.keyboard.type(' > 0.1');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.locator('.repl .monaco-list-row .value', { hasText: 'true' }).first().waitFor();
  await digits.picture('console');

  const trained = stackFrames.find(({ name }) => name.startsWith('train_wide'))!;
  assert.equal(trained.canRestart, true);
  await request('restartFrame', { frameId: trained.id });
  await run(held('train_wide'));
  await page.locator('.debug-toolbar .codicon-debug-continue').click();
  const again = await run(
    (state) => held('choose')(state) && state.steps.some(({ name, attempt }) => name === 'train_wide' && attempt === 2),
  );
  assert.deepEqual(
    again.values.parameters.find(({ name }) => name === 'epochs'),
    { name: 'epochs', value: 2 },
  );
  await page.locator('.debug-toolbar .codicon-debug-stop').click();
  await run(({ status: now }) => now === 'stopped');
  await clean();
});

test('a condition decides, step over runs one step, pause holds the next', async () => {
  const { page } = digits;
  await clean();
  await digits.fresh(1);
  await digits.host.run((vscode) => {
    const { document } = vscode.window.activeTextEditor!;
    const at = (words: string) => new vscode.Location(document.uri, document.positionAt(document.getText().indexOf(words)));
    vscode.debug.addBreakpoints([
      new vscode.SourceBreakpoint(at('  release:'), true, 'parameters.epochs > 5'),
      new vscode.SourceBreakpoint(at('  export_wide:'), true, 'steps.train_wide.outputs.metrics.accuracy > 0.1'),
      new vscode.SourceBreakpoint(at('  export_narrow:'), true, 'steps.train_wide.outputs.metrics.accuracy > 0.1'),
    ]);
  });
  await debugByLens();
  await stopped();
  const chosen = await run((state) => held('export_wide')(state) || held('export_narrow')(state));
  const name = held('export_wide')(chosen) ? 'export_wide' : 'export_narrow';
  await page.locator('.debug-toolbar .codicon-debug-step-over').click();
  const next = await run(held('register'));
  assert.equal(status(next, name), 'completed');
  await digits.picture('stepped');
  await page.locator('.debug-toolbar .codicon-debug-continue').click();
  await run(({ status: now }) => now === 'completed');
  await clean();
});

test('a workflow in TypeScript is held at the call that makes the step', async () => {
  const { page } = digits;
  await clean();
  await digits.fresh(1);
  await digits.host.run(
    async (vscode, path) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
      await vscode.window.showTextDocument(document, { preview: false });
    },
    join(digits.folder, 'digits.workflow.ts'),
  );
  await breakAt("title: 'Publish a version'");
  await debugByLens();
  await stopped();
  await run(held('release'));
  assert.deepEqual(await breakpointLines(), [await lineOf("wf.releaseDataset('release'")]);
  await page
    .locator('.monaco-editor .codicon-debug-stackframe, .monaco-editor .codicon-debug-breakpoint-stackframe')
    .first()
    .waitFor();
  await digits.picture('typescript');
  await page.locator('.debug-toolbar .codicon-debug-stop').click();
  await run(({ status: now }) => now === 'stopped');
  await clean();
});
