// Bars over named places, those of several series or runs beside each other. Plain elements whose heights are set.
import { filled } from '../../core/views/texts.ts';
import { numberText, type ChartOf } from '../../core/views/metrics-view.ts';
import { html, setAttributes, setText } from '../dom.ts';
import { type ChartBody, type ChartContext, colorIndex, seriesLabel } from './chart-body.ts';
import { createLegend } from './legend.ts';
import { seriesClass } from './palette.ts';

/** Room that a name below needs, pixels. */
const labelWidth = 44;

export function createBarChart(): ChartBody<'bars'> {
  const grid = html('div', { class: 'bar-grid', 'aria-hidden': 'true' });
  const groups = html('div', { class: 'bar-groups' });
  const plot = html('div', { class: 'bar-plot', role: 'img', tabindex: 0 }, grid, groups);
  const title = html('div', { class: 'x-title' });
  const legend = createLegend();
  const element = html('div', { class: 'bars' }, plot, title, legend.element);
  let shown: ChartOf<'bars'> | undefined;

  const showLabels = () => {
    if (!shown) return;
    const every = Math.max(1, Math.ceil((shown.labels.length * labelWidth) / Math.max(groups.clientWidth, 1)));
    for (const [index, label] of shown.labels.entries()) {
      setText(groups.children[index]!.lastElementChild!, index % every === 0 ? label : '');
    }
  };
  const observer = new ResizeObserver(showLabels);
  observer.observe(groups);

  return {
    element,
    update(chart, context) {
      shown = chart;
      const values = chart.series.flatMap((series) => series.values.map((value) => value ?? 0));
      const top = niceEnd(values.reduce((most, value) => Math.max(most, value), 0));
      const bottom = -niceEnd(-values.reduce((least, value) => Math.min(least, value), 0));
      const span = top - bottom || 1;
      setAttributes(plot, { 'aria-label': describe(chart, context) });
      showGrid(grid, bottom, top);
      while (groups.childElementCount > chart.labels.length) groups.lastElementChild!.remove();
      while (groups.childElementCount < chart.labels.length) {
        groups.append(
          html('div', { class: 'bar-group' }, html('div', { class: 'bar-set' }), html('span', { class: 'bar-label' })),
        );
      }
      for (const [index, label] of chart.labels.entries()) {
        const group = groups.children[index]!;
        const set = group.firstElementChild!;
        while (set.childElementCount > chart.series.length) set.lastElementChild!.remove();
        while (set.childElementCount < chart.series.length) set.append(html('div'));
        for (const [at, series] of chart.series.entries()) {
          const value = series.values[index] ?? 0;
          const bar = set.children[at] as HTMLElement;
          setAttributes(bar, { class: `bar ${seriesClass(colorIndex(series.run, at, context.runs.length))}` });
          bar.style.height = `${(100 * Math.abs(value)) / span}%`;
          bar.style.bottom = `${(100 * (Math.min(value, 0) - bottom)) / span}%`;
          bar.style.left = `${(100 * at) / chart.series.length}%`;
          bar.style.width = `${100 / chart.series.length}%`;
        }
        const said = chart.series.map((series) => {
          const name = seriesLabel(series.run, series.title, context.runs);
          return `${name ? `${name} ` : ''}${series.values[index] ?? '–'}`;
        });
        setAttributes(group, { title: `${label}: ${said.join(', ')}` });
      }
      showLabels();
      setText(title, chart.xTitle);
      legend.show(
        chart.series.map((series, index) => ({
          color: colorIndex(series.run, index, context.runs.length),
          label: seriesLabel(series.run, series.title, context.runs),
          value: '',
        })),
      );
    },
    dispose: () => observer.disconnect(),
  };
}

function describe(chart: ChartOf<'bars'>, { texts }: ChartContext): string {
  return filled(texts['metrics.bars'] ?? '{0}', chart.title);
}

function showGrid(grid: HTMLElement, bottom: number, top: number): void {
  const span = top - bottom || 1;
  const lines = bottom < 0 && top > 0 ? [bottom, 0, top] : [bottom, (bottom + top) / 2, top];
  while (grid.childElementCount < lines.length) grid.append(html('div', { class: 'bar-line' }, html('span')));
  for (const [index, value] of lines.entries()) {
    const line = grid.children[index] as HTMLElement;
    line.style.bottom = `${(100 * (value - bottom)) / span}%`;
    setText(line.firstElementChild!, numberText(value));
  }
}

/** The next of 1, 2, 2.5, 5, 10 ... from a value on, so that the scale does not move with each bar. */
function niceEnd(value: number): number {
  if (!(value > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((end) => end >= value * (1 - 1e-9))!;
}
