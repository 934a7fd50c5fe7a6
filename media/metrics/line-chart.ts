// Curves that grow (uPlot). The chart is made anew only when its series are others; points come by setData, which draws one frame.
// A part that the user zoomed into stays while points come.
import uPlot from 'uplot';
import { type LinePoints, linePoints } from '../../core/views/line-points.ts';
import { type ChartOf, numberText } from '../../core/views/metrics-view.ts';
import { bytesText } from '../../core/views/resource-charts.ts';
import { filled } from '../../core/views/texts.ts';
import { html, setAttributes, setText } from '../dom.ts';
import { type ChartBody, type ChartContext, colorIndex, seriesLabel } from './chart-body.ts';
import { createLegend } from './legend.ts';
import { fontFamily, onThemeChange, seriesColor, themeColor } from './palette.ts';

const height = 190;
/** Between two marks of an axis of bytes: 1 KB to 32 TB. */
const powersOfTwo = Array.from({ length: 36 }, (_, power) => 2 ** (power + 10));
const steps = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, power) => [1, 2, 5].map((step) => Number(`${step}e${power + from}`))).flat();
const wholeSteps = steps(0, 16);
const anySteps = steps(-16, 16);
/** Curves of one run, or of one series of several runs, that share a colour. */
const dashes: readonly number[][] = [[], [6, 4], [2, 3], [8, 3, 2, 3]];

