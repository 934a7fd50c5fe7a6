// A run of the digits example with metrics in every documented shape, up to a chosen epoch.
import type { Metric, RunEventBody } from '../../core/run/events.ts';
import { digitsCreated, ends, starts } from './digits.ts';

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));

/** What the training step's metrics file says after `epochs` epochs. `skill`: how fast it learns. */
export function metricsAfter(epochs: number, skill = 1): Metric[] {
  const x = Array.from({ length: epochs }, (_, epoch) => epoch + 1);
  const loss = x.map((epoch) => Number((2.3 * Math.exp(-0.18 * skill * epoch) + 0.08).toFixed(4)));
  const validation = x.map((epoch) => Number((2.3 * Math.exp(-0.15 * skill * epoch) + 0.16).toFixed(4)));
  const accuracy = 1 - Math.exp(-0.2 * skill * epochs) * 0.9;
  const right = digits.map((_, digit) => Math.round(30 + 60 * accuracy - digit));
  return [
    { key: 'accuracy', title: 'Accuracy', type: 'float', data: { value: Number(accuracy.toFixed(5)) } },
    { key: 'epochs', title: 'Epochs', type: 'float', data: { value: epochs } },
    {
      key: 'loss',
      title: 'Loss',
      type: 'line chart',
      data: {
        x_axis: [{ title: 'epoch', value: x }],
        y_axis: [
          { title: 'training', value: loss },
          { title: 'validation', value: validation },
        ],
      },
    },
    {
      key: 'right',
      title: 'Right answers per digit',
      type: 'histogram',
      data: { x_axis: [{ title: 'digit', value: digits }], y_axis: [{ title: 'right', value: right }] },
    },
    {
      key: 'confusion',
      title: 'Confusion matrix',
      type: 'table',
      data: {
        row_labels: { title: 'predicted', value: digits },
        col_labels: { title: 'true', value: digits },
        cell_value: digits.map((_, row) => digits.map((_, column) => (row === column ? right[row] : (row * 7 + column * 3) % 5))),
      },
    },
    {
      key: 'summary',
      title: 'Summary',
      type: 'one-dimensional-table',
      data: { labels: ['precision', 'recall', 'f1'], cell_value: [[accuracy - 0.01, accuracy - 0.02, accuracy - 0.015]] },
    },
    { key: 'seen', title: 'Something new', type: 'sunburst', data: { ring: [1, 2, { deep: true }] } },
  ];
}

export function metricsWritten(step: string, epochs: number, skill = 1): RunEventBody {
  return { type: 'step.metrics_written', step, output: 'metrics', metrics: metricsAfter(epochs, skill) };
}

/** Both trainings are at work; the wide one has written. */
export function trainingRun(epochs: number, skill = 1): RunEventBody[] {
  return [
    digitsCreated(),
    { type: 'run.started' },
    ends('collect'),
    ...starts('release'),
    ends('release'),
    ...starts('train_wide'),
    ...starts('train_narrow'),
    metricsWritten('train_wide', epochs, skill),
  ];
}
