// The arithmetic of the log panel: windows, scroll bar, finding, selecting.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { blockLines, LogCache } from '../../core/views/log-cache.ts';
import { indexFrom, nextMatch, partsWithMatch, patternOf, placesIn } from '../../core/views/log-find.ts';
import {
  barOfPosition,
  contentHeight,
  type Extent,
  lastPosition,
  linesInView,
  positionOfBar,
  tallest,
} from '../../core/views/log-scroll.ts';
import { selectedPart, selectedText, wordAround } from '../../core/views/log-selection.ts';
import { logSteps, stepToShow } from '../../core/views/log-steps.ts';
import { busyRun, digitsCreated, ends, starts, stateOf } from '../media/digits.ts';

const extents = fc.record({
  lines: fc.integer({ min: 0, max: 50_000_000 }),
  lineHeight: fc.integer({ min: 10, max: 40 }),
  height: fc.integer({ min: 40, max: 3000 }),
});

test('the scroll bar reaches every line, within what a browser can lay out', () => {
  fc.assert(
    fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent: Extent, part) => {
      const room = contentHeight(extent) - extent.height;
      assert.ok(contentHeight(extent) <= Math.max(tallest, extent.height));
      assert.equal(positionOfBar(extent, 0), 0);
      assert.ok(Math.abs(positionOfBar(extent, room) - lastPosition(extent)) < 1e-6);
      const position = lastPosition(extent) * part;
      assert.ok(Math.abs(positionOfBar(extent, barOfPosition(extent, position)) - position) < 1e-3);
      const { first, end } = linesInView(extent, position, 5);
      assert.ok(first >= 0 && end <= extent.lines && first <= position);
      assert.ok(end >= Math.min(extent.lines, position + extent.height / extent.lineHeight) - 1e-6);
    }),
  );
});

test('only what is missing is asked for, block by block, and a growing log from where it ended', () => {
  const cache = new LogCache();
  assert.deepEqual(cache.missing(0, 10, 120), [{ first: 0, count: 120 }]);
  const lines = (first: number, count: number) => Array.from({ length: count }, (_, index) => `line ${first + index}`);
  cache.add(0, lines(0, 120));
  assert.deepEqual(cache.missing(0, 120, 120), []);
  assert.deepEqual(cache.missing(100, 130, 130), [{ first: 120, count: 10 }]);
  cache.add(120, lines(120, 10));
  assert.equal(cache.lineAt(125), 'line 125');
  const middle = blockLines * 3;
  assert.deepEqual(cache.missing(middle - 5, middle + 5, 1_000_000), [
    { first: blockLines * 2, count: blockLines },
    { first: middle, count: blockLines },
  ]);
});

test('a cache of a long log forgets what was not seen for long', () => {
  const cache = new LogCache();
  for (let block = 0; block < 200; block++) cache.add(block * blockLines, ['x']);
  assert.equal(cache.lineAt(0), undefined);
  assert.equal(cache.lineAt(199 * blockLines), 'x');
});

const places = (text: string, line: string, options = {}) => {
  const found = patternOf({ text, regex: false, caseSensitive: false, ...options });
  return found?.kind === 'pattern' ? placesIn(found.pattern, line) : found?.kind;
};

test('texts are searched as they are, patterns as patterns', () => {
  assert.deepEqual(places('a.b', 'A.B axb'), [[0, 3]]);
  assert.deepEqual(places('a.b', 'A.B axb', { regex: true }), [
    [0, 3],
    [4, 7],
  ]);
  assert.deepEqual(places('A', 'aA', { caseSensitive: true }), [[1, 2]]);
  assert.equal(places('(', 'x', { regex: true }), 'invalid');
  assert.deepEqual(places('(', 'f(x)'), [[1, 2]]);
  assert.deepEqual(places('x*', 'abc', { regex: true }), []);
  assert.equal(places('', 'abc'), undefined);
});

test('walking matches goes around the ends, and begins near what is seen', () => {
  const lines = [10, 20, 30];
  assert.equal(nextMatch(lines, undefined, 1, 15), 1);
  assert.equal(nextMatch(lines, undefined, 1, 99), 2);
  assert.equal(nextMatch(lines, 30, 1, 0), 0);
  assert.equal(nextMatch(lines, 10, -1, 0), 2);
  assert.equal(nextMatch(lines, 15, 1, 0), 1);
  assert.equal(nextMatch(lines, 15, -1, 0), 0);
  assert.equal(nextMatch([], 15, 1, 0), undefined);
});

test('ticks beside the scroll bar stand where matches are', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 999 })), (found) => {
      const lines = found.sort((a, b) => a - b);
      const expected = [...new Set(lines.map((line) => Math.floor((line * 50) / 1000)))];
      assert.deepEqual(partsWithMatch(lines, 1000, 50), expected);
      for (const line of lines) assert.equal(lines[indexFrom(lines, line)], line);
    }),
  );
});

test('a selection reads the same in both directions', () => {
  const lines = ['zero', 'one', 'two', 'three'];
  const [a, b] = [
    { line: 1, character: 1 },
    { line: 3, character: 2 },
  ];
  for (const selection of [
    { anchor: a, focus: b },
    { anchor: b, focus: a },
  ]) {
    assert.equal(
      selectedText(selection, (line) => lines[line]),
      'ne\ntwo\nth',
    );
    assert.deepEqual(selectedPart(selection, 2, 3), { from: 0, to: 3, whole: true });
    assert.equal(selectedPart(selection, 0, 4), undefined);
    assert.equal(
      selectedText(selection, (line) => (line === 2 ? undefined : lines[line])),
      undefined,
    );
  }
});

test('a double click takes a path, not the words around it', () => {
  const text = 'in src/train-2.py:12: (oops)';
  const word = (at: number) => text.slice(...wordAround(text, at));
  assert.deepEqual([word(5), word(22), word(24)], ['src/train-2.py:12:', '(', 'oops']);
});

test('the step to show: the one that runs, then the one that failed', () => {
  const shown = (bodies: Parameters<typeof stateOf>[0], ended: boolean) => stepToShow(logSteps(stateOf(bodies)), ended);
  const begin = [digitsCreated(), { type: 'run.started' } as const];
  assert.equal(shown(begin, false), 'collect');
  assert.equal(shown([...begin, ...starts('collect'), ends('collect')], false), 'collect');
  assert.equal(shown(busyRun, false), 'train_wide');
  assert.equal(shown(busyRun, true), 'train_narrow');
});

test('without lines a step says what it waits for', () => {
  const steps = new Map(logSteps(stateOf(busyRun)).map((step) => [step.name, step]));
  assert.deepEqual(steps.get('register')!.note.kind, 'waiting');
  assert.deepEqual(steps.get('export_narrow')!.note, { kind: 'skipped', reason: 'dependencies' });
  assert.equal(steps.get('train_narrow')!.error, 'Exit code 1');
  assert.equal(steps.get('train_wide')!.note.kind, 'noOutput');
});
