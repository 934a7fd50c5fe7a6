// The part of a picture that a window shows: offset and zoom. Screen = picture × zoom + offset, both in pixels.
import type { Direction } from '../graph/layout.ts';

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

export const leastZoom = 0.05;
export const mostZoom = 3;
/** Below this a whole graph opens at its beginning instead, in a readable size. */
const readableZoom = 0.5;

/** The whole picture in the middle, not larger than it is. */
export function fitted(picture: Size, screen: Size, padding = 24): Viewport {
  const [width, height] = [Math.max(1, screen.width - 2 * padding), Math.max(1, screen.height - 2 * padding)];
  const zoom = clampZoom(Math.min(1, width / Math.max(1, picture.width), height / Math.max(1, picture.height)));
  return { x: (screen.width - picture.width * zoom) / 2, y: (screen.height - picture.height * zoom) / 2, zoom };
}

/** How a graph opens: whole where its titles can be read then, else the beginning of its flow with `first` in view. */
export function opening(picture: Size, screen: Size, first: Rect | undefined, direction: Direction): Viewport {
  const whole = fitted(picture, screen);
  if (whole.zoom >= readableZoom || !first) return whole;
  const zoom = Math.min(0.8, Math.max(readableZoom, whole.zoom * 2));
  const along = 32;
  const across = (size: number, extent: number, at: number) =>
    extent * zoom <= size
      ? (size - extent * zoom) / 2
      : Math.min(along, Math.max(size - extent * zoom - along, size / 2 - at * zoom));
  return direction === 'right'
    ? { x: along - first.x * zoom, y: across(screen.height, picture.height, first.y + first.height / 2), zoom }
    : { x: across(screen.width, picture.width, first.x + first.width / 2), y: along - first.y * zoom, zoom };
}

/** The point of the picture under `at` (of the screen) stays there. */
export function zoomedAt(viewport: Viewport, factor: number, at: { readonly x: number; readonly y: number }): Viewport {
  const zoom = clampZoom(viewport.zoom * factor);
  const scale = zoom / viewport.zoom;
  return { x: at.x - (at.x - viewport.x) * scale, y: at.y - (at.y - viewport.y) * scale, zoom };
}

/** At least `rest` pixels of the picture stay on the screen, so that nobody gets lost. */
export function kept(viewport: Viewport, picture: Size, screen: Size, rest = 80): Viewport {
  const clamp = (offset: number, extent: number, size: number) => {
    const least = Math.min(rest, extent * viewport.zoom);
    return Math.max(least - extent * viewport.zoom, Math.min(size - least, offset));
  };
  return {
    x: clamp(viewport.x, picture.width, screen.width),
    y: clamp(viewport.y, picture.height, screen.height),
    zoom: viewport.zoom,
  };
}

/** Moves as little as shows `rect`; the middle of what is larger than the screen. */
export function revealed(viewport: Viewport, rect: Rect, screen: Size, padding = 48): Viewport {
  const shift = (offset: number, start: number, extent: number, size: number) => {
    const [from, to] = [start * viewport.zoom + offset, (start + extent) * viewport.zoom + offset];
    if (to - from > size - 2 * padding) return offset + size / 2 - (from + to) / 2;
    if (from < padding) return offset + padding - from;
    return to > size - padding ? offset + size - padding - to : offset;
  };
  return {
    x: shift(viewport.x, rect.x, rect.width, screen.width),
    y: shift(viewport.y, rect.y, rect.height, screen.height),
    zoom: viewport.zoom,
  };
}

/** What of the picture is on the screen, with `around` screens more on each side. */
export function seen(viewport: Viewport, screen: Size, around = 0): Rect {
  const { zoom } = viewport;
  return {
    x: (-viewport.x - screen.width * around) / zoom,
    y: (-viewport.y - screen.height * around) / zoom,
    width: (screen.width * (1 + 2 * around)) / zoom,
    height: (screen.height * (1 + 2 * around)) / zoom,
  };
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function clampZoom(zoom: number): number {
  return Math.max(leastZoom, Math.min(mostZoom, zoom));
}
