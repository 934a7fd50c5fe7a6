// The lines in view of a log of any length: elements for what is seen and a little around, a scroll bar for all of it.
// Positions are lines with a fraction (core/views/log-scroll.ts). The bar and the position agree but where the browser's limit of height
// makes the bar coarser than a line: there wheel and keys move the position, and the bar follows.
import {
  barOfPosition,
  clampPosition,
  contentHeight,
  type Extent,
  isScaled,
  lastPosition,
  linesInView,
  positionOfBar,
} from '../../core/views/log-scroll.ts';
import { html } from '../dom.ts';
import type { Row } from './row.ts';

export interface LinesSource {
  /** Makes the row of a line anew. */
  row(line: number): Row;
  /** These lines are drawn, or about to be: they are wanted. */
  wanted(first: number, end: number): void;
  /** After rows changed: to mark them. */
  drawn(): void;
  /** The user moved: whether the end is in view now. */
  moved(atEnd: boolean): void;
}

export interface Lines {
  readonly element: HTMLElement;
  readonly position: number;
  readonly rowsInView: Iterable<Row>;
  readonly lineHeight: number;
  /** Another log, or it has grown. */
  setLines(lines: number): void;
  /** To a position; the user did not move. */
  go(position: number): void;
  goToEnd(): void;
  /** Moves by lines as a key does. */
  by(lines: number): void;
  page(pages: number): void;
  /** So that a line is in view, in the middle if it was not. */
  reveal(line: number): void;
  /** Makes rows anew: these, or all. */
  renew(first?: number, end?: number): void;
  rowAt(line: number): Row | undefined;
  /** The line at a height of the window. */
  lineAt(clientY: number): number;
}

const around = 20;
const pixelsPerLine = 18;

export function createLines(source: LinesSource): Lines {
  const layer = html('div', { class: 'layer' });
  const sizer = html('div', { class: 'sizer' }, layer);
  const element = html('div', { class: 'lines', tabindex: 0, role: 'log', 'aria-live': 'off' }, sizer);
  const rows = new Map<number, Row>();
  let total = 0;
  let lineHeight = 18;
  let height = 0;
  let position = 0;
  /** Where the bar was put by us: its event is no movement of the user. */
  let expected = 0;
  let scheduled = false;
  let widest = 0;

  const extent = (): Extent => ({ lines: total, lineHeight, height: Math.max(1, height) });

  const draw = () => {
    scheduled = false;
    if (height === 0) return;
    const { first, end } = linesInView(extent(), position, around);
    source.wanted(first, end);
    for (const [line, row] of rows) {
      if (line >= first && line < end) continue;
      row.element.remove();
      rows.delete(line);
    }
    let before: Element | null = null;
    for (let line = end - 1; line >= first; line--) {
      let row = rows.get(line);
      if (!row) {
        row = source.row(line);
        rows.set(line, row);
        layer.insertBefore(row.element, before);
      }
      before = row.element;
    }
    layer.style.transform = `translateY(${Math.round(element.scrollTop + (first - clampPosition(extent(), position)) * lineHeight)}px)`;
    // Rows scroll sideways together, as wide as the widest that was seen.
    const width = layer.scrollWidth;
    if (width > widest && width > element.clientWidth) {
      widest = width;
      sizer.style.minWidth = `${width}px`;
    }
    source.drawn();
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(draw);
  };
  const setHeight = () => {
    sizer.style.height = `${contentHeight(extent())}px`;
  };
  /** The bar follows the position. */
  const putBar = () => {
    element.scrollTop = barOfPosition(extent(), position);
    expected = element.scrollTop;
  };
  const isAtEnd = () => position >= lastPosition(extent()) - 0.5;
  const go = (next: number) => {
    position = clampPosition(extent(), next);
    putBar();
    schedule();
  };
  const userGoes = (next: number) => {
    go(next);
    source.moved(isAtEnd());
  };

  element.addEventListener(
    'scroll',
    () => {
      if (Math.abs(element.scrollTop - expected) < 1) return schedule();
      expected = element.scrollTop;
      position = positionOfBar(extent(), element.scrollTop);
      // In this frame, not the next: what was scrolled to is not there yet.
      draw();
      source.moved(isAtEnd());
    },
    { passive: true },
  );
  element.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey || !isScaled(extent()) || event.deltaY === 0) return;
      event.preventDefault();
      const { deltaMode } = event;
      const unit = deltaMode === WheelEvent.DOM_DELTA_LINE ? pixelsPerLine : deltaMode === WheelEvent.DOM_DELTA_PAGE ? height : 1;
      userGoes(position + (event.deltaY * unit) / lineHeight);
    },
    { passive: false },
  );
  new ResizeObserver(() => {
    const probe = parseFloat(getComputedStyle(element).lineHeight);
    if (probe > 0) lineHeight = probe;
    const atEnd = isAtEnd();
    height = element.clientHeight;
    setHeight();
    go(atEnd && position > 0 ? lastPosition(extent()) : position);
  }).observe(element);

  return {
    element,
    get position() {
      return position;
    },
    get rowsInView() {
      return rows.values();
    },
    get lineHeight() {
      return lineHeight;
    },
    setLines(lines) {
      if (lines < total) {
        widest = 0;
        sizer.style.minWidth = '';
      }
      total = lines;
      // Room for the longest line number.
      element.style.setProperty('--digits', String(String(total).length));
      setHeight();
      go(position);
    },
    go,
    goToEnd: () => go(lastPosition(extent())),
    by: (lines) => userGoes(position + lines),
    page: (pages) => userGoes(position + pages * Math.max(1, Math.floor(height / lineHeight) - 1)),
    reveal(line) {
      const inView = Math.floor(height / lineHeight);
      if (line >= position && line < position + inView - 1) return;
      userGoes(line - Math.floor(inView / 2));
    },
    renew(first = 0, end = Infinity) {
      for (const [line, row] of rows) {
        if (line < first || line >= end) continue;
        row.element.remove();
        rows.delete(line);
      }
      schedule();
    },
    rowAt: (line) => rows.get(line),
    lineAt(clientY) {
      const line = Math.floor(position + (clientY - element.getBoundingClientRect().top) / lineHeight);
      return Math.max(0, Math.min(total - 1, line));
    },
  };
}
