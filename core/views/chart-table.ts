// Any chart of the metrics panel as a table of text: what a screen reader reads, the command line prints and a CSV file holds.
import { linePoints } from './line-points.ts';
import type { Chart, ShownRun } from './metrics-view.ts';

export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

type Runs = readonly Pick<ShownRun, 'name'>[];

/** Numbers stand there in full. The name of a run stands in it only where there are several. */
export function chartTable(chart: Chart, runs: Runs): ChartTable {
  const several = runs.length > 1;
  const runName = (run: number) => runs[run]?.name ?? '';
  const seriesName = (run: number, title: string) =>
    [several ? runName(run) : '', title].filter(Boolean).join(' ') || chart.title;
  const withRun = (run: number, cells: readonly string[]) => (several ? [runName(run), ...cells] : cells);
  switch (chart.shape) {
    case 'scalar':
      return {
        head: withRunHead(several, [chart.title]),
        rows: chart.values.map(({ run, value }) => withRun(run, [text(value)])),
      };
    case 'lines': {
      const { x, ys } = linePoints(chart.series);
      return {
        head: [chart.xTitle || 'x', ...chart.series.map(({ run, title }) => seriesName(run, title))],
        rows: x.map((value, index) => [chart.labels?.[value] ?? text(value), ...ys.map((y) => text(y[index]))]),
      };
    }
    case 'bars':
      return {
        head: [chart.xTitle || 'x', ...chart.series.map(({ run, title }) => seriesName(run, title))],
        rows: chart.labels.map((label, index) => [label, ...chart.series.map(({ values }) => text(values[index]))]),
      };
    case 'matrix': {
      const columns = chart.parts.reduce<readonly string[]>(
        (most, part) => (part.columns.length > most.length ? part.columns : most),
        [],
      );
      const corner = [chart.parts[0]?.rowsTitle, chart.parts[0]?.columnsTitle].filter(Boolean).join(' \\ ');
      return {
        head: withRunHead(several, [corner, ...columns]),
        rows: chart.parts.flatMap((part) =>
          part.cells.map((row, index) =>
            withRun(part.run, [part.rows[index]!, ...columns.map((_, column) => text(row[column]))]),
          ),
        ),
      };
    }
    case 'row':
      return { head: withRunHead(several, chart.labels), rows: chart.rows.map(({ run, cells }) => withRun(run, cells)) };
    case 'other':
      return { head: withRunHead(several, [chart.title]), rows: chart.parts.map(({ run, text }) => withRun(run, [text])) };
    default:
      return chart satisfies never;
  }
}

/** RFC 4180. */
export function csvOf({ head, rows }: ChartTable): string {
  return [head, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function withRunHead(several: boolean, cells: readonly string[]): readonly string[] {
  return several ? ['run', ...cells] : cells;
}

function text(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

function csvCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
