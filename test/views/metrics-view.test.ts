// From the metrics of runs to charts, tables and files: each documented shape, what does not fit one, several runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Metric } from '../../core/run/events.ts';
import type { RunState, StepState } from '../../core/run/reduce.ts';
import { chartTable, csvOf } from '../../core/views/chart-table.ts';
import { linePoints } from '../../core/views/line-points.ts';
import { type Chart, metricsView } from '../../core/views/metrics-view.ts';
import { bytesText, resourceCharts } from '../../core/views/resource-charts.ts';

function runWith(name: string, metrics: readonly Metric[], more: Partial<StepState> = {}): RunState {
  const step: StepState = {
    name: 'train',
    title: 'Train',
    type: 'job',
    uuid: 'u',
    dependSteps: [],
    status: 'running',
    attempt: 1,
    inputs: [],
    outputs: [],
    needs: [],
    changes: [],
    stopRequested: false,
    metrics: metrics.map((metric) => ({ output: 'metrics', ...metric })),
    ...more,
  };
  return {
    id: name,
    name,
    seq: 1,
    workflowId: 'w',
    workflowName: 'w',
    status: 'running',
    labels: [],
    createdAt: '',
    values: { parameters: [], data: [] },
    steps: [step],
    warnings: [],
    stopRequested: false,
  };
}

const metric = (type: string, data: unknown, key = 'k'): Metric => ({ key, title: key, type, data });
const axis = (title: string, ...value: readonly unknown[]) => ({ title, value });
const curve = (x: readonly unknown[], y: readonly unknown[]) =>
  metric('line chart', { x_axis: [axis('x', ...x)], y_axis: [axis('y', ...y)] });

function chartsOf(...runs: readonly (readonly Metric[])[]): readonly Chart[] {
  return metricsView(runs.map((metrics, index) => runWith(`run-${index + 1}`, metrics))).steps[0]!.charts;
}
function tableOf(...runs: readonly (readonly Metric[])[]) {
  const names = runs.map((_, index) => ({ name: `run-${index + 1}` }));
  const { head, rows } = chartTable(chartsOf(...runs)[0]!, names);
  return [head, ...rows];
}

test('one x-axis serves several curves, several pair by index, and the shorter list of a pair decides', () => {
  const shared = metric('line chart', {
    x_axis: [axis('epoch', 1, 2, 3)],
    y_axis: [axis('loss', 9, 8, 7), axis('accuracy', 0.1, '0.2')],
  });
  assert.deepEqual(tableOf([shared]), [
    ['epoch', 'loss', 'accuracy'],
    ['1', '9', '0.1'],
    ['2', '8', '0.2'],
    ['3', '7', ''],
  ]);
  const pairs = metric('line chart', { x_axis: [axis('x', 1), axis('x', 5)], y_axis: [axis('a', 2), axis('b', 3)] });
  assert.deepEqual(tableOf([pairs]).slice(1), [
    ['1', '2', ''],
    ['5', '', '3'],
  ]);
});

test('points are put in order of x; a step curve keeps its steps; what is no number is a gap', () => {
  const [lines] = chartsOf([curve([2, 1, 1, '1'], [4, 1, 2, 3])]);
  assert.ok(lines?.shape === 'lines');
  assert.deepEqual(
    [lines.series[0]!.x, lines.series[0]!.y],
    [
      [1, 1, 1, 2],
      [1, 2, 3, 4],
    ],
  );
  const [broken] = chartsOf([curve([1, 2, 3], [1, 'NaN', null])]);
  assert.ok(broken?.shape === 'lines');
  assert.deepEqual(broken.series[0]!.y, [1, null, null]);
  assert.deepEqual(
    linePoints([
      { run: 0, title: '', x: [1, 1, 3], y: [5, 6, 7] },
      { run: 1, title: '', x: [1, 2], y: [8, 9] },
    ]),
    {
      x: [1, 1, 2, 3],
      ys: [
        [5, 6, undefined, 7],
        [8, undefined, 9, undefined],
      ],
    },
  );
});

test('words on the x-axis of a curve have places in their order, the same for all runs', () => {
  const [lines] = chartsOf([curve(['jan', 'feb'], [1, 2])], [curve(['feb', 'mar'], [3, 4])]);
  assert.ok(lines?.shape === 'lines');
  assert.deepEqual(lines.labels, ['jan', 'feb', 'mar']);
  assert.deepEqual(
    lines.series.map(({ x }) => x),
    [
      [0, 1],
      [1, 2],
    ],
  );
});

