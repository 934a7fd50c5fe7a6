// The log panel in a real browser: windows of a log of ten million lines, following, finding, colours, links, copies.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FromLogPanel, ToLogPanel } from '../../core/protocol/webview.ts';
import type { RunEventBody } from '../../core/run/events.ts';
import { logTexts, textsFor } from '../../core/views/texts.ts';
import { began, busyRun, digitsCreated, ends, eventsOf, starts, stateOf } from './digits.ts';
import { openBrowser, type PanelBrowser, type PanelOptions, type PanelPage } from './page.ts';

type LogPage = PanelPage<ToLogPanel, FromLogPanel>;

let browser: PanelBrowser;
before(async () => {
  browser = await openBrowser('log');
});
after(() => browser.close());

const texts = textsFor(logTexts, 'en');
const millions = 10_000_000;

/** The host of a log in which line n (from 0) is `line n`; goes into the page. */
function numbered(message: { type: string; request: number; step: string; first: number; count: number }): unknown[] {
  if (message.type !== 'window') return [];
  const { request, step, first, count } = message;
  return [{ type: 'lines', request, step, first, lines: Array.from({ length: count }, (_, at) => `line ${first + at}`) }];
}

/** Runs `train_wide` and shows it. */
async function openLog(
  options: PanelOptions & { readonly lines?: readonly string[]; readonly ended?: boolean } = {},
): Promise<LogPage> {
  const { lines, ended = false, ...rest } = options;
  const panel = await browser.open<ToLogPanel, FromLogPanel>({
    answer: lines ? () => [] : (numbered as never),
    size: { width: 1000, height: 400 },
    ...rest,
  });
  await panel.send({ type: 'run', run: stateOf(busyRun), texts, now: began + 65_000 });
  await panel.take('watch');
  if (lines) {
    await panel.send({ type: 'size', step: 'train_wide', lines: lines.length, bytes: 1, ended });
    const { request, first } = await panel.take('window');
    await panel.send({ type: 'lines', request, step: 'train_wide', first, lines: lines.slice(first) });
  }
  return panel;
}

const size = (panel: LogPage, lines: number, ended = false) =>
  panel.send({ type: 'size', step: 'train_wide', lines, bytes: lines * 10, ended });

/** Line numbers and texts as they stand in the window, wholly in view, from the top. */
function inView(panel: LogPage): Promise<{ number: number; text: string }[]> {
  return panel.page.evaluate(() => {
    const view = document.querySelector('.lines')!;
    const box = view.getBoundingClientRect();
    return [...document.querySelectorAll('.row')].flatMap((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      if (top < box.top - 1 || bottom > box.top + view.clientHeight + 1) return [];
      return [
        {
          number: Number(row.querySelector('.margin')!.getAttribute('data-line')),
          text: row.querySelector('.text')!.textContent!,
        },
      ];
    });
  });
}

/** Waits until every line in view is there and is the right one; gives the first and the last number. */
async function soundView(panel: LogPage): Promise<[number, number]> {
  await panel.page.waitForFunction(() => {
    const rows = [...document.querySelectorAll('.row')];
    return rows.length > 0 && rows.every((row) => !row.classList.contains('missing'));
  });
  const rows = await inView(panel);
  for (const [index, row] of rows.entries()) {
    assert.equal(row.number, rows[0]!.number + index, 'lines follow each other');
    assert.equal(row.text, `line ${row.number - 1}`);
  }
  return [rows[0]!.number, rows.at(-1)!.number];
}

const frames = (panel: LogPage) =>
  panel.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
const scrollBar = (panel: LogPage, part: number) =>
  panel.page.evaluate(async (to) => {
    const lines = document.querySelector('.lines')!;
    lines.scrollTop = (lines.scrollHeight - lines.clientHeight) * to;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, part);
const shownStep = (panel: LogPage) => panel.page.locator('[role="tab"][aria-selected="true"]').getAttribute('data-step');
const toEndPill = (panel: LogPage) => panel.page.locator('.to-end');
/** Texts under a highlight of the browser, from the top. */
const highlighted = (panel: LogPage, name: string) =>
  panel.page.evaluate((key) => {
    const ranges = [...(CSS.highlights.get(key) ?? [])] as Range[];
    return ranges.sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b)).map((range) => range.toString());
  }, name);

