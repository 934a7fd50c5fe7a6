// weft runs metrics and compare: what steps of a run wrote to their metrics files, and runs beside each other.
import type { RunState } from '../core/run/reduce.ts';
import { chartTable } from '../core/views/chart-table.ts';
import { compareRuns, type ComparedRow } from '../core/views/compare-runs.ts';
import { type Chart, metricsView, numberText } from '../core/views/metrics-view.ts';
import { table } from './table.ts';

/** Longer tables are cut in the middle: `--json` has all. */
const mostRows = 12;

export function metricsJson(run: RunState): object {
  return run.steps.flatMap(({ name, metrics }) => metrics.map((metric) => ({ step: name, ...metric })));
}

/** Numbers in one table, then each other chart as a table of its own. */
export function metricsText(run: RunState): string {
  const charts = metricsView([run]).steps.flatMap((step) => step.charts);
  if (charts.length === 0) return `${run.workflowName} ${run.name} has no metrics.\n`;
  const numbers = charts.flatMap((chart) =>
    chart.shape === 'scalar' ? [[`${chart.step}.${chart.key}`, numberText(chart.values[0]!.value)]] : [],
  );
  const parts = numbers.length > 0 ? [table(numbers)] : [];
  for (const chart of charts) if (chart.shape !== 'scalar') parts.push(chartText(chart));
  return parts.join('\n');
}

/** With two runs a last column says how far the second is from the first. */
export function comparisonText(runs: readonly RunState[], now: number): string {
  const two = runs.length === 2;
  return table([
    ['', ...runs.map(({ name }) => name), ...(two ? ['difference'] : [])],
    ...compareRuns(runs, now).map((row) => [
      row.name,
      ...row.texts.map((text) => text ?? '-'),
      ...(two ? [differenceText(row)] : []),
    ]),
  ]);
}

function differenceText({ values }: ComparedRow): string {
  const [first, second] = values ?? [];
  if (first === undefined || second === undefined) return '';
  const difference = second - first;
  return `${difference > 0 ? '+' : ''}${numberText(difference)}`;
}

function chartText(chart: Chart): string {
  const title = `${chart.step}.${chart.key} (${chart.title})\n`;
  if (chart.shape === 'other') return `${title}${chart.parts.map(({ text }) => `${text}\n`).join('')}`;
  const { head, rows } = chartTable(chart, []);
  if (rows.length <= mostRows) return title + table([head, ...rows]);
  const half = mostRows / 2;
  return title + table([head, ...rows.slice(0, half), head.map((_, column) => (column === 0 ? '…' : '')), ...rows.slice(-half)]);
}
