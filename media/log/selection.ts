// Selecting text in a log with the pointer: a selection by line and character, which goes on where lines leave the document.
// It is shown as a highlight of the browser, not as its own selection, which would end with the elements.
import { isEmpty, type LogPoint, type LogSelection, selectedPart, wordAround } from '../../core/views/log-selection.ts';
import type { Lines } from './lines.ts';
import { characterAt } from './row.ts';

export interface TextSelection {
  readonly selection: LogSelection | undefined;
  select(selection: LogSelection | undefined): void;
  /** Rows have changed. */
  show(): void;
}

const name = 'weft-selection';
/** Scrolls while a drag is beyond the edge, faster the farther. */
const edgeSpeed = 0.35;

/** `textAt`: plain text of a line, where it is there. */
export function createTextSelection(lines: Lines, textAt: (line: number) => string | undefined): TextSelection {
  let selection: LogSelection | undefined;
  const { element } = lines;

  const show = () => {
    const ranges: Range[] = [];
    if (selection && !isEmpty(selection)) {
      for (const row of lines.rowsInView) {
        const part = row.text === undefined ? undefined : selectedPart(selection, row.line, row.text.length);
        const range = part && row.range(part.from, part.to);
        if (range) ranges.push(range);
      }
    }
    if (ranges.length > 0) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  };
  const select = (next: LogSelection | undefined) => {
    selection = next;
    show();
  };

  const pointAt = (clientX: number, clientY: number): LogPoint => {
    const box = element.getBoundingClientRect();
    const y = Math.max(box.top + 1, Math.min(box.top + element.clientHeight - 2, clientY));
    const line = lines.lineAt(y);
    const content = lines.rowAt(line)?.element.querySelector('.text');
    if (!content) return { line, character: 0 };
    const { left, right } = content.getBoundingClientRect();
    if (clientX <= left) return { line, character: 0 };
    const length = lines.rowAt(line)!.text?.length ?? 0;
    if (clientX >= right) return { line, character: length };
    const place = caretAt(clientX, y);
    return { line, character: place && content.contains(place.node) ? characterAt(content, place.node, place.offset) : length };
  };

  element.addEventListener('mousedown', (press) => {
    const inside = press.clientX < element.getBoundingClientRect().left + element.clientWidth;
    if (press.button !== 0 || !inside || ((press.target as Element).closest('.margin') === null && press.target === element))
      return;
    press.preventDefault();
    element.focus({ preventScroll: true });
    const at = pointAt(press.clientX, press.clientY);
    const text = textAt(at.line) ?? '';
    if (press.detail === 2) {
      const [from, to] = wordAround(text, at.character);
      return select({ anchor: { line: at.line, character: from }, focus: { line: at.line, character: to } });
    }
    if (press.detail >= 3) {
      return select({ anchor: { line: at.line, character: 0 }, focus: { line: at.line, character: text.length } });
    }
    const anchor = press.shiftKey && selection ? selection.anchor : at;
    select({ anchor, focus: at });
    let pointer: MouseEvent = press;
    let frame: number | undefined;
    const beyond = () => {
      const box = element.getBoundingClientRect();
      return pointer.clientY < box.top
        ? pointer.clientY - box.top
        : Math.max(0, pointer.clientY - box.top - element.clientHeight);
    };
    const extend = () => select({ anchor, focus: pointAt(pointer.clientX, pointer.clientY) });
    const scroll = () => {
      frame = undefined;
      if (beyond() === 0) return;
      lines.by((beyond() * edgeSpeed) / lines.lineHeight);
      extend();
      frame = requestAnimationFrame(scroll);
    };
    const drag = (event: MouseEvent) => {
      pointer = event;
      extend();
      if (beyond() !== 0) frame ??= requestAnimationFrame(scroll);
    };
    const drop = () => {
      window.removeEventListener('mousemove', drag);
      window.removeEventListener('mouseup', drop);
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
    window.addEventListener('mousemove', drag);
    window.addEventListener('mouseup', drop);
  });

  return {
    get selection() {
      return selection && !isEmpty(selection) ? selection : undefined;
    },
    select,
    show,
  };
}

interface Caret {
  readonly node: Node;
  readonly offset: number;
}

function caretAt(x: number, y: number): Caret | undefined {
  const place = document.caretPositionFromPoint?.(x, y);
  return place ? { node: place.offsetNode, offset: place.offset } : undefined;
}
