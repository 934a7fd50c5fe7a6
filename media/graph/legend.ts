// What the lines, marks and keys of the graph mean.
import { statusText } from '../../core/views/card-look.ts';
import type { EdgeStyle } from '../../core/views/graph-view.ts';
import { type Tone, tones } from '../../core/views/tone.ts';
import { html, svg } from '../dom.ts';
import { statusIcon } from '../icons.ts';

type Texts = Readonly<Record<string, string>>;

const styles: readonly EdgeStyle[] = ['data', 'depends', 'branch'];
/** A status that stands for the tone. */
const example: Readonly<Record<Tone, string>> = {
  idle: 'init',
  queued: 'pending',
  waiting: 'hold',
  active: 'running',
  done: 'completed',
  failed: 'failed',
  stopped: 'stopped',
  skipped: 'skipped',
};

export function fillLegend(element: HTMLElement, texts: Texts): void {
  const edges = styles.map((style) =>
    html(
      'li',
      {},
      svg(
        'svg',
        { width: 44, height: 12, 'aria-hidden': 'true' },
        svg(
          'g',
          { class: `edge style-${style} flow-idle` },
          svg('path', { class: 'line', d: 'M2 6H42', 'marker-end': `url(#head-${style}-idle)` }),
        ),
      ),
      texts[`edge.${style}`] ?? style,
    ),
  );
  const marks = tones.map((tone) => html('li', { class: `tone-${tone}` }, statusIcon(tone), statusText(example[tone], texts)));
  const keys = (texts['legend.keys'] ?? '').split(' · ').map((line) => html('li', {}, line));
  element.replaceChildren(
    html('ul', { class: 'legend-edges' }, ...edges),
    html('ul', { class: 'legend-marks' }, ...marks),
    html('ul', { class: 'legend-keys' }, ...keys),
  );
}
