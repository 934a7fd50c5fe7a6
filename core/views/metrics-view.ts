// What the metrics panel draws of one run, or of several laid over each other: metric files in the documented shapes
// (guide 5.4.5.4, table 5-52) as series, bars, cells and rows. Files are a user's program's: whatever does not fit is shown as it is.
import type { Metric } from '../run/events.ts';
import type { RunState, StepState } from '../run/reduce.ts';
import { type Tone, toneOf } from './tone.ts';

export interface MetricsView {
  readonly runs: readonly ShownRun[];
  readonly steps: readonly StepCharts[];
}

export interface ShownRun {
  readonly id: string;
  readonly name: string;
  readonly tone: Tone;
}

export interface StepCharts {
  readonly name: string;
  readonly title: string;
  /** Of the first shown run that has the step. */
  readonly tone: Tone;
  readonly charts: readonly Chart[];
  /** A process of this machine worked, or works, at it: there may be samples of what it used. */
  readonly hasProcess: boolean;
}

interface ChartHead {
  /** The same for as long as the chart is: step, output, key and shape. */
  readonly id: string;
  readonly step: string;
  readonly output: string;
  readonly key: string;
  readonly title: string;
  /** What it was made of. A chart whose sources are the same objects looks the same. */
  readonly sources: readonly unknown[];
}

export type Chart = ChartHead & ChartShape;
export type ChartOf<Shape extends ChartShape['shape']> = ChartHead & Extract<ChartShape, { readonly shape: Shape }>;

/** `run` is everywhere the index of the run in `MetricsView.runs`. */
export type ChartShape =
  | { readonly shape: 'scalar'; readonly values: readonly { readonly run: number; readonly value: number }[] }
  | LineShape
  | {
      readonly shape: 'bars';
      readonly xTitle: string;
      readonly yTitle: string;
      readonly labels: readonly string[];
      /** As many values as labels; null: this run has no such bar. */
      readonly series: readonly { readonly run: number; readonly title: string; readonly values: readonly (number | null)[] }[];
    }
  | {
      readonly shape: 'matrix';
      readonly parts: readonly {
        readonly run: number;
        readonly rowsTitle: string;
        readonly columnsTitle: string;
        readonly rows: readonly string[];
        readonly columns: readonly string[];
        readonly cells: readonly (readonly (number | null)[])[];
        /** The largest size of a cell: what the darkest one stands for. */
        readonly most: number;
      }[];
    }
  | {
      readonly shape: 'row';
      readonly labels: readonly string[];
      readonly rows: readonly { readonly run: number; readonly cells: readonly string[] }[];
    }
  | {
      readonly shape: 'other';
      readonly parts: readonly { readonly run: number; readonly type: string; readonly text: string }[];
    };

export interface LineShape {
  readonly shape: 'lines';
  readonly xTitle: string;
  readonly yTitle: string;
  /** How values of y are written. */
  readonly unit: 'number' | 'percent' | 'bytes';
  /** Where x are words: what stands at 0, 1, 2 ... */
  readonly labels: readonly string[] | undefined;
  readonly series: readonly LineSeries[];
}

