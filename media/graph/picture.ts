// The drawing of a graph: cards and edges that keep their elements from one version to the next, and move to their new places.
// P1. A large graph has elements only for what is on the screen or near it.
// P2. What is selected always has its element: assistive technology is pointed to it.
import { cardLook } from '../../core/views/card-look.ts';
import type { EdgeView, GraphView } from '../../core/views/graph-view.ts';
import { overlaps, type Rect } from '../../core/views/viewport.ts';
import { svg } from '../dom.ts';
import { type Card, createCard } from './card.ts';
import { arrowHeads, createEdge, type Edge } from './edge.ts';
import { createFarLines } from './far-lines.ts';
import { between, move } from './motion.ts';

type Texts = Readonly<Record<string, string>>;
type Points = EdgeView['points'];

export interface PictureMarks {
  readonly selected: string | undefined;
  readonly hovered: string | undefined;
  /** Names of the steps that a search found; undefined while none goes on. */
  readonly found: ReadonlySet<string> | undefined;
}

export interface Picture {
  readonly element: SVGSVGElement;
  /** `moving`: from where things are to their new places. */
  draw(view: GraphView, texts: Texts, now: number, moving: boolean): void;
  /** Words only: time went by. */
  tick(now: number): void;
  mark(marks: PictureMarks): void;
  /** What is on the screen, in coordinates of the picture, and whether texts can be read there. */
  see(window: Rect, near: boolean): void;
  /** The element's id of a step, for `aria-activedescendant`. */
  idOf(name: string): string | undefined;
}

interface DrawnCard {
  /** Undefined until the card is first in view. */
  card: Card | undefined;
  index: number;
  at: readonly [number, number];
  attached: boolean;
}
interface DrawnEdge {
  edge: Edge | undefined;
  view: EdgeView;
  points: Points;
  box: Rect;
  attached: boolean;
}

/** More steps than this have elements only in view. */
const mostAttached = 150;
/** More than this do not move, they jump. */
const mostMoving = 300;

