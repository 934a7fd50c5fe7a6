// An entry of a type, or a shape, that is not documented: as it is.
import { filled } from '../../core/views/texts.ts';
import { html, setText } from '../dom.ts';
import type { ChartBody } from './chart-body.ts';
import { seriesLabel } from './chart-body.ts';

export function createOther(): ChartBody<'other'> {
  const element = html('div', { class: 'other' });
  return {
    element,
    update(chart, { runs, texts }) {
      while (element.childElementCount > chart.parts.length) element.lastElementChild!.remove();
      while (element.childElementCount < chart.parts.length) {
        element.append(html('div', {}, html('p', { class: 'quiet' }), html('pre', { tabindex: 0 })));
      }
      for (const [index, part] of chart.parts.entries()) {
        const [note, text] = element.children[index]!.children;
        setText(note!, seriesLabel(part.run, filled(texts['metrics.unknown'] ?? '', part.type), runs));
        setText(text!, part.text);
      }
    },
    dispose() {},
  };
}
