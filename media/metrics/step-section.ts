// One step: its numbers first, then its charts, then what its processes use.
import type { Chart, StepCharts } from '../../core/views/metrics-view.ts';
import { createButton } from '../button.ts';
import { html, setAttributes, setText } from '../dom.ts';
import { statusIcon } from '../icons.ts';
import { type CardGrid, createCardGrid } from './card-grid.ts';
import type { CardActions } from './chart-card.ts';
import type { ChartContext } from './chart-body.ts';

export interface StepSection {
  readonly element: HTMLElement;
  show(step: StepCharts, resources: readonly Chart[], context: ChartContext, isTable: (id: string) => boolean): void;
  dispose(): void;
}

export function createStepSection(actions: CardActions & { openLog(step: string): void }): StepSection {
  let name = '';
  let tone = '';
  const mark = html('span', { class: 'mark' });
  const title = html('h2');
  const log = createButton('log', () => actions.openLog(name));
  const scalars = createCardGrid(actions);
  scalars.element.classList.add('scalars');
  const charts = createCardGrid(actions);
  const none = html('p', { class: 'quiet none' });
  const resourcesTitle = html('h3', { class: 'resources-title' });
  const resources = createCardGrid(actions);
  const element = html(
    'section',
    { class: 'step' },
    html('header', { class: 'step-head' }, mark, title, log.element),
    scalars.element,
    charts.element,
    none,
    resourcesTitle,
    resources.element,
  );
  const grids: readonly CardGrid[] = [scalars, charts, resources];
  return {
    element,
    show(step, used, context, isTable) {
      name = step.name;
      if (tone !== step.tone) {
        tone = step.tone;
        mark.replaceChildren(statusIcon(step.tone));
      }
      setAttributes(element, { class: `step tone-${step.tone}`, 'data-step': step.name, 'aria-label': step.title });
      setText(title, step.title);
      log.name(context.texts['metrics.openLog'] ?? '');
      // Before the cards: those measure the room that is left.
      none.hidden = step.charts.length > 0;
      setText(none, context.texts['metrics.noneOfStep'] ?? '');
      resourcesTitle.hidden = used.length === 0;
      setText(resourcesTitle, context.texts['metrics.resources'] ?? '');
      scalars.show(
        step.charts.filter(({ shape }) => shape === 'scalar'),
        context,
        isTable,
      );
      charts.show(
        step.charts.filter(({ shape }) => shape !== 'scalar'),
        context,
        isTable,
      );
      resources.show(used, context, isTable);
      for (const grid of grids) grid.element.hidden = grid.element.childElementCount === 0;
    },
    dispose() {
      for (const grid of grids) grid.dispose();
    },
  };
}