test('ten million lines: the end at first, then wherever the bar, the wheel and the keys lead', async () => {
  const panel = await openLog();
  await size(panel, millions);
  assert.equal((await soundView(panel))[1], millions);
  await scrollBar(panel, 0.5);
  const [middle] = await soundView(panel);
  assert.ok(Math.abs(middle - millions / 2) < 30, `line ${middle} stands where the middle is`);
  await panel.page.mouse.move(500, 250);
  await panel.page.mouse.wheel(0, 180);
  await frames(panel);
  const [below] = await soundView(panel);
  assert.ok(below - middle >= 8 && below - middle <= 12, `180 pixels are ten lines, and not ${below - middle}`);
  await panel.page.locator('.lines').focus();
  await panel.page.keyboard.press('PageDown');
  await frames(panel);
  const [page] = await soundView(panel);
  assert.ok(page - below > 10 && page - below < 25);
  await panel.page.keyboard.press('PageUp');
  await panel.page.keyboard.press('ArrowDown');
  await frames(panel);
  assert.equal((await soundView(panel))[0], below + 1);
  await panel.page.keyboard.press('Home');
  await frames(panel);
  assert.equal((await soundView(panel))[0], 1);
  await panel.page.keyboard.press('End');
  await frames(panel);
  assert.equal((await soundView(panel))[1], millions);
  const windows = (await panel.posted()).filter((message) => message.type === 'window');
  const asked = windows.reduce((sum, message) => sum + message.count, 0);
  assert.ok(asked < 20_000, `${asked} lines were asked for`);
  assert.ok((await panel.page.locator('.row').count()) < 100);
  await panel.close();
});

test('who drags the bar through the log asks for little of it', async () => {
  const panel = await openLog({ answer: () => [] });
  await size(panel, millions);
  for (let part = 0; part <= 1; part += 0.05) await scrollBar(panel, part);
  const windows = (await panel.posted()).filter((message) => message.type === 'window');
  assert.ok(windows.length <= 4, `${windows.length} questions without an answer`);
  await panel.close();
});

test('following: the end stays in view while the log grows, until the user leaves it', async () => {
  const panel = await openLog();
  await size(panel, 100);
  assert.equal((await soundView(panel))[1], 100);
  for (const lines of [101, 777, 5000]) {
    await size(panel, lines);
    assert.equal((await soundView(panel))[1], lines);
  }
  assert.equal(await toEndPill(panel).isVisible(), false);
  await panel.page.mouse.move(500, 250);
  await panel.page.mouse.wheel(0, -500);
  await toEndPill(panel).waitFor();
  const [top] = await soundView(panel);
  await size(panel, 6234);
  assert.equal((await soundView(panel))[0], top, 'what is read stays where it is');
  assert.equal(await toEndPill(panel).textContent(), '1,234 new lines');
  await toEndPill(panel).click();
  await frames(panel);
  assert.equal((await soundView(panel))[1], 6234);
  await size(panel, 6300);
  assert.equal((await soundView(panel))[1], 6300);
  await panel.close();
});

test('following: what has not come yet leaves no gaps at the end', async () => {
  const panel = await openLog({ lines: Array.from({ length: 300 }, (_, line) => `line ${line}`) });
  await soundView(panel);
  await size(panel, 400);
  assert.equal((await soundView(panel))[1], 300);
  const { request, first, count } = await panel.take('window');
  const answer = (from: number, end: number) => Array.from({ length: end - from }, (_, at) => `line ${from + at}`);
  await size(panel, 460);
  await panel.send({ type: 'lines', request, step: 'train_wide', first, lines: answer(first, first + count) });
  assert.equal((await soundView(panel))[1], 400);
  const next = await panel.take('window');
  assert.equal(next.first, 400);
  await panel.send({ type: 'lines', request: next.request, step: 'train_wide', first: 400, lines: answer(400, 460) });
  assert.equal((await soundView(panel))[1], 460);
  await panel.close();
});

