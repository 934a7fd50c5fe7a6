// The runs that are shown, each with its colour while there are several; more may be laid over the first, or taken away.
import type { WebviewTexts } from '../../core/protocol/webview.ts';
import type { ShownRun } from '../../core/views/metrics-view.ts';
import { filled } from '../../core/views/texts.ts';
import { createButton } from '../button.ts';
import { html, setAttributes } from '../dom.ts';
import { actionIcon, statusIcon } from '../icons.ts';
import { seriesClass } from './palette.ts';

export interface RunBar {
  readonly element: HTMLElement;
  show(runs: readonly ShownRun[], texts: WebviewTexts): void;
}

export function createRunBar(actions: { compare(): void; drop(run: string): void }): RunBar {
  const list = html('ul', { class: 'runs' });
  const compare = createButton('compare', actions.compare, { word: true });
  const element = html('header', { class: 'run-bar' }, list, compare.element);
  let drawn = '';
  list.addEventListener('click', (event) => {
    const run = (event.target as Element).closest('button')?.getAttribute('data-run');
    if (run) actions.drop(run);
  });
  return {
    element,
    show(runs, texts) {
      compare.name(texts['metrics.compare'] ?? '');
      setAttributes(list, { 'aria-label': texts['metrics.runs'] });
      // A status changes a few times in a run.
      const next = JSON.stringify([runs, texts['metrics.drop']]);
      if (next === drawn) return;
      drawn = next;
      list.replaceChildren(...runs.map((run, index) => runItem(run, index, runs.length > 1, texts)));
    },
  };
}

function runItem(run: ShownRun, index: number, several: boolean, texts: WebviewTexts): HTMLElement {
  const drop = filled(texts['metrics.drop'] ?? '', run.name);
  return html(
    'li',
    { class: `run tone-${run.tone}`, 'data-run': run.id },
    several ? html('span', { class: `swatch ${seriesClass(index)}` }) : undefined,
    statusIcon(run.tone),
    html('span', { class: 'run-name' }, run.name),
    several
      ? html(
          'button',
          { type: 'button', class: 'button', 'data-run': run.id, title: drop, 'aria-label': drop },
          actionIcon('close'),
        )
      : undefined,
  );
}
