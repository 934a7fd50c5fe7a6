// The graph panel in a real browser, as the extension shows it: what is drawn, what keys and pointers do, what goes to the host.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { generatedGraph } from '../support/generated/graph.ts';
import type { Graph } from '../../core/graph/graph.ts';
import type { FromGraphPanel, ToGraphPanel } from '../../core/protocol/webview.ts';
import type { RunEventBody } from '../../core/run/events.ts';
import { graphTexts, textsFor } from '../../core/views/texts.ts';
import { arrange } from '../../layout/arrange.ts';
import {
  accuracy,
  began,
  busyRun,
  digits,
  digitsCreated,
  digitsMessage,
  ends,
  eventsOf,
  type GraphMessage,
  starts,
  stateOf,
} from './digits.ts';
import { openBrowser, type PanelBrowser, type PanelOptions, type PanelPage } from './page.ts';

type GraphPage = PanelPage<ToGraphPanel, FromGraphPanel>;

let browser: PanelBrowser;
before(async () => {
  browser = await openBrowser('graph');
});
after(() => browser.close());

/** A panel that shows the digits example; afterwards it must have had nothing to complain about. */
function withDigits(
  name: string,
  body: (panel: GraphPage) => Promise<void>,
  options: PanelOptions & { readonly message?: () => Promise<GraphMessage> } = {},
): void {
  test(name, async () => {
    const panel = await browser.open<ToGraphPanel, FromGraphPanel>(options);
    await panel.send(await (options.message ?? digitsMessage)());
    await body(panel);
    await panel.close();
  });
}

const card = (panel: GraphPage, step: string) => panel.page.locator(`.stage .card[data-step="${step}"]`);
const labelOf = (panel: GraphPage, step: string) => card(panel, step).getAttribute('aria-label');
const classOf = async (panel: GraphPage, step: string) => (await card(panel, step).getAttribute('class'))!.split(' ');
const selected = (panel: GraphPage) =>
  panel.page
    .locator('.stage [role="option"][aria-selected="true"]')
    .evaluateAll((found) => found.map((element) => element.getAttribute('data-step')));
const focusStage = (panel: GraphPage) => panel.page.locator('.stage').focus();
const transform = (panel: GraphPage) =>
  panel.page.locator('.stage .picture').evaluate((picture) => {
    const { a, e, f } = new DOMMatrix(getComputedStyle(picture).transform);
    return { zoom: a, x: e, y: f };
  });
const messageOf = async (graph: Graph, title = 'made'): Promise<GraphMessage> => ({
  type: 'graph',
  title,
  graph,
  layout: await arrange(graph),
  findings: [],
  texts: textsFor(graphTexts, 'en'),
});

withDigits('draws a card for every step and a line for every pair, named for those who do not see them', async (panel) => {
  const cards = panel.page.locator('.stage [role="option"]');
  assert.equal(await cards.count(), digits.nodes.length);
  const pairs = new Set(digits.edges.map((edge) => `${edge.from} ${edge.to}`));
  assert.equal(await panel.page.locator('.stage .edges .edge').count(), pairs.size);
  assert.equal(await labelOf(panel, 'collect'), 'Collect pictures, Create dataset');
  assert.equal(await panel.page.locator('.stage').getAttribute('aria-label'), 'Graph of digits, 9 steps');
  assert.equal(await panel.page.locator('.header .title').textContent(), 'digits');
  const branches = await panel.page.locator('.edge-label').allTextContents();
  assert.deepEqual(branches.sort(), ['else', 'then']);
});

withDigits('every card lies inside the window at first', async (panel) => {
  for (const node of digits.nodes) {
    const box = (await card(panel, node.name).boundingBox())!;
    assert.ok(box.x >= 0 && box.x + box.width <= 1000 && box.y >= 0 && box.y + box.height <= 640, node.name);
  }
});