export function createPicture(): Picture {
  const far = createFarLines();
  const edgeLayer = svg('g', { class: 'edges', 'aria-hidden': 'true' });
  const labelLayer = svg('g', { 'aria-hidden': 'true' });
  const cardLayer = svg('g', { class: 'cards', role: 'presentation' });
  const layers = [arrowHeads(), far.element, edgeLayer, labelLayer, cardLayer];
  const element = svg('svg', { class: 'picture', role: 'presentation' }, ...layers);
  const cards = new Map<string, DrawnCard>();
  const edges = new Map<string, DrawnEdge>();
  let view: GraphView = { width: 0, height: 0, nodes: [], edges: [], run: undefined };
  let texts: Texts = {};
  let now = 0;
  let marks: PictureMarks = { selected: undefined, hovered: undefined, found: undefined };
  let window: Rect | undefined;
  let near = true;
  let moving = false;
  let ids = 0;
  let halt = () => {};

  const nameOf = (index: number) => view.nodes[index]!.name;

  const showCard = (card: Card, index: number) => {
    const node = view.nodes[index]!;
    card.show(node, cardLook(node, texts, now), view.nodes.length, index);
  };
  const markCard = (card: Card, name: string) => {
    const { selected, found } = marks;
    const isFound = found?.has(name) ?? false;
    card.mark({ selected: name === selected, found: isFound, dimmed: found !== undefined && !isFound });
  };
  const cardOf = (drawn: DrawnCard): Card => {
    if (drawn.card) return drawn.card;
    const card = createCard(`step-${++ids}`);
    drawn.card = card;
    card.place(...drawn.at);
    if (moving) card.element.classList.add('new');
    showCard(card, drawn.index);
    markCard(card, nameOf(drawn.index));
    return card;
  };

  const showEdge = (edge: Edge, edgeView: EdgeView) => edge.show(edgeView, edgeView.branch && texts[`branch.${edgeView.branch}`]);
  const touches = ({ from, to }: EdgeView): boolean =>
    [nameOf(from), nameOf(to)].some((name) => name === marks.selected || name === marks.hovered);
  const markEdge = (edge: Edge, edgeView: EdgeView) => {
    const isNear = touches(edgeView);
    edge.mark({ near: isNear, dimmed: marks.found !== undefined && !isNear });
  };
  const edgeOf = (drawn: DrawnEdge): Edge => {
    if (drawn.edge) return drawn.edge;
    const edge = createEdge();
    drawn.edge = edge;
    showEdge(edge, drawn.view);
    edge.bend(drawn.points);
    markEdge(edge, drawn.view);
    return edge;
  };

  const drawCards = (): [DrawnCard, readonly [number, number]][] => {
    const moves: [DrawnCard, readonly [number, number]][] = [];
    const gone = new Set(cards.keys());
    for (const [index, node] of view.nodes.entries()) {
      gone.delete(node.name);
      const drawn = cards.get(node.name);
      if (!drawn) {
        cards.set(node.name, { card: undefined, index, at: [node.x, node.y], attached: false });
        continue;
      }
      drawn.index = index;
      if (!drawn.card) drawn.at = [node.x, node.y];
      else {
        if (drawn.at[0] !== node.x || drawn.at[1] !== node.y) moves.push([drawn, [node.x, node.y]]);
        showCard(drawn.card, index);
      }
    }
    for (const name of gone) {
      cards.get(name)!.card?.element.remove();
      cards.delete(name);
    }
    return moves;
  };

  const drawEdges = (): [DrawnEdge, Points][] => {
    const moves: [DrawnEdge, Points][] = [];
    const gone = new Set(edges.keys());
    for (const edgeView of view.edges) {
      const { points } = edgeView;
      const key = JSON.stringify([nameOf(edgeView.from), nameOf(edgeView.to)]);
      gone.delete(key);
      const drawn = edges.get(key);
      if (!drawn) {
        edges.set(key, { edge: undefined, view: edgeView, points, box: boxOf(points), attached: false });
        continue;
      }
      drawn.view = edgeView;
      drawn.box = boxOf(points);
      if (!drawn.edge) drawn.points = points;
      else {
        showEdge(drawn.edge, edgeView);
        if (samePoints(drawn.points, points)) drawn.edge.bend(points);
        else moves.push([drawn, points]);
      }
    }
    for (const key of gone) {
      const edge = edges.get(key)!.edge;
      edge?.element.remove();
      edge?.label.remove();
      edges.delete(key);
    }
    return moves;
  };

  /** Gives elements to what is in view, takes them from what is not. */
  const attach = () => {
    const large = view.nodes.length > mostAttached;
    const isSeen = (rect: Rect) => !large || (window !== undefined && overlaps(window, rect));
    const newCards = document.createDocumentFragment();
    for (const [name, drawn] of cards) {
      const wanted = name === marks.selected || isSeen(view.nodes[drawn.index]!);
      if (wanted && near) cardOf(drawn).detail();
      if (wanted === drawn.attached) continue;
      if (wanted) newCards.append(cardOf(drawn).element);
      else drawn.card?.element.remove();
      drawn.attached = wanted;
    }
    // From far away all lines are a few paths; only those that stand out have elements.
    const together = large && !near;
    far.show(together, marks.found !== undefined);
    const newEdges = document.createDocumentFragment();
    const newLabels = document.createDocumentFragment();
    for (const drawn of edges.values()) {
      const wanted = together ? touches(drawn.view) : isSeen(drawn.box);
      if (!wanted && !drawn.attached) continue;
      const { element: line, label } = edgeOf(drawn);
      const labelled = wanted && label.hasChildNodes();
      if (labelled !== (label.parentNode !== null)) {
        if (labelled) newLabels.append(label);
        else label.remove();
      }
      if (wanted === drawn.attached) continue;
      if (wanted) newEdges.append(line);
      else line.remove();
      drawn.attached = wanted;
    }
    cardLayer.append(newCards);
    edgeLayer.append(newEdges);
    labelLayer.append(newLabels);
  };

  const markAll = () => {
    for (const [name, { card }] of cards) if (card) markCard(card, name);
    for (const { edge, view: edgeView } of edges.values()) if (edge) markEdge(edge, edgeView);
  };

  return {
    element,
    draw(next, nextTexts, time, isMoving) {
      halt();
      halt = () => {};
      [view, texts, now, moving] = [next, nextTexts, time, isMoving];
      element.setAttribute('width', String(view.width));
      element.setAttribute('height', String(view.height));
      far.draw(view);
      const cardMoves = drawCards();
      const edgeMoves = drawEdges();
      markAll();
      attach();
      const cardsFrom = cardMoves.map(([drawn]) => drawn.at);
      const edgesFrom = edgeMoves.map(([drawn]) => drawn.points);
      const step = (t: number) => {
        for (const [index, [drawn, to]] of cardMoves.entries()) {
          const from = cardsFrom[index]!;
          drawn.at = t === 1 ? to : [between(from[0], to[0], t), between(from[1], to[1], t)];
          drawn.card!.place(...drawn.at);
        }
        for (const [index, [drawn, to]] of edgeMoves.entries()) {
          const from = edgesFrom[index]!;
          drawn.points = t === 1 || from.length !== to.length ? to : to.map((point, at) => mixed(from[at]!, point, t));
          drawn.edge!.bend(drawn.points);
        }
      };
      if (!moving || cardMoves.length > mostMoving) step(1);
      else if (cardMoves.length + edgeMoves.length > 0) halt = move(step);
    },
    tick(time) {
      now = time;
      for (const { card, index } of cards.values()) {
        if (card && view.nodes[index]!.state?.tone === 'active') showCard(card, index);
      }
    },
    mark(next) {
      marks = next;
      markAll();
      attach();
    },
    see(nextWindow, nextNear) {
      [window, near] = [nextWindow, nextNear];
      element.classList.toggle('far', !near);
      attach();
    },
    idOf: (name) => cards.get(name)?.card?.element.id,
  };
}

function mixed(from: readonly [number, number], to: readonly [number, number], t: number): readonly [number, number] {
  return [between(from[0], to[0], t), between(from[1], to[1], t)];
}

function samePoints(a: Points, b: Points): boolean {
  return a.length === b.length && a.every((point, at) => point[0] === b[at]![0] && point[1] === b[at]![1]);
}

/** Of all points: the curve lies within. */
function boxOf(points: Points): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}
