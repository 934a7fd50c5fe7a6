// A table of text: the one-row tables of metrics files, and what any chart says for those who do not see it.
import type { ChartTable } from '../../core/views/chart-table.ts';
import { html, setText } from '../dom.ts';

/** Fills `element`, keeping cells that are there. The first column heads its row where `rowHeads`. */
export function fillTable(element: HTMLTableElement, { head, rows }: ChartTable, rowHeads: boolean): void {
  const all = [head, ...rows];
  while (element.rows.length > all.length) element.deleteRow(-1);
  for (const [at, cells] of all.entries()) {
    const row = element.rows[at] ?? element.appendChild(html('tr'));
    while (row.cells.length > cells.length) row.deleteCell(-1);
    for (const [column, text] of cells.entries()) {
      let cell = row.cells[column];
      if (!cell) {
        const scope = at === 0 ? 'col' : rowHeads && column === 0 ? 'row' : undefined;
        cell = row.appendChild(scope ? html('th', { scope }) : html('td'));
      }
      setText(cell, text);
    }
  }
}
