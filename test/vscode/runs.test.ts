// A person runs the digits example in VS Code: started by palette and lens, followed in graph, log and list, failed, answered, stopped,
// and carried on over a reload of the window. Held against what the engine itself says.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Frame, Locator } from 'playwright-core';
import type { RunState } from '../../core/run/reduce.ts';
import { isEndedRun } from '../../core/run/status.ts';
import { findEngine } from '../../remote/local.ts';
import { reloadWindow, runCommand } from '../support/vscode/workbench.ts';
import { type DigitsWindow, openDigits } from './digits-window.ts';

let digits: DigitsWindow;
before(async () => {
  digits = await openDigits({ name: 'vscode-runs' });
});
after(() => digits?.close());

function trains({ status, steps }: RunState): boolean {
  return status === 'running' && steps.some((step) => step.name === 'train_wide' && step.status === 'running');
}

function card(graph: Frame, step: string, tone: string) {
  return graph.locator(`.card[data-step="${step}"].tone-${tone}`).waitFor();
}

/** The trainings wait in their first line until the returned function is called: however slow the window is, it sees them run. */
function holdTrainings(): () => void {
  const script = join(digits.folder, 'src/train.mjs');
  const text = readFileSync(script, 'utf8');
  const gate = join(digits.folder, 'go');
  const wait = `import { watch as watchGate, existsSync as isOpen } from 'node:fs';
await new Promise((go) => {
  const look = () => isOpen(${JSON.stringify(gate)}) && (watcher.close(), go());
  const watcher = watchGate(${JSON.stringify(digits.folder)}, look);
  look();
});
`;
  writeFileSync(script, wait + text);
  return () => {
    writeFileSync(script, text);
    writeFileSync(gate, '');
  };
}

/** Lines of a step's log, as the engine has them. */
async function linesOf(run: RunState, step: string): Promise<number> {
  const { client } = (await findEngine(digits.folder))!;
  return (await client.logLines(run.steps.find(({ name }) => name === step)!.uuid, { first: 0, count: 0 })).total;
}

test('run by the palette: graph and log follow, and the end is told', async () => {
  const { page } = digits;
  await digits.fresh(6);
  const goOn = holdTrainings();
  await runCommand(page, 'Weft: Run Workflow');
  const graph = await digits.graph();
  await card(graph, 'train_wide', 'active');
  // It goes away by itself after a while, so it is looked out for from now on.
  const told = page.locator('.notification-toast', { hasText: /digits execution-\d+ completed/ }).waitFor({ timeout: 120_000 });
  told.catch(() => {});
  goOn();
  const log = await digits.log();
  await log
    .locator('.row', { hasText: /epoch \d+\/6/ })
    .first()
    .waitFor();
  await digits.picture('running');
  for (const step of ['collect', 'release', 'train_wide', 'train_narrow', 'choose', 'register']) await card(graph, step, 'done');
  const run = await digits.runWhere('the run completes', ({ status }) => status === 'completed');
  await told;
  await log.locator('.tab[data-step="train_wide"]').click();
  const lines = await linesOf(run, 'train_wide');
  await log.locator('.head-size', { hasText: new RegExp(`^${lines} `) }).waitFor();
  await log.locator('.row', { hasText: 'accuracy' }).last().waitFor();
  await digits.picture('completed');
});

test('the views have the workflow and its runs, and the text says how each step went', async () => {
  const { page } = digits;
  await digits.fresh(1);
  await digits.runByLens();
  const { name } = await digits.runWhere(
    'a run completes',
    ({ status, values }) => status === 'completed' && epochs(values) === 1,
  );
  await page.locator('.activitybar .action-label[aria-label^="Weft"]').first().click();
  const rows = (view: string) => page.locator(`.pane:has(.pane-header[aria-label^="${view}"]) .monaco-list-row`);
  await rows('Runs').filter({ hasText: name }).first().waitFor();
  await rows('Runs').filter({ hasText: 'Train the wide network' }).first().waitFor();
  await rows('Workflows').filter({ hasText: 'Completed' }).first().waitFor();
  await rows('Workflows').filter({ hasText: 'digits.workflow.yaml' }).locator('.monaco-tl-twistie').click();
  await rows('Workflows').filter({ hasText: 'Which one is better?' }).waitFor();
  await rows('Workflows').filter({ hasText: 'Train the narrow network' }).click();
  await page.locator('.view-line', { hasText: 'train_narrow:' }).waitFor();
  await page.locator('.view-line [class*="ced-"]').first().waitFor({ state: 'attached' });
  await digits.picture('views');
});

