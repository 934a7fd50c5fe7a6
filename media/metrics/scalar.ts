// A number in large type; of several runs one below the other, with how far each is from the first.
import { numberText } from '../../core/views/metrics-view.ts';
import { html, setAttributes, setText } from '../dom.ts';
import type { ChartBody } from './chart-body.ts';
import { seriesClass } from './palette.ts';

export function createScalar(): ChartBody<'scalar'> {
  const element = html('div', { class: 'scalar' });
  return {
    element,
    update(chart, { runs }) {
      const several = runs.length > 1;
      setAttributes(element, { class: several ? 'scalar several' : 'scalar' });
      while (element.childElementCount > chart.values.length) element.lastElementChild!.remove();
      while (element.childElementCount < chart.values.length) {
        const name = html('span', { class: 'scalar-run' });
        element.append(html('div', {}, name, html('span', { class: 'scalar-value' }), html('span', { class: 'scalar-change' })));
      }
      const first = chart.values.find(({ run }) => run === 0)?.value;
      for (const [index, { run, value }] of chart.values.entries()) {
        const row = element.children[index]!;
        setAttributes(row, { class: several ? `scalar-row ${seriesClass(run)}` : 'scalar-row', title: String(value) });
        setText(row.children[0]!, several ? (runs[run]?.name ?? '') : '');
        setText(row.children[1]!, numberText(value));
        const change = several && run > 0 && first !== undefined ? value - first : undefined;
        setText(row.children[2]!, change === undefined ? '' : changeText(change));
      }
    },
    dispose() {},
  };
}

function changeText(change: number): string {
  if (change === 0) return '±0';
  return `${change > 0 ? '+' : '−'}${numberText(Math.abs(change))}`;
}
