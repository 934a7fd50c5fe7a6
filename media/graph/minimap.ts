// The whole graph small in a corner: one path per tone, and a frame around what the window shows; a press or drag goes there.
import type { GraphView } from '../../core/views/graph-view.ts';
import type { Rect } from '../../core/views/viewport.ts';
import { html, setAttributes, svg } from '../dom.ts';

export interface Minimap {
  readonly element: HTMLElement;
  draw(view: GraphView): void;
  /** What the window shows, in coordinates of the picture. */
  frame(seen: Rect): void;
}

const width = 180;
const tallest = 140;

/** `go` with the point of the picture that is to be in the middle. */
export function createMinimap(go: (x: number, y: number) => void): Minimap {
  const marks = svg('g');
  const picture = svg('svg', { 'aria-hidden': 'true' }, marks);
  // Not of the drawing: that would be drawn anew whenever the window moves.
  const frame = html('div', { class: 'frame' });
  const element = html(
    'div',
    { class: 'minimap', 'aria-hidden': 'true' },
    html('div', { class: 'minimap-inside' }, picture, frame),
  );
  let scale = 1;

  element.addEventListener('pointerdown', (press) => {
    press.preventDefault();
    element.setPointerCapture(press.pointerId);
    const to = (event: PointerEvent) => {
      const box = picture.getBoundingClientRect();
      go((event.clientX - box.left) / scale, (event.clientY - box.top) / scale);
    };
    to(press);
    element.addEventListener('pointermove', to);
    element.addEventListener('lostpointercapture', () => element.removeEventListener('pointermove', to), { once: true });
  });

  return {
    element,
    draw(view) {
      scale = Math.min(width / Math.max(1, view.width), tallest / Math.max(1, view.height));
      setAttributes(picture, {
        width: Math.max(24, view.width * scale),
        height: Math.max(24, view.height * scale),
        viewBox: `0 0 ${Math.max(24 / scale, view.width)} ${Math.max(24 / scale, view.height)}`,
      });
      const boxes = new Map<string, string[]>();
      // At least a pixel, so that nothing vanishes.
      const least = 1.2 / scale;
      for (const { x, y, width: wide, height, state } of view.nodes) {
        const tone = state && !state.absent ? state.tone : 'none';
        const box = `M${x} ${y}h${Math.max(least, wide)}v${Math.max(least, height)}h${-Math.max(least, wide)}Z`;
        const of = boxes.get(tone) ?? [];
        of.push(box);
        boxes.set(tone, of);
      }
      marks.replaceChildren(...[...boxes].map(([tone, paths]) => svg('path', { class: `tone-${tone}`, d: paths.join('') })));
    },
    frame({ x, y, width: wide, height }) {
      frame.style.transform = `translate(${x * scale}px, ${y * scale}px)`;
      frame.style.width = `${wide * scale}px`;
      frame.style.height = `${height * scale}px`;
    },
  };
}