test('a step that began anew has its log from the beginning', async () => {
  const panel = await openLog();
  await size(panel, 3000);
  await soundView(panel);
  await panel.forget();
  await size(panel, 20);
  const window = await panel.take('window');
  assert.deepEqual([window.first, window.count], [0, 20]);
  assert.deepEqual(await soundView(panel), [1, 20]);
  await panel.close();
});

test('each attempt has a log of its own, also when it is as long as the one before', async () => {
  const panel = await openLog();
  await size(panel, 30);
  await soundView(panel);
  await panel.forget();
  const again: RunEventBody[] = [
    ends('train_wide'),
    { type: 'step.reset', step: 'train_wide', reason: 'retry' },
    ...starts('train_wide', 2),
  ];
  await panel.send({ type: 'events', events: eventsOf(again, 30), now: began + 70_000 });
  assert.equal((await panel.take('watch')).step, 'train_wide');
  assert.equal(await panel.page.locator('.row').count(), 0);
  await size(panel, 30);
  assert.equal((await panel.take('window')).first, 0);
  assert.deepEqual((await soundView(panel)).at(-1), 30);
  await panel.close();
});

test('a step that ended and has no log says so after a while', async () => {
  const panel = await openLog();
  await panel.page.locator('[role="tab"][data-step="release"]').click();
  const note = panel.page.locator('.note');
  assert.equal(await note.textContent(), 'Opening the log …');
  await note.filter({ hasText: 'The step ended without output' }).waitFor();
  await panel.close();
});

test('an error stands over the log: all of it while there are no lines, then its first line', async () => {
  const panel = await browser.open<ToLogPanel, FromLogPanel>({ answer: numbered as never });
  const failed = { status: 'failed', exitCode: 1, error: { code: 'X', message: 'exit status 1\nlast lines' } } as const;
  const bodies: RunEventBody[] = [digitsCreated(), { type: 'run.started' }, ...starts('collect'), ends('collect', failed)];
  await panel.send({ type: 'run', run: stateOf(bodies), texts, now: began });
  const error = panel.page.locator('.step-error');
  assert.equal(await error.textContent(), 'exit status 1\nlast lines');
  await panel.send({ type: 'size', step: 'collect', lines: 5, bytes: 50, ended: true });
  assert.equal(await error.textContent(), 'exit status 1');
  await panel.close();
});

test('a tab for each step; the log of the running one is shown until the user picks another', async () => {
  const panel = await browser.open<ToLogPanel, FromLogPanel>({ answer: numbered as never });
  const bodies: RunEventBody[] = [digitsCreated(), { type: 'run.started' }, ...starts('collect')];
  await panel.send({ type: 'run', run: stateOf(bodies), texts, now: began });
  assert.equal(await panel.page.locator('[role="tab"]').count(), 9);
  assert.equal((await panel.take('watch')).step, 'collect');
  await panel.send({ type: 'events', events: eventsOf([ends('collect'), ...starts('release')], 5), now: began });
  assert.equal((await panel.take('watch')).step, 'release');
  assert.match((await panel.page.locator('[role="tab"][data-step="collect"]').getAttribute('aria-label'))!, /Completed$/);
  await panel.page.locator('[role="tab"][data-step="collect"]').click();
  assert.equal((await panel.take('watch')).step, 'collect');
  await panel.send({ type: 'events', events: eventsOf([ends('release'), ...starts('train_wide')], 8), now: began });
  assert.equal(await shownStep(panel), 'collect');
  await panel.page.keyboard.press('ArrowDown');
  assert.equal(await shownStep(panel), 'release');
  await panel.send({ type: 'show', step: 'train_wide' });
  assert.equal(await shownStep(panel), 'train_wide');
  await panel.close();
});

