// One line of a log as elements: number and time in the margin, spans of terminal colours, links to files and addresses.
import { type AnsiColor, type AnsiSpan, type AnsiStyle, parseAnsi, plainText } from '../../core/views/ansi.ts';
import { findLinks, type LogLink } from '../../core/views/log-links.ts';
import { html, setAttributes } from '../dom.ts';

export interface Row {
  readonly element: HTMLElement;
  readonly line: number;
  /** Plain text as it is drawn; undefined while the line is not there. */
  readonly text: string | undefined;
  /** A range of the document for a part of the text. */
  range(from: number, to: number): Range | undefined;
}

export interface RowInput {
  readonly line: number;
  readonly source: string | undefined;
  readonly style: AnsiStyle;
  readonly time: string | undefined;
  readonly openText: string;
}

/** What a browser lays out without a pause; the rest of a line is in the saved log. */
const longestLine = 20_000;

export function createRow(input: RowInput): Row {
  const { line, source, style, time, openText } = input;
  const margin = html('span', { class: 'margin', 'data-line': line + 1, 'data-time': time, 'aria-hidden': 'true' });
  const content = html('span', { class: 'text' });
  const element = html('div', { class: source === undefined ? 'row missing' : 'row', 'data-row': line }, margin, content);
  let text: string | undefined;
  if (source !== undefined) {
    const { spans } = parseAnsi(source.length > longestLine ? source.slice(0, longestLine) : source, style);
    text = spans.map((span) => span.text).join('');
    content.append(...nodesOf(spans, findLinks(text), openText));
    if (source.length > longestLine) element.append(html('span', { class: 'cut' }, `… +${source.length - longestLine}`));
  }
  return {
    element,
    line,
    text,
    range(from, to) {
      const start = placeIn(content, from);
      const end = placeIn(content, to);
      if (!start || !end) return undefined;
      const range = document.createRange();
      range.setStart(...start);
      range.setEnd(...end);
      return range;
    },
  };
}

/** The text of a line as `createRow` draws it, for copies. */
export function drawnText(source: string): string {
  return plainText(source);
}

/** How many characters of the text lie before a place of the document in it. */
export function characterAt(content: Element, node: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(content, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

function placeIn(content: Element, character: number): [Node, number] | undefined {
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  let before = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = node as Text;
    if (character <= before + length) return [node, character - before];
    before += length;
  }
  return undefined;
}

/** Spans and links cross each other: pieces end where either does. */
function nodesOf(spans: readonly AnsiSpan[], links: readonly LogLink[], openText: string): Node[] {
  const nodes: Node[] = [];
  let link: { readonly link: LogLink; readonly element: HTMLElement } | undefined;
  let at = 0;
  let next = 0;
  for (const { text, style } of spans) {
    const end = at + text.length;
    let from = at;
    while (from < end) {
      if (link && from >= link.link.to) link = undefined;
      if (!link && links[next] && links[next]!.from <= from) {
        link = { link: links[next]!, element: linkElement(links[next]!, openText) };
        nodes.push(link.element);
        next++;
      }
      const to = Math.min(end, link ? link.link.to : (links[next]?.from ?? end));
      const piece = pieceOf(text.slice(from - at, to - at), style);
      if (link) link.element.append(piece);
      else nodes.push(piece);
      from = to;
    }
    at = end;
  }
  return nodes;
}

function linkElement(link: LogLink, openText: string): HTMLElement {
  // VS Code opens addresses of links by itself.
  if (link.kind === 'url') return html('a', { class: 'link', href: link.url, title: link.url });
  const { file, line, column } = link;
  const place = column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
  return html('a', {
    class: 'link',
    role: 'link',
    tabindex: 0,
    title: openText.replace('{0}', place),
    'data-file': file,
    'data-at': line,
    'data-column': column,
  });
}

function pieceOf(text: string, style: AnsiStyle): Node {
  const classes: string[] = [];
  const { foreground, background, inverse } = style;
  const [ink, paper] = inverse ? [background ?? 'paper', foreground ?? 'ink'] : [foreground, background];
  for (const key of ['bold', 'dim', 'italic', 'underline', 'strike', 'hidden'] as const) if (style[key]) classes.push(key);
  const free: [string, string][] = [];
  const colour = (value: AnsiColor | undefined, prefix: 'fg' | 'bg', property: string) => {
    if (value === undefined) return;
    if (typeof value === 'number' || !value.startsWith('#')) classes.push(`${prefix}-${value}`);
    else free.push([property, value]);
  };
  colour(ink, 'fg', 'color');
  colour(paper, 'bg', 'background-color');
  if (classes.length === 0 && free.length === 0) return document.createTextNode(text);
  const element = html('span', {}, text);
  if (classes.length > 0) setAttributes(element, { class: classes.join(' ') });
  for (const [property, value] of free) element.style.setProperty(property, value);
  return element;
}
