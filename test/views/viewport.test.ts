// The window onto a picture: what is shown at first, what stays under the pointer, what comes into view.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  fitted,
  kept,
  leastZoom,
  mostZoom,
  opening,
  overlaps,
  revealed,
  seen,
  type Viewport,
  zoomedAt,
} from '../../core/views/viewport.ts';

const screen = { width: 800, height: 600 };
const viewports = fc.record({
  x: fc.double({ min: -5000, max: 5000, noNaN: true }),
  y: fc.double({ min: -5000, max: 5000, noNaN: true }),
  zoom: fc.double({ min: leastZoom, max: mostZoom, noNaN: true }),
});
const rects = fc.record({
  x: fc.double({ min: 0, max: 3000, noNaN: true }),
  y: fc.double({ min: 0, max: 3000, noNaN: true }),
  width: fc.double({ min: 1, max: 280, noNaN: true }),
  height: fc.double({ min: 1, max: 60, noNaN: true }),
});
const onScreen = ({ x, y, zoom }: Viewport, point: { x: number; y: number }) => ({
  x: point.x * zoom + x,
  y: point.y * zoom + y,
});

test('a fitted picture is whole, in the middle, and never larger than it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 9000 }), (width, height) => {
      const viewport = fitted({ width, height }, screen, 24);
      assert.ok(viewport.zoom <= 1);
      const [from, to] = [onScreen(viewport, { x: 0, y: 0 }), onScreen(viewport, { x: width, y: height })];
      assert.ok(Math.abs(from.x - (screen.width - to.x)) < 1e-6 && Math.abs(from.y - (screen.height - to.y)) < 1e-6);
      if (viewport.zoom > leastZoom) assert.ok(from.x >= 23.9 && from.y >= 23.9);
    }),
  );
});

test('zooming keeps the point under the pointer and its limits', () => {
  fc.assert(
    fc.property(viewports, fc.double({ min: 0.01, max: 100, noNaN: true }), rects, (viewport, factor, at) => {
      const next = zoomedAt(viewport, factor, at);
      assert.ok(next.zoom >= leastZoom && next.zoom <= mostZoom);
      const point = { x: (at.x - viewport.x) / viewport.zoom, y: (at.y - viewport.y) / viewport.zoom };
      const now = onScreen(next, point);
      assert.ok(Math.abs(now.x - at.x) < 1e-3 && Math.abs(now.y - at.y) < 1e-3);
    }),
  );
});

test('the picture cannot be lost, and what is in view stays where it is', () => {
  fc.assert(
    fc.property(viewports, (viewport) => {
      const picture = { width: 1000, height: 700 };
      const next = kept(viewport, picture, screen);
      assert.ok(overlaps(seen(next, screen), { x: 0, y: 0, ...picture }));
      assert.deepEqual(kept(next, picture, screen), next);
    }),
  );
  const inView = { x: 10, y: 20, zoom: 1 };
  assert.deepEqual(kept(inView, { width: 500, height: 300 }, screen), inView);
});

test('a revealed card is in view, and nothing moves for one that was', () => {
  fc.assert(
    fc.property(viewports, rects, (viewport, rect) => {
      const next = revealed(viewport, rect, screen, 20);
      const [from, to] = [onScreen(next, rect), onScreen(next, { x: rect.x + rect.width, y: rect.y + rect.height })];
      if (rect.width * next.zoom <= screen.width - 40) assert.ok(from.x >= 19.99 && to.x <= screen.width - 19.99);
      if (rect.height * next.zoom <= screen.height - 40) assert.ok(from.y >= 19.99 && to.y <= screen.height - 19.99);
      const again = revealed(next, rect, screen, 20);
      assert.ok(Math.abs(again.x - next.x) < 1e-6 && Math.abs(again.y - next.y) < 1e-6);
    }),
  );
});

test('a small graph opens whole, a large one at its beginning, readable', () => {
  const first = { x: 24, y: 2000, width: 200, height: 52 };
  const small = { width: 900, height: 300 };
  assert.deepEqual(opening(small, screen, first, 'right'), fitted(small, screen));
  for (const direction of ['right', 'down'] as const) {
    const viewport = opening({ width: 8000, height: 6000 }, screen, first, direction);
    assert.ok(viewport.zoom >= 0.5);
    const at = onScreen(viewport, first);
    assert.ok(
      at.x >= 0 && at.x < screen.width / 2 + 1 && at.y >= 0 && at.y <= screen.height,
      `${direction} ${JSON.stringify(at)}`,
    );
  }
});
