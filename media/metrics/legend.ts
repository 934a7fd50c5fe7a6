// Names of series with their colours, and the value under the cursor, or the newest.
import { html, setAttributes, setText } from '../dom.ts';
import { seriesClass } from './palette.ts';

export interface LegendRow {
  readonly color: number;
  readonly dashed?: boolean;
  readonly label: string;
  readonly value: string;
}

export interface Legend {
  readonly element: HTMLElement;
  show(rows: readonly LegendRow[]): void;
}

export function createLegend(): Legend {
  const element = html('ul', { class: 'legend' });
  return {
    element,
    show(rows) {
      // A single series without a name of its own is named by the chart.
      element.hidden = rows.every((row) => row.label === '' && row.value === '');
      while (element.childElementCount > rows.length) element.lastElementChild!.remove();
      while (element.childElementCount < rows.length) {
        const parts = ['swatch', 'legend-label', 'legend-value'].map((name) => html('span', { class: name }));
        element.append(html('li', {}, ...parts));
      }
      for (const [index, row] of rows.entries()) {
        const item = element.children[index]!;
        setAttributes(item.children[0]!, { class: `swatch ${seriesClass(row.color)}${row.dashed ? ' dashed' : ''}` });
        setText(item.children[1]!, row.label);
        setText(item.children[2]!, row.value);
      }
    },
  };
}
