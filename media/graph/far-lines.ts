// All lines of a large graph as one path per colour: from far away nobody tells one from another, and thousands of elements are slow.
import type { GraphView } from '../../core/views/graph-view.ts';
import { setAttributes, svg } from '../dom.ts';
import { pathOf } from './edge.ts';

export interface FarLines {
  readonly element: SVGGElement;
  draw(view: GraphView): void;
  show(visible: boolean, dimmed: boolean): void;
}

export function createFarLines(): FarLines {
  const element = svg('g', { 'aria-hidden': 'true' });
  let view: GraphView | undefined;
  /** The view that the paths are of: they are made when they are seen. */
  let made: GraphView | undefined;

  const make = () => {
    made = view;
    const paths = new Map<string, string[]>();
    for (const { flow, points } of view?.edges ?? []) {
      const of = paths.get(flow) ?? [];
      of.push(pathOf(points));
      paths.set(flow, of);
    }
    element.replaceChildren(
      ...[...paths].map(([flow, of]) => svg('path', { class: `edge far-line flow-${flow}`, d: of.join('') })),
    );
  };
  return {
    element,
    draw(next) {
      view = next;
    },
    show(visible, dimmed) {
      if (visible && made !== view) make();
      setAttributes(element, { class: dimmed ? 'dimmed' : '', display: visible ? undefined : 'none' });
    },
  };
}