test('a step that fails is told with its log, where a click opens the code', async () => {
  const { page } = digits;
  await digits.fresh(3);
  const script = join(digits.folder, 'src/train.mjs');
  const text = readFileSync(script, 'utf8');
  try {
    writeFileSync(script, text.replace(/\n(?=const|function|export)/, '\nthrow new Error("out of luck");\n'));
    await digits.runByLens();
    const toast = page.locator('.notification-toast', { hasText: /digits execution-\d+ failed at Train the/ });
    await toast.waitFor();
    await toast.locator('.monaco-button', { hasText: 'Open Log' }).click();
    const log = await digits.log();
    await log.locator('.row', { hasText: 'out of luck' }).first().waitFor();
    await digits.picture('failed');
    await log.locator('.link', { hasText: 'train.mjs:' }).first().click();
    await page.locator('.tab.active', { hasText: 'train.mjs' }).waitFor();
  } finally {
    writeFileSync(script, text);
  }
  const [failed] = await digits.runs();
  await digits.host.run((vscode, run) => vscode.commands.executeCommand('weft.retry', run), failed!.id);
  await digits.runWhere('the retried run completes', ({ status, values }) => status === 'completed' && epochs(values) === 3);
});

test('a step that waits is listed, and its answer lets the run go on', async () => {
  const { page } = digits;
  await digits.fresh(2);
  const values = join(digits.folder, 'digits.values.yaml');
  const text = readFileSync(values, 'utf8');
  try {
    writeFileSync(values, '');
    await digits.runByLens();
    const toast = page.locator('.notification-toast', { hasText: 'waits for models' });
    await toast.waitFor();
    await digits.picture('waiting');
    await toast.locator('.monaco-button', { hasText: 'Answer' }).click();
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: /digits \d/ })
      .first()
      .waitFor();
    await digits.picture('answering');
    await page.keyboard.press('Enter');
    await digits.runWhere('the run completes', ({ status, values }) => status === 'completed' && epochs(values) === 2);
  } finally {
    writeFileSync(values, text);
  }
});

test('run from a step takes the results before it over', async () => {
  const { page } = digits;
  await digits.fresh(4);
  await digits.runByLens();
  const before = await digits.runWhere('a run completes', ({ status, values }) => status === 'completed' && epochs(values) === 4);
  // Whichever step's lens is seen there, the trainings are before it and the service is not.
  await digits.host.run((vscode) => {
    const [editor] = vscode.window.visibleTextEditors;
    const place = editor!.document.positionAt(editor!.document.getText().indexOf('  register:'));
    editor!.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenter);
  });
  await page.locator('.codelens-decoration a:visible', { hasText: 'Run from Here' }).first().click();
  const run = await digits.runWhere(
    'it completes too',
    ({ id, status, values }) => id !== before.id && status === 'completed' && epochs(values) === 4,
  );
  assert.equal(run.steps.find(({ name }) => name === 'train_wide')!.reused, before.id);
  assert.equal(run.steps.find(({ name }) => name === 'serve')!.reused, undefined);
  const graph = await digits.graph();
  await graph.locator('.card[data-step="train_wide"].reused').waitFor();
  await digits.picture('reused');
});

test('stop ends the run', async () => {
  const { page } = digits;
  await digits.fresh(5_000);
  await digits.runByLens();
  const run = await digits.runWhere('the training runs', trains);
  const graph = await digits.graph();
  await card(graph, 'train_wide', 'active');
  await runCommand(page, 'Weft: Stop Run');
  await digits.runWhere('the run is stopped', ({ id, status }) => id === run.id && status === 'stopped');
  await card(graph, 'train_wide', 'stopped');
  await digits.picture('stopped');
});

