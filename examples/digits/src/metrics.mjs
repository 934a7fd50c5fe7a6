// What the training says about itself, in the form that ModelArts draws: a list of entries in metrics.json.
// The file is written anew after every epoch; `rename` makes sure that nobody reads half of it.
import { renameSync, writeFileSync } from 'node:fs';

/** `history` has one `{ loss, evaluationLoss, accuracy }` per epoch; `confusion[predicted][true]` counts pictures. */
export function writeMetrics(file, { name, history, confusion, summary }) {
  const epochs = history.map((_, index) => index + 1);
  const digits = confusion.map((_, digit) => digit);
  const last = history.at(-1);
  const entries = [
    // A float is what conditions may read: steps.<job>.outputs.metrics.accuracy
    { key: 'accuracy', title: 'Accuracy', type: 'float', data: { value: last.accuracy } },
    chart('accuracy_by_epoch', `Accuracy, ${name}`, epochs, [['accuracy', history.map((epoch) => epoch.accuracy)]]),
    chart('loss_by_epoch', `Loss, ${name}`, epochs, [
      ['training', history.map((epoch) => epoch.loss)],
      ['evaluation', history.map((epoch) => epoch.evaluationLoss)],
    ]),
    {
      key: 'confusion',
      title: 'Confusion matrix',
      type: 'table',
      data: {
        cell_value: confusion,
        row_labels: { title: 'predicted', value: digits },
        col_labels: { title: 'true', value: digits },
      },
    },
    {
      key: 'summary',
      title: 'Summary',
      type: 'one-dimensional-table',
      data: { cell_value: [Object.values(summary)], labels: Object.keys(summary) },
    },
  ];
  writeFileSync(`${file}.new`, JSON.stringify(entries));
  renameSync(`${file}.new`, file);
}

function chart(key, title, epochs, lines) {
  return {
    key,
    title,
    type: 'line chart',
    data: {
      x_axis: [{ title: 'epoch', value: epochs }],
      y_axis: lines.map(([title, value]) => ({ title, value })),
    },
  };
}