export interface LineSeries {
  readonly run: number;
  readonly title: string;
  /** Ascending; may repeat. */
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/** Steps of all the runs by name, in the order in which the runs first have them; those without anything to show are left out. */
export function metricsView(runs: readonly RunState[]): MetricsView {
  const names = new Set(runs.flatMap((run) => run.steps.map((step) => step.name)));
  const steps = [...names].flatMap((name): StepCharts[] => {
    const states = runs.map((run) => run.steps.find((step) => step.name === name));
    const first = states.find((state) => state !== undefined)!;
    const charts = chartsOf(name, states);
    const hasProcess = states.some((state) => state !== undefined && worksAsProcess(state));
    if (charts.length === 0 && !hasProcess) return [];
    return [{ name, title: first.title || name, tone: toneOf(first.status), charts, hasProcess }];
  });
  return { runs: runs.map((run) => ({ id: run.id, name: run.name, tone: toneOf(run.status) })), steps };
}

function worksAsProcess(step: StepState): boolean {
  return (step.type === 'job' || step.type === 'mrs_job') && step.attempt > 0 && step.reused === undefined;
}

interface Found {
  readonly run: number;
  readonly metric: Metric;
}

function chartsOf(step: string, states: readonly (StepState | undefined)[]): Chart[] {
  const groups = new Map<string, Found[]>();
  for (const [run, state] of states.entries()) {
    const seen = new Set<string>();
    for (const metric of state?.metrics ?? []) {
      // Entries of one file may share a key: they are told apart by their order.
      let id = JSON.stringify([step, metric.output ?? '', metric.key, shapeOf(metric)]);
      while (seen.has(id)) id += "'";
      seen.add(id);
      const group = groups.get(id);
      if (group) group.push({ run, metric });
      else groups.set(id, [{ run, metric }]);
    }
  }
  return [...groups].map(([id, found]) => {
    const { metric } = found[0]!;
    const head = { id, step, output: metric.output ?? '', key: metric.key, title: metric.title || metric.key };
    // Which runs they are of belongs to the look: another run may have the place of one that was taken away.
    return { ...head, sources: found.flatMap(({ run, metric }) => [run, metric]), ...shapeChart(shapeOf(metric), found) };
  });
}

function shapeOf({ type, data }: Metric): ChartShape['shape'] {
  switch (type) {
    case 'float':
      return typeof at(data, 'value') === 'number' ? 'scalar' : 'other';
    case 'line chart':
      return isAxes(at(data, 'x_axis')) && isAxes(at(data, 'y_axis')) ? 'lines' : 'other';
    case 'histogram':
      return isAxes(at(data, 'x_axis')) && isAxes(at(data, 'y_axis')) ? 'bars' : 'other';
    case 'table':
      return isRows(at(data, 'cell_value')) && isAxis(at(data, 'row_labels')) && isAxis(at(data, 'col_labels'))
        ? 'matrix'
        : 'other';
    case 'one-dimensional-table':
      return isRows(at(data, 'cell_value')) && Array.isArray(at(data, 'labels')) ? 'row' : 'other';
    default:
      return 'other';
  }
}

function shapeChart(shape: ChartShape['shape'], found: readonly Found[]): ChartShape {
  switch (shape) {
    case 'scalar':
      return { shape, values: found.map(({ run, metric }) => ({ run, value: at(metric.data, 'value') as number })) };
    case 'lines':
      return linesOf(found);
    case 'bars':
      return barsOf(found);
    case 'matrix':
      return { shape, parts: found.map(matrixOf) };
    case 'row':
      return rowOf(found);
    case 'other':
      return {
        shape,
        parts: found.map(({ run, metric }) => ({
          run,
          type: metric.type,
          text: JSON.stringify(metric.data, undefined, 2) ?? '',
        })),
      };
    default:
      return shape satisfies never;
  }
}

interface Axis {
  readonly title: string;
  readonly values: readonly unknown[];
}

/** An x-axis and a y-axis. One x-axis serves all; several pair by index, and the last serves those that are too many. */
function pairsOf(metric: Metric): { readonly x: Axis; readonly y: Axis }[] {
  const xs = axesOf(at(metric.data, 'x_axis'));
  const ys = axesOf(at(metric.data, 'y_axis'));
  if (xs.length === 0) return [];
  return ys.map((y, index) => ({ x: xs[Math.min(index, xs.length - 1)]!, y }));
}

function linesOf(found: readonly Found[]): LineShape {
  const pairs = found.flatMap(({ run, metric }) => pairsOf(metric).map((pair) => ({ run, ...pair })));
  const numeric = pairs.every(({ x }) => x.values.every((value) => numberOf(value) !== null));
  const labels = numeric ? undefined : [...new Set(pairs.flatMap(({ x }) => x.values.map(String)))];
  const places = new Map(labels?.map((label, index) => [label, index]));
  const series = pairs.map(({ run, x, y }): LineSeries => {
    const points = Array.from({ length: Math.min(x.values.length, y.values.length) }, (_, index) => ({
      x: labels ? places.get(String(x.values[index]))! : numberOf(x.values[index])!,
      y: numberOf(y.values[index]),
    }));
    // A stable sort: points at one x, as of a step curve, stay in their order.
    points.sort((a, b) => a.x - b.x);
    return { run, title: y.title, x: points.map((point) => point.x), y: points.map((point) => point.y) };
  });
  return { shape: 'lines', unit: 'number', labels, series, xTitle: pairs[0]?.x.title ?? '', yTitle: sharedTitle(pairs) };
}

function barsOf(found: readonly Found[]): ChartShape {
  const pairs = found.flatMap(({ run, metric }) => pairsOf(metric).map((pair) => ({ run, ...pair })));
  const labels = [...new Set(pairs.flatMap(({ x }) => x.values.map(String)))];
  const series = pairs.map(({ run, x, y }) => {
    const values = new Map(x.values.map((label, index) => [String(label), numberOf(y.values[index])]));
    return { run, title: y.title, values: labels.map((label) => values.get(label) ?? null) };
  });
  return { shape: 'bars', labels, series, xTitle: pairs[0]?.x.title ?? '', yTitle: sharedTitle(pairs) };
}

function matrixOf({ run, metric }: Found): Extract<ChartShape, { shape: 'matrix' }>['parts'][number] {
  const rows = axisOf(at(metric.data, 'row_labels'));
  const columns = axisOf(at(metric.data, 'col_labels'));
  const cells = (at(metric.data, 'cell_value') as readonly (readonly unknown[])[]).map((row) => row.map(numberOf));
  const sizes = cells.flat().map((cell) => Math.abs(cell ?? 0));
  return {
    run,
    rowsTitle: rows.title,
    columnsTitle: columns.title,
    // As many labels as there are cells, whatever the file says.
    rows: cells.map((_, index) => labelAt(rows, index)),
    columns: Array.from({ length: longest(cells) }, (_, index) => labelAt(columns, index)),
    cells,
    most: sizes.reduce((most, size) => Math.max(most, size), 0),
  };
}

function rowOf(found: readonly Found[]): ChartShape {
  const labels = [...new Set(found.flatMap(({ metric }) => (at(metric.data, 'labels') as readonly unknown[]).map(String)))];
  const rows = found.flatMap(({ run, metric }) => {
    const own = (at(metric.data, 'labels') as readonly unknown[]).map(String);
    return (at(metric.data, 'cell_value') as readonly (readonly unknown[])[]).map((row) => ({
      run,
      cells: labels.map((label) => cellText(row[own.indexOf(label)])),
    }));
  });
  return { shape: 'row', labels, rows };
}

/** The title of y where all series have the same, else none: each series then has its own name. */
function sharedTitle(pairs: readonly { readonly y: Axis }[]): string {
  const titles = new Set(pairs.map(({ y }) => y.title));
  return titles.size === 1 ? [...titles][0]! : '';
}

function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'number' ? numberText(value) : String(value);
}

function labelAt(axis: Axis, index: number): string {
  return index < axis.values.length ? String(axis.values[index]) : String(index);
}

function longest(rows: readonly (readonly unknown[])[]): number {
  return rows.reduce((most, row) => Math.max(most, row.length), 0);
}

/** As people read it: four digits that count, no more. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? String(value) : value.toExponential(3);
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

/** A number, also one written as text. */
function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function axesOf(value: unknown): Axis[] {
  return (value as readonly unknown[]).map(axisOf);
}

function axisOf(value: unknown): Axis {
  const title = at(value, 'title');
  return { title: typeof title === 'string' ? title : '', values: at(value, 'value') as readonly unknown[] };
}

function isAxes(value: unknown): boolean {
  return Array.isArray(value) && value.every(isAxis);
}

function isAxis(value: unknown): boolean {
  return Array.isArray(at(value, 'value'));
}

function isRows(value: unknown): boolean {
  return Array.isArray(value) && value.every(Array.isArray);
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