test('bars of runs with different places stand beside each other; a place without a bar is empty', () => {
  const bars = (x: readonly unknown[], y: readonly unknown[]) =>
    metric('histogram', { x_axis: [axis('digit', ...x)], y_axis: [axis('right', ...y)] });
  assert.deepEqual(tableOf([bars([0, 1], [5, 6])], [bars(['1', '2'], [7, 8])]), [
    ['digit', 'run-1 right', 'run-2 right'],
    ['0', '5', ''],
    ['1', '6', '7'],
    ['2', '', '8'],
  ]);
});

test('a confusion matrix has as many rows as cells, whatever its labels say', () => {
  const matrix = metric('table', {
    cell_value: [
      [8, 1],
      [2, 9],
    ],
    row_labels: axis('predicted', 'cat'),
    col_labels: axis('true', 'cat', 'dog', 'cow'),
  });
  const [chart] = chartsOf([matrix]);
  assert.ok(chart?.shape === 'matrix');
  assert.equal(chart.parts[0]!.most, 9);
  assert.deepEqual(tableOf([matrix]), [
    ['predicted \\ true', 'cat', 'dog'],
    ['cat', '8', '1'],
    ['1', '2', '9'],
  ]);
});

test('one-row tables of runs stand below each other, joined by their labels', () => {
  const row = (labels: readonly string[], cells: readonly number[]) =>
    metric('one-dimensional-table', { labels, cell_value: [cells] });
  assert.deepEqual(tableOf([row(['p', 'r'], [0.5, 0.25])], [row(['r', 'f1'], [1, 2])]), [
    ['run', 'p', 'r', 'f1'],
    ['run-1', '0.5', '0.25', ''],
    ['run-2', '', '1', '2'],
  ]);
});

test('a shape that is not known, or not kept to, is shown as it is and breaks nothing', () => {
  for (const [type, data] of [
    ['sunburst', { a: 1 }],
    ['float', { value: 'high' }],
    ['line chart', { x_axis: {}, y_axis: [] }],
    ['histogram', null],
    ['table', { cell_value: [1, 2] }],
    ['one-dimensional-table', undefined],
  ] as const) {
    const [chart] = chartsOf([metric(type, data)]);
    assert.equal(chart?.shape, 'other', type);
  }
  // No axes at all: a chart without series.
  const [none] = chartsOf([metric('line chart', { x_axis: [], y_axis: [axis('y', 1)] })]);
  assert.ok(none?.shape === 'lines' && none.series.length === 0);
});

test('a key is one chart across runs, unless its shape differs; twice in one file it is two', () => {
  const number = metric('float', { value: 1 });
  assert.equal(chartsOf([number], [number]).length, 1);
  assert.equal(chartsOf([number], [curve([1], [1])]).length, 2);
  const twice = chartsOf([number, number]);
  assert.equal(new Set(twice.map(({ id }) => id)).size, 2);
});

test('a chart whose metrics did not change has the same sources; another run in its place has others', () => {
  const number = metric('float', { value: 1 });
  const run = runWith('a', [number]);
  const [first, second] = [metricsView([run]), metricsView([{ ...run, seq: 2, status: 'completed' }])];
  const sources = (view: typeof first) => view.steps[0]!.charts[0]!.sources;
  assert.ok(sources(first).every((source, index) => source === sources(second)[index]));
  const other = metricsView([runWith('b', []), run]);
  assert.notDeepEqual(sources(other), sources(first));
});

test('steps without anything to show are left out; a job at work has its place for what it uses', () => {
  const names = (state: Partial<StepState>) => metricsView([runWith('a', [], state)]).steps.map(({ name }) => name);
  assert.deepEqual(names({}), ['train']);
  assert.deepEqual(names({ attempt: 0 }), []);
  assert.deepEqual(names({ type: 'model' }), []);
  assert.deepEqual(names({ reused: 'r' }), []);
});

test('a file keeps commas, quotes and line ends of its cells', () => {
  assert.equal(csvOf({ head: ['a,b', 'say "x"'], rows: [['1', 'two\nlines']] }), '"a,b","say ""x"""\r\n1,"two\nlines"\r\n');
});

test('what processes use is drawn over the time since the step began; measures without samples are left out', () => {
  const samples = [
    { at: 11_000, memory: 1024, processes: 1 },
    { at: 12_000, cpu: 50, memory: 2048, processes: 1 },
  ];
  const charts = resourceCharts('train', [{ run: 0, begin: 10_000, samples }], {});
  assert.deepEqual(
    charts.map(({ key, series }) => [key, series[0]!.x, series[0]!.y]),
    [
      ['cpu', [2], [50]],
      ['memory', [1, 2], [1024, 2048]],
    ],
  );
  assert.deepEqual([0, 1023, 1536, 5 * 1024 ** 3].map(bytesText), ['0 B', '1020 B', '1.5 KB', '5 GB']);
});
