// The window onto the picture: drag and wheel move it, Ctrl+wheel and pinch zoom at the pointer.
// The picture is moved by a transform of its element, so that the browser moves pixels instead of drawing all again.
import type { Direction } from '../../core/graph/layout.ts';
import {
  fitted,
  kept,
  opening,
  type Rect,
  revealed,
  type Size,
  seen,
  type Viewport,
  zoomedAt,
} from '../../core/views/viewport.ts';
import { html } from '../dom.ts';
import { between, move } from './motion.ts';

export interface Stage {
  readonly element: HTMLElement;
  readonly viewport: Viewport;
  readonly size: Size;
  /** Whether the whole picture is shown, and goes on to be when it or the window changes. Ends when the user moves it. */
  readonly isWhole: boolean;
  setPicture(size: Size): void;
  go(viewport: Viewport, how?: 'smooth' | 'at once'): void;
  pan(dx: number, dy: number): void;
  /** At the middle of the window. */
  zoom(factor: number): void;
  fit(): void;
  open(first: Rect | undefined, direction: Direction): void;
  reveal(rect: Rect): void;
  seen(around?: number): Rect;
}

/** Pointer movement that makes a press a drag. */
const dragFrom = 4;
const pixelsPerLine = 18;
const dotsApart = 24;
const leastDotsApart = 16;

/** `changed` after every change of what is seen. */
export function createStage(picture: SVGSVGElement, changed: () => void): Stage {
  const ground = html('div', { class: 'ground', 'aria-hidden': 'true' });
  const element = html('div', { class: 'stage', tabindex: 0, role: 'listbox' }, ground, picture);
  let viewport: Viewport = { x: 0, y: 0, zoom: 1 };
  let pictureSize: Size = { width: 0, height: 0 };
  let halt = () => {};
  let resting: number | undefined;
  let whole = false;
  let waiting: (() => void) | undefined;

  // Asked of the document once: each time would lay it out anew.
  let known: Size | undefined;
  const size = (): Size => {
    known ??= { width: element.clientWidth, height: element.clientHeight };
    return known;
  };
  const moveGround = () => {
    // Closer dots than the least would be a grey; the ground is larger than the window by the largest cell at most.
    const apart = dotsApart * viewport.zoom;
    const cell = apart * 2 ** Math.max(0, Math.ceil(Math.log2(leastDotsApart / apart)));
    const size = `${cell}px ${cell}px`;
    if (ground.style.backgroundSize !== size) ground.style.backgroundSize = size;
    const shift = (offset: number) => (((offset % cell) + cell) % cell) - cell;
    ground.style.transform = `translate(${shift(viewport.x)}px, ${shift(viewport.y)}px)`;
  };
  const apply = (next: Viewport) => {
    viewport = kept(next, pictureSize, size());
    picture.style.transform = `translate(${viewport.x}px, ${viewport.y}px) scale(${viewport.zoom})`;
    moveGround();
    // While it moves, pixels are moved; once it rests, texts are drawn sharply at the new size.
    element.classList.add('moving');
    clearTimeout(resting);
    resting = setTimeout(() => element.classList.remove('moving'), 150);
    changed();
  };
  const go = (next: Viewport, how: 'smooth' | 'at once' = 'at once') => {
    halt();
    halt = () => {};
    whole = false;
    const from = viewport;
    const to = kept(next, pictureSize, size());
    if (how === 'at once') return apply(to);
    halt = move((t) =>
      apply(t === 1 ? to : { x: between(from.x, to.x, t), y: between(from.y, to.y, t), zoom: between(from.zoom, to.zoom, t) }),
    );
  };

  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? pixelsPerLine : 1;
      const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
      if (event.ctrlKey || event.metaKey) {
        const box = element.getBoundingClientRect();
        const at = { x: event.clientX - box.left, y: event.clientY - box.top };
        // A notch of a wheel is 100 to 120, a pinch a few.
        return go(zoomedAt(viewport, Math.exp(-Math.max(-60, Math.min(60, dy)) / 220), at));
      }
      const [x, y] = event.shiftKey && dx === 0 ? [dy, 0] : [dx, dy];
      go({ ...viewport, x: viewport.x - x, y: viewport.y - y });
    },
    { passive: false },
  );

  element.addEventListener('pointerdown', (press) => {
    if (press.button !== 0 && press.button !== 1) return;
    if (press.button === 1) press.preventDefault();
    const from = viewport;
    let dragging = false;
    const drag = (event: PointerEvent) => {
      const [dx, dy] = [event.clientX - press.clientX, event.clientY - press.clientY];
      if (!dragging && Math.hypot(dx, dy) < dragFrom) return;
      if (!dragging) {
        dragging = true;
        element.setPointerCapture(press.pointerId);
        element.classList.add('dragging');
      }
      go({ ...from, x: from.x + dx, y: from.y + dy });
    };
    const drop = () => {
      element.removeEventListener('pointermove', drag);
      element.removeEventListener('pointerup', drop);
      element.removeEventListener('pointercancel', drop);
      element.classList.remove('dragging');
      // The click that ends a drag picks nothing.
      if (dragging) element.addEventListener('click', (event) => event.stopImmediatePropagation(), { capture: true, once: true });
    };
    element.addEventListener('pointermove', drag);
    element.addEventListener('pointerup', drop);
    element.addEventListener('pointercancel', drop);
  });

  new ResizeObserver(() => {
    known = undefined;
    if (size().width === 0 || pictureSize.width === 0) return;
    waiting?.();
    waiting = undefined;
    apply(whole ? fitted(pictureSize, size()) : viewport);
  }).observe(element);

  const fit = (how: 'smooth' | 'at once') => {
    go(fitted(pictureSize, size()), how);
    whole = true;
  };
  const open = (first: Rect | undefined, direction: Direction) => {
    // A hidden panel has no size yet.
    if (size().width === 0) {
      waiting = () => open(first, direction);
      return;
    }
    const { x, y, zoom } = opening(pictureSize, size(), first, direction);
    go({ x, y, zoom });
    whole = zoom === fitted(pictureSize, size()).zoom;
  };

  return {
    element,
    get viewport() {
      return viewport;
    },
    get size() {
      return size();
    },
    get isWhole() {
      return whole;
    },
    setPicture(next) {
      const changed = next.width !== pictureSize.width || next.height !== pictureSize.height;
      pictureSize = next;
      if (whole && changed) fit('smooth');
    },
    go,
    pan: (dx, dy) => go({ ...viewport, x: viewport.x + dx, y: viewport.y + dy }),
    zoom(factor) {
      const { width, height } = size();
      go(zoomedAt(viewport, factor, { x: width / 2, y: height / 2 }), 'smooth');
    },
    fit: () => fit('smooth'),
    open,
    reveal(rect) {
      const next = revealed(viewport, rect, size());
      if (next.x !== viewport.x || next.y !== viewport.y) go(next, 'smooth');
    },
    seen: (around) => seen(viewport, size(), around),
  };
}
