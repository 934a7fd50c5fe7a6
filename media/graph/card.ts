// One step as an SVG card: icon of its kind, title, a line about its state, a status mark, findings at the corner.
// From far away only the box and its colour are drawn; the rest is made when the card is first seen near.
import type { CardLook } from '../../core/views/card-look.ts';
import { fitText } from '../../core/views/fit-text.ts';
import type { NodeView } from '../../core/views/graph-view.ts';
import { setAttributes, setText, svg } from '../dom.ts';
import { actionIcons, statusMark, typeIconPath } from '../icons.ts';
import { textWidth } from './text-width.ts';

export interface CardMarks {
  readonly selected: boolean;
  readonly found: boolean;
  readonly dimmed: boolean;
}

export interface Card {
  readonly element: SVGGElement;
  place(x: number, y: number): void;
  /** Redraws what differs from before. */
  show(node: NodeView, look: CardLook, total: number, index: number): void;
  mark(marks: CardMarks): void;
  /** Texts and icons too. */
  detail(): void;
}

const titleAt = 46;
const statusRoom = 32;
const padding = 10;

export function createCard(id: string): Card {
  const ring = svg('rect', { class: 'ring', x: -3, y: -3, rx: 9 });
  const body = svg('rect', { class: 'body', rx: 6 });
  const bar = svg('path', { class: 'bar' });
  const element = svg('g', { id, role: 'option', 'aria-selected': 'false' }, ring, body, bar);
  let marks: CardMarks = { selected: false, found: false, dimmed: false };
  let shown: { readonly node: NodeView; readonly look: CardLook } | undefined;
  let near: ReturnType<typeof createDetail> | undefined;

  const setClass = () => {
    if (!shown) return;
    const { node, look } = shown;
    const classes = ['card', `type-${/^[a-z_]+$/.test(node.type) ? node.type : 'unknown'}`, `tone-${look.tone ?? 'none'}`];
    if (look.absent) classes.push('absent');
    if (look.reused) classes.push('reused');
    if (marks.selected) classes.push('selected');
    if (marks.found) classes.push('found');
    if (marks.dimmed) classes.push('dimmed');
    if (look.errors > 0) classes.push('with-errors');
    setAttributes(element, { class: classes.join(' '), 'aria-selected': String(marks.selected) });
  };

  return {
    element,
    place(x, y) {
      element.setAttribute('transform', `translate(${x} ${y})`);
    },
    show(node, look, total, index) {
      const { width, height } = node;
      if (shown?.node.width !== width || shown.node.height !== height) {
        setAttributes(ring, { width: width + 6, height: height + 6 });
        setAttributes(body, { width, height });
        bar.setAttribute('d', `M4 .34A6 6 0 0 0 0 6V${height - 6}A6 6 0 0 0 4 ${height - 0.34}Z`);
      }
      shown = { node, look };
      setClass();
      setAttributes(element, {
        'data-step': node.name,
        'aria-label': look.label,
        'aria-posinset': index + 1,
        'aria-setsize': total,
      });
      near?.show(node, look);
    },
    mark(next) {
      if (next.selected === marks.selected && next.found === marks.found && next.dimmed === marks.dimmed) return;
      marks = next;
      setClass();
    },
    detail() {
      if (near || !shown) return;
      near = createDetail();
      near.show(shown.node, shown.look);
      element.append(near.element);
    },
  };
}

function createDetail(): { readonly element: SVGGElement; show(node: NodeView, look: CardLook): void } {
  const tile = svg('rect', { class: 'tile', width: 28, height: 28, rx: 6 });
  const icon = svg('g', { class: 'kind' }, tile);
  const title = svg('text', { class: 'title', x: titleAt, y: 22 });
  const line = svg('text', { class: 'line', x: titleAt, y: 39 });
  const metric = svg('text', { class: 'metric', y: 39 });
  const status = svg('g', { class: 'mark' });
  const findings = svg('g', { class: 'findings' });
  const element = svg('g', { class: 'near', 'aria-hidden': 'true' }, icon, title, line, metric, status, findings);
  let before: { readonly type?: string; readonly mark?: string; readonly findings?: string } = {};

  return {
    element,
    show(node, look) {
      const { width, height } = node;
      icon.setAttribute('transform', `translate(10 ${(height - 28) / 2})`);
      const mark = look.reused ? 'reused' : (look.tone ?? 'none');
      const found = `${look.errors} ${look.warnings}`;
      if (before.type !== look.type) {
        const path = typeIconPath(look.type);
        path.setAttribute('transform', 'translate(6 6)');
        icon.replaceChildren(tile, path);
      }
      if (before.mark !== mark) status.replaceChildren(...markOf(look));
      if (before.findings !== found) findings.replaceChildren(...findingsOf(look));
      before = { type: look.type, mark, findings: found };

      const titleRoom = width - titleAt - (look.tone === undefined ? padding : statusRoom);
      setText(
        title,
        fitText(look.title, titleRoom, (text) => textWidth(text, 13, 500)),
      );
      const lineRoom = width - titleAt - padding;
      const metricWidth = look.metric === undefined ? 0 : textWidth(look.metric, 11, 400) + 8;
      const withMetric = metricWidth > 0 && textWidth(look.line, 11, 400) + metricWidth <= lineRoom;
      setText(
        line,
        fitText(look.line, lineRoom, (text) => textWidth(text, 11, 400)),
      );
      setText(metric, withMetric ? look.metric! : '');
      metric.setAttribute('x', String(width - padding));
      status.setAttribute('transform', `translate(${width - 26} 8)`);
      findings.setAttribute('transform', `translate(${width - 8} 0)`);
    },
  };
}

function markOf(look: CardLook): SVGElement[] {
  if (look.tone === undefined) return [];
  if (!look.reused) return [statusMark(look.tone)];
  const glyph = svg('path', { class: 'status-glyph', d: actionIcons.reused, transform: 'translate(3 3) scale(.625)' });
  return [svg('g', { class: 'status status-reused' }, svg('circle', { class: 'status-disc', cx: 8, cy: 8, r: 7 }), glyph)];
}

/** Pills on the upper edge, from the right: errors first. */
function findingsOf({ errors, warnings }: CardLook): SVGElement[] {
  let end = 0;
  const pill = (count: number, kind: 'error' | 'warning') => {
    if (count === 0) return [];
    const text = count > 99 ? '99+' : String(count);
    const width = 20 + text.length * 6.5;
    const group = svg(
      'g',
      { class: `pill pill-${kind}`, transform: `translate(${end - width} -8)` },
      svg('rect', { class: 'pill-body', width, height: 16, rx: 8 }),
      svg('path', { class: 'pill-icon', d: actionIcons[kind], transform: 'translate(4 3) scale(.625)' }),
      svg('text', { class: 'pill-text', x: 16, y: 11.8 }, text),
    );
    end -= width + 3;
    return [group];
  };
  return [...pill(errors, 'error'), ...pill(warnings, 'warning')];
}