withDigits('the three kinds of edges differ in dash and head, not in colour only', async (panel) => {
  const looks = await panel.page.evaluate(() =>
    ['data', 'depends', 'branch'].map((style) => {
      const line = document.querySelector(`.edges .style-${style} .line`)!;
      return `${getComputedStyle(line).strokeDasharray} ${line.getAttribute('marker-end')}`;
    }),
  );
  assert.equal(new Set(looks).size, 3, looks.join('\n'));
});

withDigits('statuses, durations, attempts and metrics follow the events of a run', async (panel) => {
  await panel.send({ type: 'run', run: stateOf([digitsCreated(), { type: 'run.started' }]), now: began + 2000 });
  assert.equal(await labelOf(panel, 'collect'), 'Collect pictures, Create dataset');
  const more: RunEventBody[] = [...starts('collect'), ends('collect'), ...starts('release', 2)];
  await panel.send({ type: 'events', events: eventsOf(more, 3), now: began + 16_000 });
  assert.equal(await labelOf(panel, 'collect'), 'Collect pictures, Create dataset, Completed · 2 s');
  assert.match((await labelOf(panel, 'release'))!, /^Publish a version, Dataset release, Running · 1[0-9] s · attempt 2$/);
  assert.ok((await classOf(panel, 'release')).includes('tone-active'));
  await panel.send({ type: 'events', events: eventsOf([accuracy('release', 0.93456)], 8), now: began + 17_000 });
  assert.match((await labelOf(panel, 'release'))!, /accuracy 0\.9346$/);
  assert.match((await panel.page.locator('.run-state').textContent())!, /^Running1\/9 · 1[56] s$/);
  assert.equal(await panel.page.locator('[aria-live]').textContent(), 'Collect pictures: Completed. Publish a version: Running');
});

withDigits('failed, waiting, skipped, reused and absent steps each look their own way', async (panel) => {
  const { steps, ...run } = stateOf(busyRun);
  await panel.send({ type: 'run', run: { ...run, steps: steps.filter((step) => step.name !== 'register') }, now: began });
  const expected = {
    collect: ['tone-done', 'reused'],
    train_narrow: ['tone-failed'],
    serve: ['tone-waiting'],
    export_narrow: ['tone-skipped'],
    register: ['absent'],
  };
  for (const [step, classes] of Object.entries(expected)) {
    const actual = await classOf(panel, step);
    assert.deepEqual(
      classes.filter((each) => !actual.includes(each)),
      [],
      step,
    );
  }
  assert.equal(await labelOf(panel, 'collect'), 'Collect pictures, Create dataset, Reused');
  assert.equal(await labelOf(panel, 'register'), 'Register the model, Model registration, Not part of this run');
  assert.match((await labelOf(panel, 'train_wide'))!, /epoch 12\/24/);
});

withDigits(
  'findings stand at their card',
  async (panel) => {
    assert.match((await labelOf(panel, 'register'))!, /2 errors, 1 warnings$/);
    assert.deepEqual(await card(panel, 'register').locator('.pill-text').allTextContents(), ['2', '1']);
    assert.equal(await card(panel, 'serve').locator('.pill').count(), 0);
  },
  { message: () => digitsMessage({ findings: [{ step: 'register', errors: 2, warnings: 1 }] }) },
);

withDigits(
  'a click selects and tells the host, a click beside takes it back; the host selects without an echo',
  async (panel) => {
    await card(panel, 'release').click();
    assert.deepEqual(await panel.take('select'), { type: 'select', step: 'release' });
    assert.deepEqual(await selected(panel), ['release']);
    const active = await panel.page.locator('.stage').getAttribute('aria-activedescendant');
    assert.equal(await panel.page.locator(`#${active}`).getAttribute('data-step'), 'release');
    await panel.page.locator('.stage').click({ position: { x: 500, y: 20 } });
    assert.deepEqual(await panel.take('select'), { type: 'select', step: undefined });
    assert.deepEqual(await selected(panel), []);
    const before = (await panel.posted()).length;
    await panel.send({ type: 'select', step: 'serve' });
    assert.deepEqual(await selected(panel), ['serve']);
    assert.equal((await panel.posted()).length, before);
  },
);

