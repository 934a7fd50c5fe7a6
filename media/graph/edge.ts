// One edge as an SVG path with an arrow head; the kind is told by its dash and head, the run by its colour.
import { labelPlace } from '../../core/views/bezier.ts';
import type { EdgeFlow, EdgeStyle, EdgeView } from '../../core/views/graph-view.ts';
import { setAttributes, svg } from '../dom.ts';
import { textWidth } from './text-width.ts';

type Points = EdgeView['points'];

export interface Edge {
  readonly element: SVGGElement;
  /** Empty but for branches; drawn over all lines, so that none strikes it out. */
  readonly label: SVGGElement;
  show(edge: EdgeView, branchText: string | undefined): void;
  bend(points: Points): void;
  mark(marks: { readonly near: boolean; readonly dimmed: boolean }): void;
}

const styles: readonly EdgeStyle[] = ['data', 'depends', 'branch'];
const flows: readonly (EdgeFlow | 'near')[] = ['idle', 'taken', 'active', 'off', 'near'];

/** Heads for every kind and colour: a marker cannot take over the colour of its path in all browsers. */
export function arrowHeads(): SVGDefsElement {
  const heads = styles.flatMap((style) =>
    flows.map((flow) =>
      svg(
        'marker',
        {
          id: `head-${style}-${flow}`,
          class: `head head-${style} flow-${flow}`,
          viewBox: '0 0 10 10',
          refX: style === 'depends' ? 8.4 : 9,
          refY: 5,
          markerWidth: 9,
          markerHeight: 9,
          markerUnits: 'userSpaceOnUse',
          orient: 'auto',
        },
        svg('path', { d: style === 'depends' ? 'M2 1.5 8.4 5 2 8.5' : 'M1 1 9 5 1 9 2.8 5Z' }),
      ),
    ),
  );
  return svg('defs', {}, ...heads);
}

export function createEdge(): Edge {
  const line = svg('path', { class: 'line' });
  const element = svg('g', {}, line);
  const label = svg('g', {});
  let shown: EdgeView | undefined;
  let marks = { near: false, dimmed: false };

  const setClass = () => {
    if (!shown) return;
    const { style, flow } = shown;
    const classes = ['edge', `style-${style}`, `flow-${flow}`];
    if (marks.near) classes.push('near');
    if (marks.dimmed) classes.push('dimmed');
    setAttributes(element, { class: classes.join(' ') });
    setAttributes(label, { class: `${classes.join(' ')} edge-label` });
    setAttributes(line, { 'marker-end': `url(#head-${style}-${marks.near ? 'near' : flow})` });
  };
  const bend = (points: Points) => {
    line.setAttribute('d', pathOf(points));
    if (!label.hasChildNodes()) return;
    const [x, y] = labelPlace(points);
    label.setAttribute('transform', `translate(${x} ${y})`);
  };

  return {
    element,
    label,
    bend,
    show(edge, branchText) {
      const text = edge.branch && branchText;
      if (text === undefined) label.replaceChildren();
      else if (text !== label.textContent) {
        const width = textWidth(text, 11, 600) + 12;
        label.replaceChildren(svg('rect', { x: -width / 2, y: -9, width, height: 18, rx: 9 }), svg('text', { y: 4 }, text));
      }
      shown = edge;
      setClass();
    },
    mark(next) {
      if (next.near === marks.near && next.dimmed === marks.dimmed) return;
      marks = next;
      setClass();
    },
  };
}

export function pathOf(points: Points): string {
  const [start, ...rest] = points;
  if (!start) return '';
  const commands = [`M${start[0]} ${start[1]}`];
  for (let at = 0; at + 2 < rest.length; at += 3) {
    const [a, b, c] = [rest[at]!, rest[at + 1]!, rest[at + 2]!];
    commands.push(`C${a[0]} ${a[1]} ${b[0]} ${b[1]} ${c[0]} ${c[1]}`);
  }
  return commands.join('');
}
