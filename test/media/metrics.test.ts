// The metrics panel in a real browser: each documented shape drawn and growing, runs laid over each other, tables, files, themes.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { FromMetricsPanel, ToMetricsPanel } from '../../core/protocol/webview.ts';
import type { RunEventBody } from '../../core/run/events.ts';
import type { RunState } from '../../core/run/reduce.ts';
import { metricsTexts, textsFor } from '../../core/views/texts.ts';
import { began, digitsCreated, ends, eventsOf, stateOf } from './digits.ts';
import { metricsWritten, trainingRun } from './metrics-run.ts';
import { openBrowser, type PanelBrowser, type PanelOptions, type PanelPage } from './page.ts';

type MetricsPage = PanelPage<ToMetricsPanel, FromMetricsPanel>;

let browser: PanelBrowser;
before(async () => {
  browser = await openBrowser('metrics');
});
after(() => browser.close());

const shots = process.env.WEFT_SHOTS;
async function picture(panel: MetricsPage, name: string): Promise<void> {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await panel.page.screenshot({ path: join(shots, `${name}.png`) });
}

function renamed(state: RunState, id: string, name: string): RunState {
  return { ...state, id, name };
}

async function openMetrics(runs: readonly RunState[], options: PanelOptions = {}): Promise<MetricsPage> {
  const panel = await browser.open<ToMetricsPanel, FromMetricsPanel>({ size: { width: 1100, height: 900 }, ...options });
  await panel.send({ type: 'runs', runs, texts: textsFor(metricsTexts, options.language ?? 'en'), now: began });
  return panel;
}

const happened = (panel: MetricsPage, from: number, ...bodies: readonly RunEventBody[]) =>
  panel.send({ type: 'events', events: eventsOf(bodies, from), now: began });
const card = (panel: MetricsPage, key: string, step = 'train_wide') =>
  panel.page.locator(`[data-step="${step}"] [data-key="${key}"]`);
/** How much of the canvas of a chart has the colour of a series, in pixels. */
const drawnPixels = (panel: MetricsPage, key: string) =>
  card(panel, key)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const pixels = copy.getContext('2d')!;
      pixels.drawImage(canvas, 0, 0);
      const { data } = pixels.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      // A series is a strong colour; axes and grid are grey.
      for (let at = 0; at < data.length; at += 4) {
        const [r, g, b, a] = [data[at]!, data[at + 1]!, data[at + 2]!, data[at + 3]!];
        if (a > 100 && Math.max(r, g, b) - Math.min(r, g, b) > 60) count += 1;
      }
      return count;
    });

test('each documented shape is drawn, and grows with the events without being made anew', async () => {
  const run = stateOf(trainingRun(3));
  const panel = await openMetrics([run]);
  assert.equal(await card(panel, 'accuracy').locator('.scalar-value').textContent(), '0.5061');
  assert.ok((await drawnPixels(panel, 'loss')) > 50);
  assert.equal(await card(panel, 'loss').locator('.legend').innerText(), 'training\n1.42\nvalidation\n1.627');
  const barHeight = () =>
    card(panel, 'right')
      .locator('.bar')
      .first()
      .evaluate((bar) => bar.getBoundingClientRect().height);
  const low = await barHeight();
  assert.equal(await card(panel, 'right').locator('.bar').count(), 10);
  assert.equal(await card(panel, 'confusion').locator('td').first().textContent(), '60');
  assert.deepEqual(await card(panel, 'summary').locator('th').allTextContents(), ['precision', 'recall', 'f1']);
  assert.match(await card(panel, 'seen').innerText(), /sunburst[^]*"deep": true/);
  await picture(panel, 'early');
  await panel.page.evaluate(() => {
    for (const element of document.querySelectorAll('.card, canvas')) element.setAttribute('data-kept', '');
  });

  const loss = await drawnPixels(panel, 'loss');
  await happened(panel, run.seq + 1, metricsWritten('train_wide', 24));
  assert.equal(await card(panel, 'accuracy').locator('.scalar-value').textContent(), '0.9926');
  assert.notEqual(await drawnPixels(panel, 'loss'), loss);
  assert.equal(await card(panel, 'loss').locator('.legend-value').first().textContent(), '0.1106');
  assert.ok((await barHeight()) > low);
  assert.equal(await card(panel, 'confusion').locator('td').first().textContent(), '90');
  assert.equal(await panel.page.locator('.card:not([data-kept]), canvas:not([data-kept])').count(), 0);
  await picture(panel, 'grown');
  await panel.close();
});