export function createLineChart(): ChartBody<'lines'> {
  const canvas = html('div', { class: 'plot', role: 'group', tabindex: 0 });
  const legend = createLegend();
  const said = html('div', { class: 'unseen', role: 'status' });
  const title = html('div', { class: 'x-title' });
  const element = html('div', { class: 'lines' }, canvas, title, legend.element, said);
  let chart: ChartOf<'lines'>;
  let context: ChartContext;
  let points: LinePoints;
  let plot: uPlot | undefined;
  let made = '';
  let zoomed = false;

  const valueText = (value: number | null | undefined) => {
    if (value === null || value === undefined) return '–';
    if (chart.unit === 'bytes') return bytesText(value);
    return chart.unit === 'percent' ? `${numberText(Math.round(value * 10) / 10)} %` : numberText(value);
  };
  const xText = (value: number) => chart.labels?.[value] ?? numberText(value);
  const colorOf = (index: number) => colorIndex(chart.series[index]!.run, index, context.runs.length);
  const dashOf = (index: number) => {
    const same = chart.series.slice(0, index).filter((_, before) => colorOf(before) === colorOf(index));
    return same.length % dashes.length;
  };

  /** The value at the cursor, or the newest of each curve. */
  const showLegend = () => {
    const at = plot?.cursor.idx ?? undefined;
    legend.show(
      chart.series.map((series, index) => ({
        color: colorOf(index),
        dashed: dashOf(index) > 0,
        label: seriesLabel(series.run, series.title, context.runs),
        value: valueText(at === undefined ? series.y.findLast((y) => y !== null) : points.ys[index]?.[at]),
      })),
    );
    const xTitle = chart.xTitle;
    setText(title, at === undefined ? xTitle : `${xTitle} ${xText(points.x[at]!)}`.trim());
  };

  const make = () => {
    const before = plot?.cursor.idx;
    plot?.destroy();
    zoomed = false;
    const axis = (): uPlot.Axis => ({
      stroke: () => themeColor('--quiet'),
      grid: { stroke: () => themeColor('--grid'), width: 1 },
      ticks: { show: false },
      font: `11px ${fontFamily()}`,
    });
    plot = new uPlot(
      {
        width: widthOf(canvas),
        height,
        legend: { show: false },
        padding: [8, 8, 0, 0],
        // What a machine gives begins at nothing.
        scales: { x: { time: false }, y: chart.unit === 'number' ? {} : { range: (_, __, most) => [0, (most || 1) * 1.1] } },
        cursor: { y: false, points: { size: 7 }, drag: { x: true, y: false } },
        axes: [
          {
            ...axis(),
            size: 24,
            gap: 4,
            space: 56,
            // There is nothing between two epochs, or two words.
            incrs: () => (points.x.every(Number.isInteger) ? wholeSteps : anySteps),
            values: (_, splits) => splits.map(xText),
          },
          {
            ...axis(),
            size: chart.unit === 'bytes' ? 62 : 54,
            gap: 6,
            space: 36,
            values: (_, splits) => splits.map(valueText),
            ...(chart.unit === 'bytes' && { incrs: powersOfTwo }),
          },
        ],
        series: [
          {},
          ...chart.series.map((_, index): uPlot.Series => {
            const dash = dashes[dashOf(index)]!;
            return {
              stroke: () => seriesColor(colorOf(index)),
              width: 1.6,
              ...(dash.length > 0 && { dash }),
              points: { size: 5 },
            };
          }),
        ],
        hooks: {
          setCursor: [showLegend],
          setSelect: [(u) => (zoomed = u.select.width > 0)],
        },
      },
      toData(points),
      canvas,
    );
    plot.over.addEventListener('dblclick', () => (zoomed = false));
    if (before !== undefined && before !== null) moveTo(before);
  };

  const moveTo = (index: number) => {
    if (!plot || points.x.length === 0) return;
    const at = Math.min(Math.max(index, 0), points.x.length - 1);
    plot.setCursor({ left: plot.valToPos(points.x[at]!, 'x'), top: 0 });
    const values = chart.series.map((series, row) => {
      const name = seriesLabel(series.run, series.title, context.runs);
      return `${name} ${valueText(points.ys[row]![at])}`.trim();
    });
    setText(said, `${chart.xTitle} ${xText(points.x[at]!)}: ${values.join(', ')}`.trim());
  };
  const whole = () => {
    if (!plot) return;
    zoomed = false;
    plot.setCursor({ left: -10, top: -10 });
    plot.setData(toData(points));
    setText(said, '');
  };
  canvas.addEventListener('keydown', (event) => {
    const last = points.x.length - 1;
    const at = plot?.cursor.idx ?? undefined;
    const to = {
      ArrowRight: at === undefined ? 0 : at + 1,
      ArrowLeft: at === undefined ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === 'Escape') whole();
    else if (to !== undefined) moveTo(to);
    else return;
    event.preventDefault();
  });
  canvas.addEventListener('blur', () => plot?.setCursor({ left: -10, top: -10 }));

  const observer = new ResizeObserver(() => {
    if (plot && widthOf(canvas) !== plot.width) plot.setSize({ width: widthOf(canvas), height });
  });
  observer.observe(canvas);
  const endTheme = onThemeChange(() => plot?.redraw(false, true));

  return {
    element,
    update(next, nextContext) {
      chart = next;
      context = nextContext;
      points = linePoints(chart.series);
      setAttributes(canvas, {
        'aria-label': filled(context.texts['metrics.lines'] ?? '{0}', chart.title),
        title: context.texts['metrics.keys'],
      });
      const kind = JSON.stringify([
        chart.unit,
        chart.labels !== undefined,
        chart.series.map((_, at) => [colorOf(at), dashOf(at)]),
      ]);
      if (kind !== made || !plot) {
        made = kind;
        make();
      } else if (zoomed) {
        const { min, max } = plot.scales['x']!;
        plot.batch((u: uPlot) => {
          u.setData(toData(points), false);
          u.setScale('x', { min: min!, max: max! });
        });
      } else plot.setData(toData(points));
      showLegend();
    },
    dispose() {
      observer.disconnect();
      endTheme();
      plot?.destroy();
    },
  };
}

function toData({ x, ys }: LinePoints): uPlot.AlignedData {
  return [x, ...ys] as unknown as uPlot.AlignedData;
}

function widthOf(element: HTMLElement): number {
  return Math.max(element.clientWidth, 120);
}
