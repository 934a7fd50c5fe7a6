// The drawing of a graph: cards and edges that keep their elements from one version to the next, and move to their new places.
// P1. A large graph has elements only for what is on the screen or near it.
// P2. What is selected always has its element: assistive technology is pointed to it.
import { type CardLook, cardLook } from '../../core/views/card-look.ts';
import type { EdgeView, GraphView } from '../../core/views/graph-view.ts';
import { overlaps, type Rect } from '../../core/views/viewport.ts';
import { svg } from '../dom.ts';
import { type Card, createCard } from './card.ts';
import { arrowHeads, createEdge, type Edge } from './edge.ts';
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
  lookOf(index: number): CardLook | undefined;
  /** The element's id of a step, for `aria-activedescendant`. */
  idOf(name: string): string | undefined;
}

interface DrawnCard {
  readonly card: Card;
  index: number;
  look: CardLook;
  at: readonly [number, number];
  attached: boolean;
}
interface DrawnEdge {
  readonly edge: Edge;
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
  const edgeLayer = svg('g', { class: 'edges', 'aria-hidden': 'true' });
  const labelLayer = svg('g', { 'aria-hidden': 'true' });
  const cardLayer = svg('g', { class: 'cards', role: 'presentation' });
  const element = svg('svg', { class: 'picture', role: 'presentation' }, arrowHeads(), edgeLayer, labelLayer, cardLayer);
  const cards = new Map<string, DrawnCard>();
  const edges = new Map<string, DrawnEdge>();
  let view: GraphView = { width: 0, height: 0, nodes: [], edges: [], run: undefined };
  let texts: Texts = {};
  let marks: PictureMarks = { selected: undefined, hovered: undefined, found: undefined };
  let window: Rect | undefined;
  let near = true;
  let ids = 0;
  let halt = () => {};

  const nameOf = (index: number) => view.nodes[index]!.name;

  const drawCards = (now: number, moving: boolean): [DrawnCard, readonly [number, number]][] => {
    const moves: [DrawnCard, readonly [number, number]][] = [];
    const gone = new Set(cards.keys());
    for (const [index, node] of view.nodes.entries()) {
      gone.delete(node.name);
      const look = cardLook(node, texts, now);
      let drawn = cards.get(node.name);
      if (!drawn) {
        drawn = { card: createCard(`step-${++ids}`), index, look, at: [node.x, node.y], attached: false };
        drawn.card.place(node.x, node.y);
        if (moving) drawn.card.element.classList.add('new');
        cards.set(node.name, drawn);
      } else if (drawn.at[0] !== node.x || drawn.at[1] !== node.y) {
        moves.push([drawn, [node.x, node.y]]);
      }
      drawn.index = index;
      drawn.look = look;
      drawn.card.show(node, look, view.nodes.length, index);
    }
    for (const name of gone) {
      cards.get(name)!.card.element.remove();
      cards.delete(name);
    }
    return moves;
  };

  const drawEdges = (): [DrawnEdge, Points][] => {
    const moves: [DrawnEdge, Points][] = [];
    const gone = new Set(edges.keys());
    for (const edgeView of view.edges) {
      const key = JSON.stringify([nameOf(edgeView.from), nameOf(edgeView.to)]);
      gone.delete(key);
      const box = boxOf(edgeView.points);
      let drawn = edges.get(key);
      if (!drawn) {
        drawn = { edge: createEdge(), view: edgeView, points: edgeView.points, box, attached: false };
        edges.set(key, drawn);
        drawn.edge.show(edgeView, edgeView.branch && texts[`branch.${edgeView.branch}`]);
        drawn.edge.bend(edgeView.points);
        continue;
      }
      drawn.view = edgeView;
      drawn.box = box;
      drawn.edge.show(edgeView, edgeView.branch && texts[`branch.${edgeView.branch}`]);
      if (!samePoints(drawn.points, edgeView.points)) moves.push([drawn, edgeView.points]);
      else drawn.edge.bend(edgeView.points);
    }
    for (const key of gone) {
      edges.get(key)!.edge.element.remove();
      edges.get(key)!.edge.label.remove();
      edges.delete(key);
    }
    return moves;
  };

  /** Gives elements to what is in view, takes them from what is not. */
  const attach = () => {
    const all = view.nodes.length <= mostAttached || !window;
    const seen = window;
    const newCards = document.createDocumentFragment();
    for (const [name, drawn] of cards) {
      const wanted = all || name === marks.selected || overlaps(view.nodes[drawn.index]!, seen!);
      if (wanted && near) drawn.card.detail();
      if (wanted === drawn.attached) continue;
      if (wanted) newCards.append(drawn.card.element);
      else drawn.card.element.remove();
      drawn.attached = wanted;
    }
    const newEdges = document.createDocumentFragment();
    const newLabels = document.createDocumentFragment();
    for (const drawn of edges.values()) {
      const wanted = all || overlaps(drawn.box, seen!);
      const { element: line, label } = drawn.edge;
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
    const { selected, hovered, found } = marks;
    for (const [name, { card }] of cards) {
      const isFound = found?.has(name) ?? false;
      card.mark({ selected: name === selected, found: isFound, dimmed: found !== undefined && !isFound });
    }
    for (const { edge, view: drawn } of edges.values()) {
      const ends = [nameOf(drawn.from), nameOf(drawn.to)];
      const touches = ends.some((name) => name === selected || name === hovered);
      edge.mark({ near: touches, dimmed: found !== undefined && !touches });
    }
  };

  return {
    element,
    draw(next, nextTexts, now, moving) {
      halt();
      [view, texts] = [next, nextTexts];
      element.setAttribute('width', String(view.width));
      element.setAttribute('height', String(view.height));
      const cardMoves = drawCards(now, moving);
      const edgeMoves = drawEdges();
      markAll();
      attach();
      const still = !moving || cardMoves.length > mostMoving;
      const cardsFrom = cardMoves.map(([drawn]) => drawn.at);
      const edgesFrom = edgeMoves.map(([drawn]) => drawn.points);
      const step = (t: number) => {
        for (const [index, [drawn, to]] of cardMoves.entries()) {
          const from = cardsFrom[index]!;
          drawn.at = t === 1 ? to : [between(from[0], to[0], t), between(from[1], to[1], t)];
          drawn.card.place(...drawn.at);
        }
        for (const [index, [drawn, to]] of edgeMoves.entries()) {
          const from = edgesFrom[index]!;
          drawn.points = t === 1 || from.length !== to.length ? to : to.map((point, at) => mixed(from[at]!, point, t));
          drawn.edge.bend(drawn.points);
        }
      };
      halt = () => {};
      if (still) step(1);
      else if (cardMoves.length + edgeMoves.length > 0) halt = move(step);
    },
    tick(now) {
      for (const drawn of cards.values()) {
        const node = view.nodes[drawn.index]!;
        if (node.state?.tone !== 'active') continue;
        drawn.look = cardLook(node, texts, now);
        drawn.card.show(node, drawn.look, view.nodes.length, drawn.index);
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
    lookOf: (index) => cards.get(view.nodes[index]?.name ?? '')?.look,
    idOf: (name) => cards.get(name)?.card.element.id,
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