test('runs are laid over each other: a colour each, changes from the first, one taken away again', async () => {
  const first = stateOf(trainingRun(20));
  const second = renamed(stateOf(trainingRun(12, 1.6)), 'run-2', 'digits-2');
  const panel = await openMetrics([first, second]);
  assert.deepEqual(await panel.page.locator('.run-name').allTextContents(), ['digits-1', 'digits-2']);
  assert.equal(await card(panel, 'accuracy').locator('.scalar-row').count(), 2);
  assert.match(await card(panel, 'accuracy').locator('.scalar-change').last().innerText(), /^[+−]0\.0/);
  assert.equal(await card(panel, 'loss').locator('.legend li').count(), 4);
  assert.match(await card(panel, 'loss').locator('.legend').innerText(), /digits-2 · validation/);
  assert.equal(await card(panel, 'right').locator('.bar').count(), 20);
  assert.equal(await card(panel, 'confusion').locator('table.heat').count(), 2);
  assert.deepEqual(await card(panel, 'summary').locator('th[scope="row"]').allTextContents(), ['digits-1', 'digits-2']);
  await picture(panel, 'compare');
  await panel.page.locator('[data-run="run-2"] button').click();
  assert.deepEqual(await panel.take('drop'), { type: 'drop', run: 'run-2' });
  await panel.send({ type: 'runs', runs: [first], texts: textsFor(metricsTexts, 'en'), now: began });
  assert.equal(await card(panel, 'loss').locator('.legend li').count(), 2);
  assert.deepEqual(await card(panel, 'summary').locator('th').allTextContents(), ['precision', 'recall', 'f1']);
  await panel.page.locator('.run-bar > .button').click();
  await panel.take('compare');
  await panel.close();
});

test('what processes use is asked for while its step is in sight, and drawn as it comes', async () => {
  const run = stateOf(trainingRun(6));
  const panel = await openMetrics([run]);
  assert.deepEqual((await panel.take('watch')).steps.includes('train_wide'), true);
  const start = Date.parse(run.steps.find(({ name }) => name === 'train_wide')!.startedAt!);
  const samples = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      at: start + (from + index) * 1000,
      cpu: 180 + 20 * Math.sin(from + index),
      memory: (200 + 10 * (from + index)) * 1024 * 1024,
      processes: 3,
    }));
  await panel.send({ type: 'resources', run: 'run-1', step: 'train_wide', fresh: true, samples: samples(1, 2) });
  assert.equal(await card(panel, 'memory').locator('.legend-value').textContent(), '220 MB');
  assert.equal(await card(panel, 'gpu').count(), 0);
  await panel.send({ type: 'resources', run: 'run-1', step: 'train_wide', fresh: false, samples: samples(3, 30) });
  assert.equal(await card(panel, 'memory').locator('.legend-value').textContent(), '520 MB');
  assert.match((await card(panel, 'cpu').locator('.legend-value').textContent())!, /^1\d\d(\.\d)? %$/);
  await panel.page.locator('[data-step="train_wide"] .resources-title').scrollIntoViewIfNeeded();
  await picture(panel, 'resources');
  await happened(
    panel,
    run.seq + 1,
    ends('train_wide', { status: 'failed', exitCode: 1 }),
    {
      type: 'step.reset',
      step: 'train_wide',
      reason: 'retry',
    },
    { type: 'step.submitting', step: 'train_wide', attempt: 2, key: 'again', inputs: [], outputs: [] },
  );
  assert.equal(await card(panel, 'memory').count(), 0, 'another attempt has used nothing yet');
  await panel.close();
});