test('nobody who reads back is taken to the next step', async () => {
  const panel = await openLog();
  await size(panel, 5000);
  await soundView(panel);
  await panel.page.mouse.move(500, 250);
  await panel.page.mouse.wheel(0, -500);
  await toEndPill(panel).waitFor();
  await panel.send({ type: 'events', events: eventsOf([ends('train_wide'), ...starts('choose')], 30), now: began + 70_000 });
  assert.equal(await shownStep(panel), 'train_wide');
  await panel.close();
});

test('finding: matches are counted while they come, marked in the lines, and walked around', async () => {
  const panel = await openLog();
  await size(panel, 5000);
  await soundView(panel);
  await panel.page.keyboard.press('Control+f');
  await panel.page.keyboard.insertText('line 49');
  const asked = await panel.take('search');
  assert.deepEqual(asked, {
    type: 'search',
    request: asked.request,
    step: 'train_wide',
    text: 'line 49',
    regex: false,
    caseSensitive: false,
  });
  const count = panel.page.locator('.find .count');
  const answer = (lines: number[], done: boolean, request = asked.request) =>
    panel.send({ type: 'matches', request, step: 'train_wide', lines, done });
  await answer([49, 490], false);
  assert.equal(await count.textContent(), '2 so far …');
  await answer([491, 4900, 4999], true);
  await panel.page.keyboard.press('Enter');
  assert.match((await count.textContent())!, /of 5$/);
  await answer([3], true, asked.request - 1);
  assert.match((await count.textContent())!, /of 5$/, 'an answer to an older question is none');
  for (let step = 0; step < 5 && (await count.textContent()) !== '1 of 5'; step++) await panel.page.keyboard.press('F3');
  assert.equal(await count.textContent(), '1 of 5');
  await soundView(panel);
  assert.deepEqual(await highlighted(panel, 'weft-current'), ['line 49']);
  await panel.page.keyboard.press('Shift+F3');
  assert.equal(await count.textContent(), '5 of 5');
  await soundView(panel);
  assert.ok((await inView(panel)).some((row) => row.text === 'line 4999'));
  assert.ok((await highlighted(panel, 'weft-match')).every((text) => text === 'line 49'));
  assert.ok((await panel.page.locator('.ruler .tick').count()) >= 2);
  await panel.page.keyboard.press('Escape');
  assert.equal(await panel.page.locator('.find').isVisible(), false);
  assert.deepEqual(await highlighted(panel, 'weft-match'), []);
  assert.equal((await panel.take('search')).text, '', 'the search is ended');
  await panel.close();
});

test('finding: case, regular expressions, and what is none', async () => {
  const panel = await openLog({ lines: ['Loss 1', 'loss 2', 'loss: 33'], ended: true });
  await panel.page.keyboard.press('Control+f');
  await panel.page.keyboard.insertText('loss');
  await panel.take('search');
  await panel.page.getByRole('button', { name: 'Match case' }).click();
  assert.equal((await panel.take('search')).caseSensitive, true);
  await frames(panel);
  assert.deepEqual(await highlighted(panel, 'weft-match'), ['loss', 'loss']);
  await panel.page.getByRole('button', { name: 'Use regular expression' }).click();
  await panel.page.locator('.find .field').fill('\\d\\d');
  await frames(panel);
  assert.deepEqual(await highlighted(panel, 'weft-match'), ['33']);
  await panel.forget();
  await panel.page.locator('.find .field').fill('(');
  assert.equal(await panel.page.locator('.find .count').textContent(), 'No valid pattern');
  assert.ok(!(await panel.posted()).some((message) => message.type === 'search' && message.text === '('));
  await panel.close();
});

