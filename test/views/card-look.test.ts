// What a card says, and texts cut to a width.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { reduce, type RunState } from '../../core/run/reduce.ts';
import { cardLook } from '../../core/views/card-look.ts';
import { fitText } from '../../core/views/fit-text.ts';
import { graphView } from '../../core/views/graph-view.ts';
import { plainColor } from '../../core/views/plain-color.ts';
import { graphTexts, textsFor } from '../../core/views/texts.ts';
import { began, busyRun, digits, digitsMessage, eventsOf } from '../media/digits.ts';

const message = await digitsMessage();
const run = eventsOf(busyRun).reduce<RunState | undefined>(reduce, undefined);

function lines(language: string, withRun = true): Record<string, string> {
  const view = graphView({ graph: digits, layout: message.layout, run: withRun ? run : undefined });
  const texts = textsFor(graphTexts, language);
  return Object.fromEntries(view.nodes.map((node) => [node.name, cardLook(node, texts, began + 65_000).line]));
}

test('without a run a card names its kind', () => {
  const { train_wide, choose } = lines('en', false);
  assert.deepEqual([train_wide, choose], ['Training job', 'Condition']);
});

test('in a run it says how the step is doing, in both languages', () => {
  assert.deepEqual(lines('en'), {
    collect: 'Reused',
    release: 'Completed · 2 s',
    train_wide: 'epoch 12/24 · 59 s',
    train_narrow: 'Failed · 4 s · attempt 2',
    choose: 'Condition',
    export_wide: 'Training job',
    export_narrow: 'Skipped',
    register: 'Model registration',
    serve: 'Waiting for you',
  });
  const chinese = lines('zh-cn');
  assert.deepEqual([chinese['collect'], chinese['train_narrow']], ['已复用', '运行失败 · 4 s · 第 2 次尝试']);
});

test('a kind and a status that nobody knows are named as they are written', () => {
  const graph = { nodes: [{ name: 'a', type: 'notebook', title: 'a' }], edges: [] };
  const layout = { width: 1, height: 1, nodes: [{ name: 'a', x: 0, y: 0, width: 1, height: 1, rank: 0, order: 0 }], edges: [] };
  const look = cardLook(graphView({ graph, layout }).nodes[0]!, textsFor(graphTexts, 'en'), 0);
  assert.deepEqual([look.line, look.label], ['notebook', 'a, notebook']);
});

test('a text is cut to the longest beginning that fits', () => {
  const measure = (text: string) => [...text].length;
  assert.equal(fitText('short', 5, measure), 'short');
  assert.equal(fitText('Train the wide network', 10, measure), 'Train the…');
  assert.equal(fitText('𝒳𝒳𝒳𝒳', 3, measure), '𝒳𝒳…');
  assert.equal(fitText('long', 0, measure), '…');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
      assert.ok(measure(fitText(text, width, measure)) <= width);
    }),
  );
});

test('mixed colours are written as every reader of SVG knows them', () => {
  assert.equal(plainColor('color(srgb 0.5 0 1)'), 'rgb(128, 0, 255)');
  assert.equal(plainColor('color(srgb 0.1 0.2 0.3 / 0.25)'), 'rgba(26, 51, 77, 0.25)');
  assert.equal(plainColor('color(srgb -0.01 1.2 1e-7)'), 'rgb(0, 255, 0)');
  assert.equal(plainColor('rgb(1, 2, 3)'), 'rgb(1, 2, 3)');
  assert.equal(plainColor('none'), 'none');
});
