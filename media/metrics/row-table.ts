// A one-row table; a row for each run.
import { chartTable } from '../../core/views/chart-table.ts';
import { html } from '../dom.ts';
import type { ChartBody } from './chart-body.ts';
import { fillTable } from './plain-table.ts';

export function createRowTable(): ChartBody<'row'> {
  const table = html('table', { class: 'plain' });
  let several: boolean | undefined;
  return {
    element: html('div', { class: 'scroll' }, table),
    update(chart, { runs }) {
      // Row heads come and go with the column of runs.
      if (several !== runs.length > 1) table.replaceChildren();
      several = runs.length > 1;
      fillTable(table, chartTable(chart, runs), several);
    },
    dispose() {},
  };
}