withDigits('keys: arrows along the edges, Enter opens, L shows the log, Escape lets go', async (panel) => {
  await panel.send({ type: 'run', run: stateOf([digitsCreated(), { type: 'run.started' }, ...starts('collect')]), now: began });
  await focusStage(panel);
  const press = async (key: string) => {
    await panel.page.keyboard.press(key);
    return (await panel.take('select')).step;
  };
  assert.equal(await press('ArrowRight'), 'collect');
  await panel.page.keyboard.press('l');
  assert.deepEqual(await panel.take('openLog'), { type: 'openLog', step: 'collect' });
  await panel.page.keyboard.press('c');
  assert.deepEqual(await panel.take('openMetrics'), { type: 'openMetrics', step: 'collect' });
  assert.equal(await press('ArrowRight'), 'release');
  const fork = (await press('ArrowRight'))!;
  const twin = fork === 'train_wide' ? 'train_narrow' : 'train_wide';
  const isBelow = (await card(panel, twin).boundingBox())!.y > (await card(panel, fork).boundingBox())!.y;
  assert.equal(await press(isBelow ? 'ArrowDown' : 'ArrowUp'), twin);
  assert.equal(await press('End'), 'serve');
  assert.equal(await press('ArrowLeft'), 'register');
  await panel.page.keyboard.press('Enter');
  assert.deepEqual(await panel.take('open'), { type: 'open', step: 'register' });
  assert.equal(await press('Home'), 'collect');
  assert.equal(await press('Escape'), undefined);
});

withDigits('a double click opens the text of a step; its menu runs from there', async (panel) => {
  await card(panel, 'choose').dblclick();
  assert.deepEqual(await panel.take('open'), { type: 'open', step: 'choose' });
  await card(panel, 'choose').click({ button: 'right' });
  const rows = panel.page.locator('[role="menu"] [role="menuitem"]');
  assert.equal(await rows.count(), 4);
  // No run yet: no log and no metrics.
  assert.equal(await rows.nth(1).isDisabled(), true);
  assert.equal(await rows.nth(2).isDisabled(), true);
  await panel.page.keyboard.press('ArrowDown');
  await panel.page.keyboard.press('Enter');
  assert.deepEqual(await panel.take('runFrom'), { type: 'runFrom', step: 'choose' });
  assert.equal(await panel.page.locator('[role="menu"]').isVisible(), false);
  assert.equal(await panel.page.locator('.stage').evaluate((stage) => stage === document.activeElement), true);
});

withDigits('run and stop: one at a time, as the run allows', async (panel) => {
  const run = panel.page.getByRole('button', { name: 'Run', exact: true });
  const stop = panel.page.getByRole('button', { name: 'Stop', exact: true });
  assert.equal(await stop.isVisible(), false);
  await run.click();
  await panel.take('run');
  const bodies: RunEventBody[] = [digitsCreated(), { type: 'run.started' }, ...starts('collect')];
  await panel.send({ type: 'run', run: stateOf(bodies), now: began });
  assert.equal(await run.isVisible(), false);
  await stop.click();
  await panel.take('stop');
  await panel.send({ type: 'events', events: eventsOf([{ type: 'run.stop_requested', by: 'user' }], 5), now: began });
  assert.equal(await stop.isDisabled(), true);
  assert.match((await panel.page.locator('.run-state').textContent())!, /^Stopping/);
  await panel.send({ type: 'events', events: eventsOf([{ type: 'run.stopped' }], 6), now: began });
  assert.equal(await run.isVisible(), true);
  assert.match((await panel.page.locator('.run-state').textContent())!, /^Stopped/);
});

