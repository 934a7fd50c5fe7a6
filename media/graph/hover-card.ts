// What a card has no room for, beside it while the pointer rests there: full title, name, error, metric, neighbours.
import { statusText, typeText } from '../../core/views/card-look.ts';
import { elapsed, formatDuration } from '../../core/views/duration.ts';
import type { GraphView, NodeView } from '../../core/views/graph-view.ts';
import { filled } from '../../core/views/texts.ts';
import type { Viewport } from '../../core/views/viewport.ts';
import { html } from '../dom.ts';
import { statusIcon } from '../icons.ts';

type Texts = Readonly<Record<string, string>>;

export interface HoverCard {
  readonly element: HTMLElement;
  /** Of this step after a moment, at once while another one is shown; `undefined` ends it. */
  show(input: HoverInput | undefined): void;
}

export interface HoverInput {
  readonly node: NodeView;
  readonly view: GraphView;
  readonly viewport: Viewport;
  readonly texts: Texts;
  readonly now: number;
}

const afterMs = 450;
const mostNeighbours = 4;
const gap = 10;

export function createHoverCard(): HoverCard {
  const element = html('div', { class: 'hover-card', 'aria-hidden': 'true', hidden: true });
  let timer: number | undefined;

  const open = (input: HoverInput) => {
    element.replaceChildren(...contentOf(input));
    element.hidden = false;
    const { node, viewport } = input;
    const space = element.parentElement!;
    const [left, top] = [node.x * viewport.zoom + viewport.x, node.y * viewport.zoom + viewport.y];
    const below = top + node.height * viewport.zoom + gap;
    const fitsBelow = below + element.offsetHeight <= space.clientHeight - 4;
    const x = Math.max(4, Math.min(left, space.clientWidth - element.offsetWidth - 4));
    // Above stands the bar of the selection.
    const y = fitsBelow ? below : Math.max(4, top - element.offsetHeight - gap - 26);
    element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  };
  return {
    element,
    show(input) {
      clearTimeout(timer);
      if (!input) element.hidden = true;
      else if (!element.hidden) open(input);
      else timer = setTimeout(() => open(input), afterMs);
    },
  };
}

function contentOf({ node, view, texts, now }: HoverInput): HTMLElement[] {
  const { state } = node;
  const lines: HTMLElement[] = [html('div', { class: 'hover-title' }, node.title)];
  const kind = html('div', { class: 'hover-kind' }, typeText(node.type, texts));
  if (node.name !== node.title) kind.append(html('code', {}, node.name));
  lines.push(kind);
  if (state && !state.absent) lines.push(statusLine(node, texts, now));
  if (state?.absent) lines.push(html('div', { class: 'hover-line' }, texts['graph.absent']));
  if (state?.detail) lines.push(html('div', { class: `hover-detail tone-${state.tone}` }, state.detail));
  if (state?.metric) lines.push(pair(state.metric.title, state.metric.text));
  const findings = [
    ...(node.errors > 0 ? [filled(texts['graph.errors'] ?? '', node.errors)] : []),
    ...(node.warnings > 0 ? [filled(texts['graph.warnings'] ?? '', node.warnings)] : []),
  ];
  if (findings.length > 0) lines.push(html('div', { class: 'hover-findings' }, findings.join(' · ')));
  for (const [key, indexes] of [
    ['graph.after', node.before],
    ['graph.before', node.after],
  ] as const) {
    if (indexes.length === 0) continue;
    const titles = indexes.slice(0, mostNeighbours).map((index) => view.nodes[index]!.title);
    const more = indexes.length > mostNeighbours ? ` +${indexes.length - mostNeighbours}` : '';
    lines.push(html('div', { class: 'hover-line' }, filled(texts[key] ?? '', titles.join(', ')) + more));
  }
  return lines;
}

function statusLine({ state }: NodeView, texts: Texts, now: number): HTMLElement {
  const { status, tone, startedAt, endedAt, attempt, reason, reused } = state!;
  const time = elapsed(startedAt, endedAt, now);
  const parts = [statusText(status, texts)];
  if (reason) parts.push(texts[`skipped.${reason}`] ?? reason);
  if (reused !== undefined) parts.push(filled(texts['graph.reusedFrom'] ?? '', reused));
  if (time !== undefined && tone !== 'skipped') parts.push(formatDuration(time));
  if (attempt > 1) parts.push(filled(texts['graph.attempt'] ?? '', attempt));
  return html('div', { class: `hover-status tone-${tone}` }, statusIcon(tone), parts.join(' · '));
}

function pair(name: string, value: string): HTMLElement {
  return html('div', { class: 'hover-pair' }, html('span', {}, name), html('span', { class: 'hover-value' }, value));
}
