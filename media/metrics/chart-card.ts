// The frame of a chart: its name, the chart or the table of the same, and a way to take it along as a file.
import { type ChartTable, chartTable, csvOf } from '../../core/views/chart-table.ts';
import type { Chart } from '../../core/views/metrics-view.ts';
import { filled } from '../../core/views/texts.ts';
import { createButton } from '../button.ts';
import { html, setAttributes, setText } from '../dom.ts';
import { createBarChart } from './bar-chart.ts';
import type { ChartBody, ChartContext } from './chart-body.ts';
import { createHeatTable } from './heat-table.ts';
import { createLineChart } from './line-chart.ts';
import { createOther } from './other.ts';
import { fillTable } from './plain-table.ts';
import { createRowTable } from './row-table.ts';
import { createScalar } from './scalar.ts';

export interface CardActions {
  saveCsv(chart: Chart, text: string): void;
  /** The user wants a chart as a table, or not any more. */
  asTable(chart: Chart, on: boolean): void;
}

export interface ChartCard {
  readonly element: HTMLElement;
  update(chart: Chart, context: ChartContext, asTable: boolean): void;
  dispose(): void;
}

/** A table in the panel holds the newest; the file holds all. */
const mostRows = 500;

export function createChartCard(shape: Chart['shape'], actions: CardActions): ChartCard {
  // Each body gets only charts of its shape: a card is made for one shape and its id says which.
  const body = bodyOf(shape) as ChartBody<Chart['shape']>;
  const title = html('h3', { class: 'card-title' });
  const key = html('span', { class: 'card-key' });
  const table = html('table', { class: 'plain' });
  const note = html('p', { class: 'quiet' });
  const tableView = html('div', { class: 'scroll table-view', tabindex: 0, hidden: true }, note, table);
  const hasPicture = shape === 'lines' || shape === 'bars' || shape === 'matrix';
  let shown: { readonly chart: Chart; readonly context: ChartContext } | undefined;
  let tabled = false;
  const toggle = createButton('table', () => shown && actions.asTable(shown.chart, !tabled));
  const save = createButton(
    'save',
    () => shown && actions.saveCsv(shown.chart, csvOf(chartTable(shown.chart, shown.context.runs))),
  );
  toggle.show(hasPicture);
  const tools = html('div', { class: 'card-tools' }, toggle.element, save.element);
  const element = html(
    'article',
    { class: `card card-${shape}` },
    html('header', {}, title, key, tools),
    body.element,
    tableView,
  );

  return {
    element,
    update(chart, context, asTable) {
      const same =
        shown !== undefined &&
        shown.context.texts === context.texts &&
        sameRuns(shown.context, context) &&
        tabled === asTable &&
        shown.chart.sources.length === chart.sources.length &&
        chart.sources.every((source, index) => source === shown!.chart.sources[index]);
      if (same) return;
      shown = { chart, context };
      tabled = asTable;
      setText(title, chart.title);
      // What conditions name; of a measure of the machine it would say nothing.
      setText(key, isSameName(chart) || chart.output === '' ? '' : chart.key);
      setAttributes(title, { title: chart.output === '' ? chart.title : `${chart.title} · ${chart.output}.${chart.key}` });
      setAttributes(element, { 'data-chart': chart.id, 'data-key': chart.key, 'aria-label': chart.title });
      toggle.name(context.texts['metrics.asTable'] ?? '');
      toggle.press(asTable);
      save.name(context.texts['metrics.saveCsv'] ?? '');
      body.element.hidden = asTable;
      tableView.hidden = !asTable;
      if (!asTable) return body.update(chart, context);
      const { text, rows } = lastRows(chartTable(chart, context.runs), context);
      setText(note, text);
      note.hidden = text === '';
      fillTable(table, rows, true);
    },
    dispose: () => body.dispose(),
  };
}

function isSameName({ key, title }: Chart): boolean {
  return key.toLowerCase() === title.toLowerCase();
}

function lastRows(table: ChartTable, { texts }: ChartContext): { readonly text: string; readonly rows: ChartTable } {
  const count = table.rows.length;
  if (count <= mostRows) return { text: '', rows: table };
  return {
    text: filled(texts['metrics.lastRows'] ?? '', mostRows, count),
    rows: { head: table.head, rows: table.rows.slice(-mostRows) },
  };
}

/** Colours and names depend on them, whatever the chart has. */
function sameRuns(before: ChartContext, after: ChartContext): boolean {
  return (
    before.runs.length === after.runs.length &&
    after.runs.every((run, index) => run.id === before.runs[index]!.id && run.name === before.runs[index]!.name)
  );
}

function bodyOf(shape: Chart['shape']) {
  switch (shape) {
    case 'scalar':
      return createScalar();
    case 'lines':
      return createLineChart();
    case 'bars':
      return createBarChart();
    case 'matrix':
      return createHeatTable();
    case 'row':
      return createRowTable();
    case 'other':
      return createOther();
    default:
      return shape satisfies never;
  }
}