withDigits('wheel pans, Ctrl+wheel zooms at the pointer, keys zoom and fit, a drag moves and selects nothing', async (panel) => {
  const start = await transform(panel);
  await panel.page.mouse.move(300, 300);
  const wheel = async (dx: number, dy: number) => {
    await panel.page.mouse.wheel(dx, dy);
    await panel.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  };
  await wheel(30, 50);
  const panned = await transform(panel);
  assert.ok(Math.abs(panned.x - (start.x - 30)) < 1 && Math.abs(panned.y - (start.y - 50)) < 1);
  const under = (at: typeof start) => (300 - at.x) / at.zoom;
  await panel.page.keyboard.down('Control');
  await wheel(0, -40);
  await panel.page.keyboard.up('Control');
  const zoomed = await transform(panel);
  assert.ok(zoomed.zoom > panned.zoom * 1.1);
  assert.ok(Math.abs(under(zoomed) - under(panned)) < 0.5, 'what is under the pointer stays there');
  await focusStage(panel);
  await panel.page.keyboard.press('+');
  assert.ok((await transform(panel)).zoom > zoomed.zoom);
  await panel.page.keyboard.press('0');
  const fitted = await transform(panel);
  assert.ok(Math.abs(fitted.zoom - start.zoom) < 0.001 && Math.abs(fitted.x - start.x) < 1);
  await panel.forget();
  await panel.page.mouse.move(500, 500);
  await panel.page.mouse.down();
  await panel.page.mouse.move(460, 470, { steps: 4 });
  await panel.page.mouse.up();
  const dragged = await transform(panel);
  assert.ok(Math.abs(dragged.x - (fitted.x - 40)) < 1 && Math.abs(dragged.y - (fitted.y - 30)) < 1);
  assert.deepEqual(await selected(panel), []);
});

withDigits('search dims what does not match and goes from match to match', async (panel) => {
  await focusStage(panel);
  await panel.page.keyboard.press('/');
  await panel.page.keyboard.type('network');
  assert.deepEqual(await selected(panel), ['train_wide']);
  const count = panel.page.locator('.search .count');
  assert.equal(await count.textContent(), '1 of 4');
  assert.ok((await classOf(panel, 'collect')).includes('dimmed'));
  assert.ok((await classOf(panel, 'export_wide')).includes('found'));
  await panel.page.keyboard.press('Enter');
  assert.equal((await panel.take('select')).step, 'train_narrow');
  await panel.page.keyboard.press('Shift+Enter');
  assert.equal((await panel.take('select')).step, 'train_wide');
  const posts = (await panel.posted()).length;
  await panel.page.keyboard.press('End');
  await panel.page.keyboard.type(' pack');
  assert.deepEqual(await selected(panel), ['export_wide']);
  assert.equal((await panel.posted()).length, posts, 'the text does not jump at every letter');
  await panel.page.keyboard.type('zzz');
  assert.equal(await count.textContent(), 'No results');
  await panel.page.keyboard.press('Escape');
  assert.equal(await panel.page.locator('.search').isVisible(), false);
  assert.equal((await panel.take('select')).step, 'export_wide');
  assert.ok(!(await classOf(panel, 'collect')).includes('dimmed'));
  await panel.page.keyboard.press('Control+f');
  assert.equal(await panel.page.locator('.search .field').evaluate((field) => field === document.activeElement), true);
});

withDigits('an edit of the text keeps the elements of the steps that stay', async (panel) => {
  await panel.page.evaluate(() => {
    for (const element of document.querySelectorAll('.stage .card'))
      Object.assign(element, { kept: element.getAttribute('data-step') });
  });
  const graph: Graph = {
    nodes: [...digits.nodes.filter((node) => node.name !== 'serve'), { name: 'check', type: 'job', title: 'Check' }],
    edges: [...digits.edges.filter((edge) => edge.to !== 'serve'), { from: 'register', to: 'check', kind: 'depends' }],
  };
  await panel.send({ ...(await messageOf(graph, 'digits')), findings: [] });
  const kept = await panel.page.evaluate(() =>
    [...document.querySelectorAll('.stage .card')].map((element) => (element as Element & { kept?: string }).kept ?? 'new'),
  );
  assert.deepEqual(kept.sort(), [...digits.nodes.map((node) => node.name).filter((name) => name !== 'serve'), 'new'].sort());
});