test('terminal colours are those of the theme, links open files and addresses', async () => {
  const panel = await openLog({
    lines: [
      '\u001b[31merror\u001b[0m in src/train.py:12:3 and \u001b[1;38;2;1;2;3mbold\u001b[0m',
      'see https://example.org/a?b=1.',
      '\u001b[32mgreen goes on',
      'here\u001b[0m, not here',
    ],
    ended: true,
  });
  const colour = (text: string) =>
    panel.page.locator('.row .text span', { hasText: new RegExp(`^${text}$`) }).evaluate((span) => getComputedStyle(span).color);
  const variable = (name: string) =>
    panel.page.evaluate((key) => {
      const probe = document.createElement('span');
      probe.style.color = `var(${key})`;
      document.body.append(probe);
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    }, name);
  assert.equal(await colour('error'), await variable('--vscode-terminal-ansiRed'));
  assert.equal(await colour('bold'), 'rgb(1, 2, 3)');
  assert.equal(await colour('here'), await variable('--vscode-terminal-ansiGreen'));
  assert.equal((await inView(panel))[0]!.text, 'error in src/train.py:12:3 and bold');
  const link = panel.page.locator('.link[data-file]');
  await link.click();
  assert.deepEqual(await panel.take('openFile'), { type: 'openFile', file: 'src/train.py', line: 12, column: 3 });
  await link.focus();
  await panel.page.keyboard.press('Enter');
  assert.deepEqual(await panel.take('openFile'), { type: 'openFile', file: 'src/train.py', line: 12, column: 3 });
  assert.equal(await panel.page.locator('a[href]').getAttribute('href'), 'https://example.org/a?b=1');
  await panel.close();
});

test('text is selected across lines and copied, also of lines that left the document', async () => {
  const panel = await openLog();
  await size(panel, 5000);
  await soundView(panel);
  await panel.page.locator('.lines').focus();
  await panel.page.keyboard.press('Home');
  await frames(panel);
  await soundView(panel);
  const at = async (line: number, character: number) => {
    const box = await panel.page.evaluate(
      ([row, offset]) => {
        const text = document.querySelector(`[data-row="${row}"] .text`)!.firstChild!;
        const range = document.createRange();
        range.setStart(text, offset!);
        range.setEnd(text, offset! + 1);
        const { left, top, height } = range.getBoundingClientRect();
        return { x: left + 1, y: top + height / 2 };
      },
      [line, character],
    );
    return box;
  };
  const copy = async () => {
    await panel.page.keyboard.press('Control+c');
    await panel.page.locator('.toast').waitFor();
    return panel.page.evaluate(() => navigator.clipboard.readText());
  };
  const [from, to] = [await at(2, 2), await at(4, 4)];
  await panel.page.mouse.move(from.x, from.y);
  await panel.page.mouse.down();
  await panel.page.mouse.move(to.x, to.y, { steps: 5 });
  await panel.page.mouse.up();
  assert.deepEqual(await highlighted(panel, 'weft-selection'), ['ne 2', 'line 3', 'line']);
  assert.equal(await copy(), 'ne 2\nline 3\nline');
  // On to a line far below; what lies between has left the document.
  await scrollBar(panel, 0.2);
  await soundView(panel);
  const [first] = await soundView(panel);
  const end = await at(first, 4);
  await panel.page.keyboard.down('Shift');
  await panel.page.mouse.click(end.x, end.y);
  await panel.page.keyboard.up('Shift');
  const copied = (await copy()).split('\n');
  assert.equal(copied.length, first - 2 + 1);
  assert.deepEqual([copied[0], copied[1], copied.at(-1)], ['ne 2', 'line 3', 'line']);
  const word = await at(first, 2);
  await panel.page.mouse.dblclick(word.x, word.y);
  assert.deepEqual(await highlighted(panel, 'weft-selection'), ['line']);
  await panel.page.keyboard.press('Escape');
  assert.deepEqual(await highlighted(panel, 'weft-selection'), []);
  await panel.close();
});