test('keys walk along the points and say them; a zoomed part stays while points come', async () => {
  const run = stateOf(trainingRun(10));
  const panel = await openMetrics([run]);
  const plot = card(panel, 'loss').locator('.plot');
  await plot.focus();
  await panel.page.keyboard.press('ArrowRight');
  await panel.page.keyboard.press('ArrowRight');
  assert.equal(await card(panel, 'loss').locator('[role="status"]').textContent(), 'epoch 2: training 1.685, validation 1.864');
  await panel.page.keyboard.press('End');
  assert.equal(await card(panel, 'loss').locator('.x-title').textContent(), 'epoch 10');
  await panel.page.keyboard.press('Escape');
  assert.equal(await card(panel, 'loss').locator('.x-title').textContent(), 'epoch');

  const box = (await card(panel, 'loss').locator('.u-over').boundingBox())!;
  await panel.page.mouse.move(box.x + 5, box.y + 50);
  await panel.page.mouse.down();
  await panel.page.mouse.move(box.x + box.width * 0.38, box.y + 60, { steps: 4 });
  await panel.page.mouse.up();
  const reach = async () => {
    await panel.page.mouse.move(box.x + box.width - 2, box.y + 50);
    return card(panel, 'loss').locator('.x-title').textContent();
  };
  assert.equal(await reach(), 'epoch 4');
  await happened(panel, run.seq + 1, metricsWritten('train_wide', 24));
  assert.equal(await reach(), 'epoch 4');
  await panel.page.mouse.dblclick(box.x + 20, box.y + 50);
  assert.equal(await reach(), 'epoch 24');
  await panel.close();
});

test('a chart turns into its table, stays one when the panel comes back, and is saved whole as CSV', async () => {
  const run = stateOf(trainingRun(3));
  const panel = await openMetrics([run]);
  await card(panel, 'loss').hover();
  await card(panel, 'loss').locator('[aria-label="Show as table"]').click();
  assert.deepEqual(await card(panel, 'loss').locator('.table-view tr').allInnerTexts(), [
    'epoch\ttraining\tvalidation',
    '1\t2.0011\t2.1396',
    '2\t1.6847\t1.8639',
    '3\t1.4203\t1.6265',
  ]);
  assert.equal(await card(panel, 'loss').locator('canvas').isVisible(), false);
  await happened(panel, run.seq + 1, metricsWritten('train_wide', 4));
  assert.equal(await card(panel, 'loss').locator('.table-view tr').count(), 5);
  await card(panel, 'loss').locator('[aria-label="Save as CSV"]').click();
  const saved = await panel.take('saveCsv');
  assert.equal(saved.name, 'train_wide-loss');
  assert.match(saved.text, /^epoch,training,validation\r\n1,2\.0011,2\.1396\r\n/);
  const state = await panel.state();
  await panel.close();

  const back = await openMetrics([run], { state });
  assert.equal(await card(back, 'loss').locator('.table-view').isVisible(), true);
  await back.close();
});

test('without metrics the panel says what would stand there', async () => {
  const panel = await openMetrics([]);
  assert.match(await panel.page.locator('.empty').innerText(), /^No run to show/);
  const run = stateOf([digitsCreated(), { type: 'run.started' }]);
  await panel.send({ type: 'runs', runs: [run], texts: textsFor(metricsTexts, 'zh-cn'), now: began });
  assert.match(await panel.page.locator('.empty').innerText(), /^暂无指标/);
  await picture(panel, 'empty');
  await panel.close();
});

for (const theme of ['light', 'high-contrast', 'high-contrast-light'] as const) {
  test(`in the ${theme} theme curves have its colours, and follow it when it changes`, async () => {
    const panel = await openMetrics([stateOf(trainingRun(16))], { theme });
    const color = () =>
      panel.page.evaluate(() => {
        const canvas = document.querySelector('canvas')!;
        return canvas.toDataURL();
      });
    const before = await color();
    await picture(panel, theme);
    await panel.page.evaluate(async () => {
      document.documentElement.style.setProperty('--vscode-charts-blue', '#00ff00');
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
    assert.notEqual(await color(), before);
    await panel.close();
  });
}
