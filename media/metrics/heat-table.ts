// A confusion matrix: a table whose cells are the darker the more they hold; those of several runs stand beside each other.
import { numberText } from '../../core/views/metrics-view.ts';
import { html, setAttributes, setText } from '../dom.ts';
import type { ChartBody } from './chart-body.ts';
import { seriesClass } from './palette.ts';

export function createHeatTable(): ChartBody<'matrix'> {
  const element = html('div', { class: 'matrices' });
  return {
    element,
    update(chart, { runs }) {
      while (element.childElementCount > chart.parts.length) element.lastElementChild!.remove();
      while (element.childElementCount < chart.parts.length) {
        const table = html('table', { class: 'heat' }, html('caption'), html('thead'), html('tbody'));
        element.append(html('div', { class: 'scroll' }, table));
      }
      for (const [index, part] of chart.parts.entries()) {
        const table = element.children[index]!.firstElementChild as HTMLTableElement;
        const several = runs.length > 1;
        setText(table.caption!, several ? (runs[part.run]?.name ?? '') : '');
        setAttributes(table.caption!, { class: several ? seriesClass(part.run) : undefined, hidden: !several });
        const corner = [part.rowsTitle, part.columnsTitle].filter(Boolean).join(' ╲ ');
        fillRow(rowAt(table.tHead!, 0), [corner, ...part.columns], () => html('th', { scope: 'col' }));
        trim(table.tHead!, 1);
        const body = table.tBodies[0]!;
        trim(body, part.rows.length);
        for (const [at, label] of part.rows.entries()) {
          const cells = part.cells[at] ?? [];
          const row = rowAt(body, at);
          fillRow(
            row,
            [label, ...part.columns.map((_, column) => (cells[column] == null ? '' : numberText(cells[column])))],
            (column) => (column === 0 ? html('th', { scope: 'row' }) : html('td')),
          );
          for (const column of part.columns.keys()) {
            const heat = part.most > 0 ? Math.abs(cells[column] ?? 0) / part.most : 0;
            const cell = row.cells[column + 1]!;
            cell.style.setProperty('--heat', `${Math.round(heat * 65)}%`);
            setAttributes(cell, { title: `${label} ╲ ${part.columns[column]}: ${cells[column] ?? ''}` });
          }
        }
      }
    },
    dispose() {},
  };
}

function rowAt(section: HTMLTableSectionElement, at: number): HTMLTableRowElement {
  return section.rows[at] ?? section.appendChild(html('tr'));
}

function trim(section: HTMLTableSectionElement, count: number): void {
  while (section.rows.length > count) section.deleteRow(-1);
}

function fillRow(row: HTMLTableRowElement, texts: readonly string[], make: (column: number) => HTMLTableCellElement): void {
  while (row.cells.length > texts.length) row.deleteCell(-1);
  for (const [column, text] of texts.entries()) setText(row.cells[column] ?? row.appendChild(make(column)), text);
}