withDigits(
  'cards move to their new places, and come to rest on them',
  async (panel) => {
    const graph: Graph = {
      nodes: [{ name: 'first', type: 'job', title: 'first' }, ...digits.nodes],
      edges: [...digits.edges, { from: 'first', to: 'collect', kind: 'depends' }],
    };
    const next = await messageOf(graph, 'digits');
    await panel.send(next);
    const serve = next.layout.nodes.find((node) => node.name === 'serve')!;
    await panel.page.waitForFunction(
      (place) => document.querySelector('.card[data-step="serve"]')!.getAttribute('transform') === place,
      `translate(${serve.x} ${serve.y})`,
    );
  },
  { still: false },
);

withDigits('the direction is asked of the host, and drawn as it comes', async (panel) => {
  await panel.page.getByRole('button', { name: 'Flow top to bottom' }).click();
  assert.deepEqual(await panel.take('arrange'), { type: 'arrange', direction: 'down', fresh: false });
  await panel.send(await digitsMessage({ direction: 'down' }));
  const [first, last] = [(await card(panel, 'collect').boundingBox())!, (await card(panel, 'serve').boundingBox())!];
  assert.ok(last.y > first.y + first.height);
  await focusStage(panel);
  await panel.page.keyboard.press('Home');
  await panel.page.keyboard.press('ArrowDown');
  assert.deepEqual(await selected(panel), ['release']);
  await panel.page.getByRole('button', { name: 'Arrange anew' }).click();
  assert.deepEqual(await panel.take('arrange'), { type: 'arrange', direction: 'down', fresh: true });
});

