// Cards of charts in their order: one that stays keeps its element, one that is gone lets go of what it held.
import type { Chart } from '../../core/views/metrics-view.ts';
import { html } from '../dom.ts';
import { type CardActions, type ChartCard, createChartCard } from './chart-card.ts';
import type { ChartContext } from './chart-body.ts';

export interface CardGrid {
  readonly element: HTMLElement;
  show(charts: readonly Chart[], context: ChartContext, isTable: (id: string) => boolean): void;
  dispose(): void;
}

export function createCardGrid(actions: CardActions): CardGrid {
  const element = html('div', { class: 'cards' });
  const cards = new Map<string, ChartCard>();
  const remove = (id: string) => {
    const card = cards.get(id);
    card?.dispose();
    card?.element.remove();
    cards.delete(id);
  };
  return {
    element,
    show(charts, context, isTable) {
      const ids = new Set(charts.map(({ id }) => id));
      for (const id of [...cards.keys()]) if (!ids.has(id)) remove(id);
      for (const [index, chart] of charts.entries()) {
        let card = cards.get(chart.id);
        if (!card) {
          card = createChartCard(chart.shape, actions);
          cards.set(chart.id, card);
        }
        const there = element.children[index] ?? null;
        // In the document first: a chart measures its room.
        if (there !== card.element) element.insertBefore(card.element, there);
        card.update(chart, context, isTable(chart.id));
      }
    },
    dispose() {
      for (const id of [...cards.keys()]) remove(id);
    },
  };
}