test('all of a short log is copied, of a long one the whole is to be saved', async () => {
  const panel = await openLog({ lines: ['a', '\u001b[1mb\u001b[0m', 'c'], ended: true });
  await panel.page.locator('.lines').focus();
  await panel.page.keyboard.press('Control+a');
  await panel.page.keyboard.press('Control+c');
  assert.equal(await panel.page.locator('.toast').textContent(), '3 lines copied');
  assert.equal(await panel.page.evaluate(() => navigator.clipboard.readText()), 'a\nb\nc');
  await size(panel, millions);
  await panel.page.keyboard.press('Control+a');
  await panel.page.keyboard.press('Control+c');
  assert.equal(await panel.page.locator('.toast').textContent(), 'Too much to copy: 10,000,000 lines. Save the log instead.');
  await panel.page.getByRole('button', { name: 'Save the whole log' }).click();
  assert.deepEqual(await panel.take('save'), { type: 'save', step: 'train_wide' });
  await panel.close();
});

test('times stand beside the lines when asked for, and are asked for again after a while away', async () => {
  const lines = ['one', 'two'];
  const panel = await openLog({ answer: () => [] });
  await size(panel, 2);
  const { request } = await panel.take('window');
  await panel.send({ type: 'lines', request, step: 'train_wide', first: 0, lines, times: [began, began + 1042] });
  const margin = panel.page.locator('.row .margin').nth(1);
  const shown = () => margin.evaluate((element) => getComputedStyle(element, '::before').content);
  assert.equal(await shown(), 'none');
  await panel.page.getByRole('button', { name: 'Show times' }).click();
  assert.match(await shown(), /\d\d:\d\d:01\.042/);
  const again = await openLog({ state: await panel.state() });
  assert.equal(await again.page.getByRole('button', { name: 'Show times' }).getAttribute('aria-pressed'), 'true');
  await again.close();
  await panel.close();
});

test('without lines it is said why', async () => {
  const panel = await openLog();
  const note = panel.page.locator('.note');
  assert.equal(await note.textContent(), 'Opening the log …');
  await size(panel, 0);
  assert.equal(await note.textContent(), 'No output yet');
  const say = async (step: string) => {
    await panel.page.locator(`[role="tab"][data-step="${step}"]`).click();
    return note.textContent();
  };
  assert.match((await say('register'))!, /^This step has not started yetIt waits for /);
  assert.equal(await say('export_narrow'), 'Skipped: a step that it needs did not run');
  await say('train_narrow');
  assert.equal(await panel.page.locator('.step-error').textContent(), 'Exit code 1');
  assert.match((await panel.page.locator('.head-status').textContent())!, /^Ended with exit code 1 after 4 s · attempt 2$/);
  await panel.send({ type: 'failed', message: 'The engine is gone.' });
  assert.equal(await panel.page.locator('.failure').textContent(), 'The engine is gone.');
  await panel.send({ type: 'run', run: undefined, texts, now: began });
  assert.match((await panel.page.locator('.no-run').textContent())!, /^No run to show/);
  await panel.close();
});

test('stop is offered while the run goes on, once', async () => {
  const panel = await openLog();
  const stop = panel.page.getByRole('button', { name: 'Stop the run' });
  await stop.click();
  await panel.take('stop');
  await panel.send({ type: 'events', events: eventsOf([{ type: 'run.stop_requested', by: 'user' }], 30), now: began });
  assert.equal(await stop.isDisabled(), true);
  await panel.send({ type: 'events', events: eventsOf([{ type: 'run.stopped' }], 31), now: began });
  assert.equal(await stop.isVisible(), false);
  await panel.close();
});

test('a line of a megabyte does not stop the panel', async () => {
  const panel = await openLog({ lines: ['short', 'x'.repeat(1_000_000), 'after'], ended: true });
  const rows = await inView(panel);
  assert.deepEqual([rows[0]!.text, rows[1]!.text.length, rows[2]!.text], ['short', 20_000, 'after']);
  assert.equal(await panel.page.locator('.cut').textContent(), '… +980000');
  await panel.close();
});