withDigits('the exported SVG needs nothing else: every title, resolved colours, a sound document', async (panel) => {
  await panel.send({ type: 'run', run: stateOf(busyRun), now: began + 65_000 });
  await panel.send({ type: 'export', format: 'svg' });
  const { text } = await panel.take('exported');
  for (const node of digits.nodes) assert.ok(text.includes(`<title>${node.title}`), node.title);
  assert.doesNotMatch(text, /var\(|color\(|class=|style=|undefined|NaN/);
  const drawn = await panel.page.evaluate(async (source) => {
    const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
    return { broken: parsed.querySelector('parsererror')?.textContent, texts: parsed.querySelectorAll('text').length };
  }, text);
  assert.equal(drawn.broken, undefined);
  assert.ok(drawn.texts >= digits.nodes.length * 2);
  assert.equal(await panel.page.locator('.picture').count(), 1, 'the drawing it was read from is gone');
});

withDigits('a hidden panel comes back where it was', async (panel) => {
  await focusStage(panel);
  for (const key of ['+', '+', 'Shift+ArrowRight']) await panel.page.keyboard.press(key);
  await card(panel, 'choose').click();
  const was = await transform(panel);
  await panel.page.waitForFunction(() => {
    const state = (window as unknown as { hostEnd: { state?: { selected?: string } } }).hostEnd.state;
    return state?.selected === 'choose';
  });
  const again = await browser.open<ToGraphPanel, FromGraphPanel>({ state: await panel.state() });
  await again.send(await digitsMessage());
  assert.deepEqual(await transform(again), was);
  assert.deepEqual(await selected(again), ['choose']);
  await again.close();
});

withDigits('the pointer resting on a card shows what the card has no room for, until it leaves', async (panel) => {
  await panel.send({ type: 'run', run: stateOf(busyRun), now: began + 65_000 });
  await card(panel, 'train_narrow').hover();
  const hover = panel.page.locator('.hover-card');
  await hover.waitFor();
  const lines = await hover.locator(':scope > *').allTextContents();
  assert.deepEqual(lines, [
    'Train the narrow network',
    'Training jobtrain_narrow',
    'Failed · 4 s · attempt 2',
    'Exit code 1',
    'After Publish a version',
    'Before Which one is better?, Pack the narrow network, Register the model',
  ]);
  await panel.page.mouse.move(500, 630);
  assert.equal(await hover.isVisible(), false);
});

test('a large graph opens where the host has selected', async () => {
  const graph = generatedGraph(300);
  const last = graph.nodes.at(-1)!.name;
  const panel = await browser.open<ToGraphPanel, FromGraphPanel>();
  await panel.send({ type: 'select', step: last });
  await panel.send(await messageOf(graph));
  const box = (await card(panel, last).boundingBox())!;
  assert.ok(box.x >= 0 && box.x + box.width <= 1000 && box.y >= 0 && box.y + box.height <= 640);
  assert.deepEqual(await selected(panel), [last]);
  await panel.close();
});

test('a workflow without steps says so, and the graph comes when there is one', async () => {
  const panel = await browser.open<ToGraphPanel, FromGraphPanel>();
  const texts = textsFor(graphTexts, 'en');
  await panel.send({ type: 'empty', message: 'This workflow has no steps yet', texts });
  assert.equal(await panel.page.locator('.empty p').textContent(), 'This workflow has no steps yet');
  assert.equal(await panel.page.getByRole('button', { name: 'Run', exact: true }).isVisible(), false);
  await panel.send(await digitsMessage());
  assert.equal(await panel.page.locator('.empty').isVisible(), false);
  assert.equal(await panel.page.locator('.stage .card').count(), 9);
  await panel.send({ type: 'empty', message: 'gone', texts });
  assert.equal(await panel.page.locator('.stage .card').count(), 0);
  await panel.close();
});

withDigits(
  'Chinese where the host sends Chinese',
  async (panel) => {
    assert.equal(await labelOf(panel, 'collect'), 'Collect pictures, 创建数据集');
    assert.equal(await panel.page.getByRole('button', { name: '运行', exact: true }).isVisible(), true);
    await panel.page.keyboard.press('Control+f');
    assert.equal(await panel.page.locator('.search .field').getAttribute('placeholder'), '按名称、类型或状态查找');
  },
  { message: () => digitsMessage({ language: 'zh-cn' }) },
);

test('1,000 steps: a small map, elements only for what is near, any step reached by search', async () => {
  const graph = generatedGraph(1000);
  const panel = await browser.open<ToGraphPanel, FromGraphPanel>();
  await panel.send(await messageOf(graph));
  const cards = panel.page.locator('.stage .card');
  assert.ok((await cards.count()) < 300);
  assert.equal(await panel.page.locator('.minimap').isVisible(), true);
  const last = graph.nodes.at(-1)!;
  assert.equal(await card(panel, last.name).count(), 0);
  await panel.page.keyboard.press('Control+f');
  await panel.page.keyboard.type(last.name);
  await card(panel, last.name).waitFor();
  const box = (await card(panel, last.name).boundingBox())!;
  assert.ok(box.x > 0 && box.x + box.width < 1000 && box.y > 0 && box.y + box.height < 640);
  await panel.page.keyboard.press('Escape');
  await panel.page.keyboard.press('0');
  assert.equal(await cards.count(), 1000);
  // A press on the map goes there.
  const map = (await panel.page.locator('.minimap svg').boundingBox())!;
  await panel.page.keyboard.press('+');
  await panel.page.keyboard.press('+');
  const before = await transform(panel);
  await panel.page.mouse.click(map.x + 10, map.y + 10);
  const after = await transform(panel);
  assert.ok(after.x > before.x && after.y > before.y);
  await panel.close();
});
