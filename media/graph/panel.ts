// The graph panel: messages of the host, keys and pointers in; the picture and messages to the host out.
import type { Direction } from '../../core/graph/layout.ts';
import type { FromGraphPanel, ToGraphPanel } from '../../core/protocol/webview.ts';
import { type RunState, reduce } from '../../core/run/reduce.ts';
import { isEndedRun } from '../../core/run/status.ts';
import { statusText } from '../../core/views/card-look.ts';
import { type Arrow, endStep, stepTowards } from '../../core/views/graph-keys.ts';
import { type GraphView, graphView, type NodeView } from '../../core/views/graph-view.ts';
import { filled } from '../../core/views/texts.ts';
import type { Viewport } from '../../core/views/viewport.ts';
import { createButton } from '../button.ts';
import { createClock } from '../clock.ts';
import { html, setAttributes, setText } from '../dom.ts';
import type { Host } from '../host.ts';
import { exportSvg } from './export.ts';
import { createHeader } from './header.ts';
import { createHoverCard } from './hover-card.ts';
import { fillLegend } from './legend.ts';
import { createMenu } from './menu.ts';
import { createMinimap } from './minimap.ts';
import { createPicture } from './picture.ts';
import { createSearch } from './search.ts';
import { createSelectionBar } from './selection-bar.ts';
import { createStage } from './stage.ts';

type GraphMessage = Extract<ToGraphPanel, { type: 'graph' }>;

/** What comes back when a panel was hidden. */
export interface GraphPanelState {
  readonly title: string;
  readonly direction: Direction;
  readonly viewport: Viewport;
  readonly whole: boolean;
  readonly selected: string | undefined;
  readonly minimap: boolean;
}

/** Graphs up to this size are seen whole easily enough. */
const minimapFrom = 30;
/** Texts are too small to be read below. */
const nearZoom = 0.35;
const panStep = 80;
const zoomStep = 1.25;
const mostAnnounced = 4;

const arrows: Readonly<Record<string, Arrow>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