test('a reload of the window in the middle loses nothing', async () => {
  const { page } = digits;
  await digits.fresh(5_000);
  await digits.runByLens();
  const run = await digits.runWhere('the training runs', trains);
  await digits.graph();
  await (await digits.log()).locator('.row', { hasText: 'epoch' }).first().waitFor();
  await reloadWindow(page);
  const graph = await digits.graph();
  await card(graph, 'collect', 'done');
  await card(graph, 'train_wide', 'active');
  const log = await digits.log();
  await log.locator('.row', { hasText: 'epoch' }).first().waitFor();
  await digits.picture('reloaded');
  const [newest] = await digits.runs();
  assert.deepEqual([newest!.id, newest!.status], [run.id, 'running']);
  await runCommand(page, 'Weft: Stop Run');
  await card(graph, 'train_wide', 'stopped');
  const ended = await digits.runWhere('the run is stopped', ({ id, status }) => id === run.id && isEndedRun(status));
  await log.locator('.tab[data-step="train_wide"]').click();
  const lines = await linesOf(ended, 'train_wide');
  await log.locator('.head-size', { hasText: new RegExp(`^${lines.toLocaleString('en')} `) }).waitFor();
});

test('graph and log can be read in dark and in high contrast', async () => {
  await digits.fresh(1);
  await digits.runByLens();
  await digits.runWhere('a run completes', ({ status, values }) => status === 'completed' && epochs(values) === 1);
  const graph = await digits.graph();
  await card(graph, 'serve', 'done');
  const log = await digits.log();
  await log.locator('.tab[data-step="train_wide"]').click();
  await log.locator('.row', { hasText: 'epoch' }).first().waitFor();
  for (const [theme, kind] of [
    ['Dark Modern', 'vscode-dark'],
    ['Default High Contrast', 'vscode-high-contrast'],
    ['Light Modern', 'vscode-light'],
  ] as const) {
    await digits.host.run(
      (vscode, name) =>
        vscode.workspace.getConfiguration('workbench').update('colorTheme', name, vscode.ConfigurationTarget.Global),
      theme,
    );
    await graph.locator(`body.${kind}`).waitFor();
    await log.locator(`body.${kind}`).waitFor();
    const title = graph.locator('.card[data-step="train_wide"] .title');
    assert.ok((await contrast(title, graph.locator('.card[data-step="train_wide"] .body'))) > 4.5, `card in ${theme}`);
    assert.ok((await contrast(log.locator('.row .text').first(), log.locator('body'))) > 4.5, `log in ${theme}`);
    await digits.picture(theme.replaceAll(' ', '-').toLowerCase());
  }
});

/** Of the colour of a text with what is behind it, as WCAG counts. */
async function contrast(text: Locator, behind: Locator): Promise<number> {
  const colourOf = (locator: Locator, members: readonly string[]) =>
    locator.evaluate((element, names) => {
      // What is transparent shows what is behind it, which for a webview is the colour of the editor or the panel.
      for (let at: Element | null = element; at; at = at.parentElement) {
        for (const name of names) {
          const value = getComputedStyle(at).getPropertyValue(name);
          const numbers = value.match(/[\d.]+/g)?.map(Number);
          if (value.startsWith('rgb') && numbers && (numbers[3] ?? 1) > 0.5) return numbers;
        }
      }
      return [255, 255, 255];
    }, members);
  const light = (colour: readonly number[]) => {
    const [red, green, blue] = colour
      .slice(0, 3)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const svg = await text.evaluate((element) => element instanceof SVGElement);
  const first = light(await colourOf(text, [svg ? 'fill' : 'color']));
  const second = light(await colourOf(behind, [svg ? 'fill' : 'background-color']));
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

function epochs({ parameters }: RunState['values']): unknown {
  return parameters.find(({ name }) => name === 'epochs')?.value;
}
