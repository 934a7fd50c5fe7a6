// The small bar of actions over the selected card.
import type { Rect, Viewport } from '../../core/views/viewport.ts';
import { type Button, createButton } from '../button.ts';
import { html } from '../dom.ts';

type Texts = Readonly<Record<string, string>>;

export interface SelectionActions {
  open(): void;
  openLog(): void;
  runFrom(): void;
}

export interface SelectionState {
  readonly hasLog: boolean;
  readonly canRun: boolean;
  /** Findings stand on the card's upper edge. */
  readonly hasFindings: boolean;
}

export interface SelectionBar {
  readonly element: HTMLElement;
  name(texts: Texts): void;
  /** Over `card`, or nowhere. `hasLog`: the step has run; `canRun`: no run goes on. */
  show(card: Rect | undefined, viewport: Viewport, state: SelectionState): void;
}

const leastZoom = 0.45;

export function createSelectionBar(actions: SelectionActions): SelectionBar {
  const [open, log, run]: [Button, Button, Button] = [
    createButton('open', actions.open),
    createButton('log', actions.openLog),
    createButton('runFrom', actions.runFrom),
  ];
  const element = html('div', { class: 'selection-bar', role: 'toolbar', hidden: true }, open.element, log.element, run.element);
  // A press keeps the focus in the graph, so that the keys go on working.
  element.addEventListener('pointerdown', (event) => event.preventDefault());
  element.addEventListener('mousedown', (event) => event.preventDefault());
  for (const button of [open, log, run]) button.element.tabIndex = -1;
  return {
    element,
    name(texts) {
      open.name(texts['action.open'] ?? '', 'Enter');
      log.name(texts['action.openLog'] ?? '', 'L');
      run.name(texts['action.runFrom'] ?? '', 'R');
    },
    show(card, viewport, { hasLog, canRun, hasFindings }) {
      element.hidden = card === undefined || viewport.zoom < leastZoom;
      if (!card || element.hidden) return;
      log.enable(hasLog);
      run.enable(canRun);
      const right = (card.x + card.width) * viewport.zoom + viewport.x;
      const top = (card.y - (hasFindings ? 8 : 0)) * viewport.zoom + viewport.y;
      element.style.transform = `translate(${Math.round(right)}px, ${Math.round(top)}px) translate(-100%, calc(-100% - 5px))`;
    },
  };
}
