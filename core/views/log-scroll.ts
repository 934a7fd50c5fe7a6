// Which lines of a log are in view. Browsers stop at some 17 to 33 million pixels of height, 10 million lines have 180 million:
// then the scroll bar moves in proportion, while wheel and keys move the position (in lines, with a fraction) itself.
// S1. Position 0 is the first line at the top; the last position has the last line at the bottom.
// S2. Below the limit, bar and position are the same but for the unit.

/** Well below the least that a browser can do. */
export const tallest = 8_000_000;

export interface Extent {
  readonly lines: number;
  readonly lineHeight: number;
  /** Height of the view, pixels. */
  readonly height: number;
}

export function contentHeight(extent: Extent): number {
  return Math.max(extent.height, Math.min(tallest, extent.lines * extent.lineHeight));
}

export function isScaled(extent: Extent): boolean {
  return extent.lines * extent.lineHeight > tallest;
}

export function lastPosition(extent: Extent): number {
  return Math.max(0, extent.lines - extent.height / extent.lineHeight);
}

export function clampPosition(extent: Extent, position: number): number {
  return Math.max(0, Math.min(position, lastPosition(extent)));
}

export function positionOfBar(extent: Extent, scrollTop: number): number {
  const room = contentHeight(extent) - extent.height;
  if (room <= 0) return 0;
  return clampPosition(extent, isScaled(extent) ? (scrollTop / room) * lastPosition(extent) : scrollTop / extent.lineHeight);
}

export function barOfPosition(extent: Extent, position: number): number {
  const at = clampPosition(extent, position);
  if (!isScaled(extent)) return at * extent.lineHeight;
  return (at / lastPosition(extent)) * (contentHeight(extent) - extent.height);
}

/** Lines to draw, `first` inclusive to `end` exclusive, with some around so that a little scrolling finds them there. */
export function linesInView(extent: Extent, position: number, around: number): { readonly first: number; readonly end: number } {
  const at = clampPosition(extent, position);
  return {
    first: Math.max(0, Math.floor(at) - around),
    end: Math.min(extent.lines, Math.ceil(at + extent.height / extent.lineHeight) + around),
  };
}
