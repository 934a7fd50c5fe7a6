// The picture as one SVG text that needs nothing else: every colour and font of the theme is written into it.
import { cardLook } from '../../core/views/card-look.ts';
import type { GraphView } from '../../core/views/graph-view.ts';
import { plainColor } from '../../core/views/plain-color.ts';
import { svg } from '../dom.ts';
import { createCard } from './card.ts';
import { arrowHeads, createEdge } from './edge.ts';

type Texts = Readonly<Record<string, string>>;

/** What a style sheet decides about a drawing, and what each is when nobody says it. */
const written: Readonly<Record<string, string>> = {
  fill: 'rgb(0, 0, 0)',
  stroke: 'none',
  'stroke-width': '1px',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  opacity: '1',
  'fill-opacity': '1',
  'stroke-opacity': '1',
  'font-size': '',
  'font-weight': '400',
  'text-anchor': 'start',
};
const ofTexts = new Set(['font-size', 'font-weight', 'text-anchor']);

/** `parent` is where the drawing is laid out unseen while its colours are read. */
export function exportSvg(parent: HTMLElement, view: GraphView, title: string, texts: Texts, now: number): string {
  const picture = svg('svg', { class: 'picture', width: view.width, height: view.height });
  picture.append(svg('title', {}, title), arrowHeads(), svg('rect', { class: 'paper', width: view.width, height: view.height }));
  const [lines, labels] = [svg('g'), svg('g')];
  for (const edgeView of view.edges) {
    const edge = createEdge();
    edge.show(edgeView, edgeView.branch && texts[`branch.${edgeView.branch}`]);
    edge.bend(edgeView.points);
    lines.append(edge.element);
    if (edge.label.hasChildNodes()) labels.append(edge.label);
  }
  picture.append(lines, labels);
  for (const [index, node] of view.nodes.entries()) {
    const card = createCard(`exported-${index}`);
    const look = cardLook(node, texts, now);
    card.show(node, look, view.nodes.length, index);
    card.place(node.x, node.y);
    card.detail();
    card.element.prepend(svg('title', {}, look.label));
    picture.append(card.element);
  }
  parent.append(picture);
  try {
    writeStyles(picture);
    picture.setAttribute('font-family', getComputedStyle(document.body).fontFamily);
  } finally {
    picture.remove();
  }
  picture.setAttribute('viewBox', `0 0 ${view.width} ${view.height}`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}\n`;
}

function writeStyles(picture: SVGSVGElement): void {
  // First all reads, then all writes: in turns each read would lay out anew.
  const writes: [Element, string, string][] = [];
  const unseen: Element[] = [];
  for (const element of picture.querySelectorAll('*')) {
    if (element.tagName === 'title' || element.tagName === 'defs' || element.tagName === 'marker') continue;
    const style = getComputedStyle(element);
    if (style.display === 'none') {
      unseen.push(element);
      continue;
    }
    const isGroup = element.tagName === 'g';
    for (const [name, usual] of Object.entries(written)) {
      if (isGroup ? name !== 'opacity' : ofTexts.has(name) && element.tagName !== 'text') continue;
      const value = plainColor(style.getPropertyValue(name));
      if (value !== usual) writes.push([element, name, value]);
    }
  }
  for (const element of unseen) element.remove();
  for (const [element, name, value] of writes) element.setAttribute(name, value);
  for (const element of picture.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) {
      if (name === 'class' || name === 'role' || name.startsWith('aria-') || name.startsWith('data-'))
        element.removeAttribute(name);
    }
    if (element.id.startsWith('exported-')) element.removeAttribute('id');
  }
  picture.removeAttribute('class');
}