export function createGraphPanel(
  root: HTMLElement,
  host: Host<FromGraphPanel, GraphPanelState>,
): (message: ToGraphPanel) => void {
  let comeBack = host.recall();
  let texts: Readonly<Record<string, string>> = {};
  let message: GraphMessage | undefined;
  let run: RunState | undefined;
  let view: GraphView | undefined;
  let direction: Direction = 'right';
  let selected = comeBack.selected;
  let told = selected;
  let hovered: string | undefined;
  let found: ReadonlySet<string> | undefined;
  let minimapWanted = comeBack.minimap ?? true;
  let scheduled = false;

  // ---- parts

  const picture = createPicture();
  const stage = createStage(picture.element, () => seenChanged());
  const minimap = createMinimap((x, y) => {
    const { zoom } = stage.viewport;
    stage.go({ x: stage.size.width / 2 - x * zoom, y: stage.size.height / 2 - y * zoom, zoom });
  });
  const menu = createMenu();
  const hoverCard = createHoverCard();
  const search = createSearch({
    found(indexes) {
      found = indexes && new Set(indexes.map((index) => view!.nodes[index]!.name));
      mark();
    },
    jump: (index, asked) => select(view!.nodes[index]!.name, { tell: asked }),
    closed() {
      stage.element.focus();
      tell();
    },
  });
  const legend = html('div', { class: 'legend', hidden: true });
  const header = createHeader({
    run: () => host.post({ type: 'run' }),
    stop: () => host.post({ type: 'stop' }),
    search: () => search.open(),
    turn: () => host.post({ type: 'arrange', direction: direction === 'right' ? 'down' : 'right', fresh: false }),
    arrange: () => host.post({ type: 'arrange', direction, fresh: true }),
    export: () => exportNow(),
    legend: () => toggleLegend(),
  });
  const selection = createSelectionBar({
    open: () => selected !== undefined && host.post({ type: 'open', step: selected }),
    openLog: () => openLog(selected),
    runFrom: () => runFrom(selected),
  });
  const zoomIn = createButton('zoomIn', () => stage.zoom(zoomStep));
  const zoomOut = createButton('zoomOut', () => stage.zoom(1 / zoomStep));
  const fit = createButton('fit', () => stage.fit());
  const mapButton = createButton('minimap', () => {
    minimapWanted = !minimapWanted;
    showMinimap();
    remember();
  });
  const corner = html(
    'div',
    { class: 'corner' },
    minimap.element,
    html('div', { class: 'zoom', role: 'toolbar' }, mapButton.element, zoomOut.element, zoomIn.element, fit.element),
  );
  const empty = html('div', { class: 'empty', hidden: true });
  const announcer = html('div', { class: 'unseen', 'aria-live': 'polite' });
  const space = html(
    'div',
    { class: 'space' },
    stage.element,
    selection.element,
    search.element,
    corner,
    legend,
    hoverCard.element,
    empty,
  );
  root.replaceChildren(header.element, space, menu.element, announcer);
  root.classList.add('graph-panel');
  const clock = createClock((now) => {
    picture.tick(now);
    header.tick(now);
  });

  // ---- drawing

  const mark = () => {
    picture.mark({ selected, hovered, found });
    setAttributes(stage.element, { 'aria-activedescendant': selected === undefined ? undefined : picture.idOf(selected) });
    showSelection();
  };
  const nodeOf = (name: string | undefined): NodeView | undefined =>
    name === undefined ? undefined : view?.nodes.find((node) => node.name === name);
  const canRun = () => run === undefined || isEndedRun(run.status);
  const hasLog = (node: NodeView | undefined) => node?.state?.startedAt !== undefined;
  const showSelection = () => {
    const node = nodeOf(selected);
    const hasFindings = node !== undefined && node.errors + node.warnings > 0;
    selection.show(node, stage.viewport, { hasLog: hasLog(node), canRun: canRun(), hasFindings });
  };
  const seenChanged = () => {
    if (!view) return;
    // A third of a screen around, so that a little panning finds its cards there.
    picture.see(stage.seen(0.33), stage.viewport.zoom >= nearZoom);
    minimap.frame(stage.seen());
    showSelection();
    hoverCard.show(undefined);
    remember();
  };
  const showMinimap = () => {
    const large = (view?.nodes.length ?? 0) > minimapFrom;
    minimap.element.hidden = !large || !minimapWanted;
    mapButton.show(large);
    mapButton.press(minimapWanted);
  };
  let remembering = false;
  const remember = () => {
    if (remembering) return;
    remembering = true;
    setTimeout(() => {
      remembering = false;
      if (!message) return;
      const { viewport, isWhole } = stage;
      const state = { title: message.title, direction, viewport, whole: isWhole, selected, minimap: minimapWanted };
      comeBack = state;
      host.remember(state);
    }, 100);
  };

  /** Joins and draws; `moving` from a picture of the same workflow. */
  const draw = (moving: boolean) => {
    scheduled = false;
    if (!message) return;
    view = graphView({ graph: message.graph, layout: message.layout, run, findings: message.findings });
    const now = clock.now();
    picture.draw(view, texts, now, moving);
    minimap.draw(view);
    header.show(message.title, view, direction, texts, now);
    search.show(view.nodes, texts);
    clock.run(run !== undefined && !isEndedRun(run.status));
    mark();
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => scheduled && draw(false));
  };

  const showGraph = (next: GraphMessage) => {
    const before = view;
    const nextDirection = next.direction ?? 'right';
    const same = message !== undefined && message.title === next.title;
    const turned = nextDirection !== direction;
    const anchor = same && !turned && before ? anchorOf(before) : undefined;
    [message, direction, texts] = [next, nextDirection, next.texts];
    nameParts();
    empty.hidden = true;
    setAttributes(root, { 'data-state': 'graph' });
    if (selected !== undefined && !next.layout.nodes.some((node) => node.name === selected)) told = selected = undefined;
    stage.setPicture(next.layout);
    draw(same);
    showMinimap();
    const first = view?.nodes[endStep(view.nodes, 'first') ?? -1];
    const back = !before && comeBack.title === next.title && comeBack.direction === nextDirection ? comeBack : undefined;
    if (back?.viewport && !back.whole) stage.go(back.viewport);
    else if (!same || turned) {
      stage.open(first, direction);
      const chosen = nodeOf(selected);
      if (chosen && !stage.isWhole) stage.reveal(chosen);
    } else if (!stage.isWhole) {
      keepInPlace(anchor);
    }
    seenChanged();
  };
  /** What the eye rests on: the selected step where it is in view, else the one next to the middle. */
  const anchorOf = (drawn: GraphView): NodeView | undefined => {
    const seen = stage.seen();
    const [x, y] = [seen.x + seen.width / 2, seen.y + seen.height / 2];
    const distance = (node: NodeView) => Math.hypot(node.x + node.width / 2 - x, node.y + node.height / 2 - y);
    const chosen = drawn.nodes.find((node) => node.name === selected);
    if (chosen && Math.abs(chosen.x - x) < seen.width / 2 && Math.abs(chosen.y - y) < seen.height / 2) return chosen;
    return drawn.nodes.reduce<NodeView | undefined>(
      (best, node) => (!best || distance(node) < distance(best) ? node : best),
      undefined,
    );
  };
  const keepInPlace = (anchor: NodeView | undefined) => {
    const now = nodeOf(anchor?.name);
    if (!anchor || !now || (now.x === anchor.x && now.y === anchor.y)) return;
    const { x, y, zoom } = stage.viewport;
    stage.go({ x: x + (anchor.x - now.x) * zoom, y: y + (anchor.y - now.y) * zoom, zoom }, 'smooth');
  };

  const nameParts = () => {
    selection.name(texts);
    zoomIn.name(texts['action.zoomIn'] ?? '', '+');
    zoomOut.name(texts['action.zoomOut'] ?? '', '−');
    fit.name(texts['action.fit'] ?? '', '0');
    mapButton.name(texts['action.minimap'] ?? '', 'M');
    setAttributes(stage.element, {
      'aria-label': message && filled(texts['graph.label'] ?? '', message.title, message.graph.nodes.length),
    });
    if (!legend.hidden) fillLegend(legend, texts);
  };

  const setRun = (next: RunState | undefined, now: number) => {
    const before = run?.id === next?.id ? run : undefined;
    run = next;
    clock.set(now);
    announce(before, next);
    schedule();
  };
  const announce = (before: RunState | undefined, after: RunState | undefined) => {
    if (!before || !after || before === after) return;
    const old = new Map(before.steps.map((step) => [step.name, step.status]));
    const changed = after.steps.filter((step) => old.get(step.name) !== step.status);
    const lines = changed
      .slice(0, mostAnnounced)
      .map((step) => filled(texts['graph.changed'] ?? '', step.title || step.name, statusText(step.status, texts)));
    if (before.status !== after.status) lines.push(texts[`run.${after.status}`] ?? after.status);
    if (lines.length > 0) setText(announcer, lines.join('. '));
  };

  const showEmpty = (text: string) => {
    [message, view, run, selected, told, found] = [undefined, undefined, undefined, undefined, undefined, undefined];
    picture.draw({ width: 0, height: 0, nodes: [], edges: [], run: undefined }, texts, clock.now(), false);
    minimap.draw({ width: 0, height: 0, nodes: [], edges: [], run: undefined });
    setAttributes(root, { 'data-state': 'empty' });
    empty.hidden = false;
    empty.replaceChildren(emptyPicture(), html('p', {}, text));
    search.close();
    showMinimap();
    header.show('', undefined, direction, texts, clock.now());
    mark();
  };

  // ---- doing

  /** The host learns once about what is selected. */
  const tell = () => {
    if (selected === told) return;
    told = selected;
    host.post({ type: 'select', step: selected });
  };
  const select = (name: string | undefined, how: { readonly tell: boolean }) => {
    selected = name;
    mark();
    const node = nodeOf(name);
    if (node) stage.reveal(node);
    if (how.tell) tell();
    remember();
  };
  const openLog = (step: string | undefined) => {
    if (step !== undefined && hasLog(nodeOf(step))) host.post({ type: 'openLog', step });
  };
  const openMetrics = (step: string | undefined) => {
    if (step !== undefined && hasLog(nodeOf(step))) host.post({ type: 'openMetrics', step });
  };
  const runFrom = (step: string | undefined) => {
    if (step !== undefined && canRun()) host.post({ type: 'runFrom', step });
  };
  const exportNow = () => {
    if (!message) return;
    draw(false);
    const text = exportSvg(space, view!, message.title, texts, clock.now());
    host.post({ type: 'exported', format: 'svg', text });
  };
  const toggleLegend = () => {
    legend.hidden = !legend.hidden;
    if (!legend.hidden) fillLegend(legend, texts);
    setAttributes(header.legendButton, { 'aria-expanded': String(!legend.hidden) });
  };
  const openMenu = (step: string, x: number, y: number) => {
    const text = (key: string) => texts[key] ?? key;
    const items = [
      { icon: 'open', text: text('action.open'), keys: 'Enter', enabled: true, act: () => host.post({ type: 'open', step }) },
      { icon: 'log', text: text('action.openLog'), keys: 'L', enabled: hasLog(nodeOf(step)), act: () => openLog(step) },
      {
        icon: 'compare',
        text: text('action.openMetrics'),
        keys: 'C',
        enabled: hasLog(nodeOf(step)),
        act: () => openMetrics(step),
      },
      { icon: 'runFrom', text: text('action.runFrom'), keys: 'R', enabled: canRun(), act: () => runFrom(step) },
    ] as const;
    menu.open(items, x, y, () => stage.element.focus());
  };
  const openMenuAtCard = () => {
    const node = nodeOf(selected);
    if (!node) return;
    const box = stage.element.getBoundingClientRect();
    const { x, y, zoom } = stage.viewport;
    openMenu(node.name, box.left + node.x * zoom + x + 24, box.top + (node.y + node.height) * zoom + y + 2);
  };

  // ---- pointers and keys

  const stepAt = (event: Event): string | undefined =>
    (event.target as Element).closest?.('.card')?.getAttribute('data-step') ?? undefined;
  stage.element.addEventListener('click', (event) => select(stepAt(event), { tell: true }));
  stage.element.addEventListener('dblclick', (event) => {
    const step = stepAt(event);
    if (step !== undefined) host.post({ type: 'open', step });
  });
  stage.element.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    const step = stepAt(event);
    if (step === undefined) return;
    select(step, { tell: true });
    openMenu(step, event.clientX, event.clientY);
  });
  const hover = (step: string | undefined) => {
    if (step === hovered) return;
    hovered = step;
    picture.mark({ selected, hovered, found });
    const node = nodeOf(step);
    const input = node && { node, view: view!, viewport: stage.viewport, texts, now: clock.now() };
    hoverCard.show(menu.isOpen ? undefined : input);
  };
  stage.element.addEventListener('pointerover', (event) => hover(stepAt(event)));
  stage.element.addEventListener('pointerleave', () => hover(undefined));
  stage.element.addEventListener('pointerdown', () => hoverCard.show(undefined));

  const moveSelection = (arrow: Arrow) => {
    const nodes = view!.nodes;
    const from = nodes.findIndex((node) => node.name === selected);
    const to = stepTowards(nodes, from < 0 ? undefined : from, arrow, direction);
    if (to !== undefined) select(nodes[to]!.name, { tell: true });
  };
  const escape = () => {
    if (search.isOpen) search.close();
    else if (!legend.hidden) toggleLegend();
    else select(undefined, { tell: true });
  };
  stage.element.addEventListener('keydown', (event) => {
    if (!view || event.altKey || (event.ctrlKey && event.key !== '0')) return;
    const arrow = arrows[event.key];
    if (arrow && event.shiftKey) {
      const [dx, dy] = { left: [1, 0], right: [-1, 0], up: [0, 1], down: [0, -1] }[arrow] as [number, number];
      stage.pan(dx * panStep, dy * panStep);
    } else if (arrow) moveSelection(arrow);
    else if (event.key === 'Home' || event.key === 'End') {
      const to = endStep(view.nodes, event.key === 'Home' ? 'first' : 'last');
      if (to !== undefined) select(view.nodes[to]!.name, { tell: true });
    } else if (event.key === 'Enter') {
      if (selected !== undefined) host.post({ type: 'open', step: selected });
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenuAtCard();
    else if (event.key === 'Escape') escape();
    else if (event.key === '+' || event.key === '=') stage.zoom(zoomStep);
    else if (event.key === '-' || event.key === '_') stage.zoom(1 / zoomStep);
    else if (event.key === '0') stage.fit();
    else if (event.key === '/') search.open();
    else if (event.key === '?') toggleLegend();
    else if (event.key === 'l' || event.key === 'L') openLog(selected);
    else if (event.key === 'c' || event.key === 'C') openMetrics(selected);
    else if (event.key === 'r' || event.key === 'R') runFrom(selected);
    else if (event.key === 'm' || event.key === 'M') mapButton.element.click();
    else return;
    event.preventDefault();
  });
  window.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f' && view) {
      event.preventDefault();
      search.open();
    }
  });
  window.addEventListener('focus', () => {
    if (document.activeElement === document.body) stage.element.focus();
  });

  // ---- messages

  return (received) => {
    switch (received.type) {
      case 'graph':
        return showGraph(received);
      case 'empty':
        texts = received.texts;
        return showEmpty(received.message);
      case 'run':
        return setRun(received.run, received.now);
      case 'events':
        return setRun(received.events.reduce<RunState | undefined>(reduce, run), received.now);
      case 'select':
        told = received.step;
        return select(received.step, { tell: false });
      case 'export':
        return exportNow();
      default:
        received satisfies never;
    }
  };
}

function emptyPicture(): SVGSVGElement {
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  setAttributes(picture, { viewBox: '0 0 120 64', width: 120, height: 64, 'aria-hidden': 'true' });
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M4 24h30v16H4ZM86 6h30v16H86ZM86 42h30v16H86ZM34 32c28 0 24-18 50-18M34 32c28 0 24 18 50 18');
  picture.append(path);
  return picture;
}
