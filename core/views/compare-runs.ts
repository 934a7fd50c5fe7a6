// Two or more runs side by side in a table: how each went, values that differ, and the numbers of their metrics.
import type { NamedValue } from '../run/events.ts';
import type { RunState } from '../run/reduce.ts';
import { elapsed, formatDuration } from './duration.ts';
import { type Chart, metricsView, numberText } from './metrics-view.ts';

export interface ComparedRow {
  readonly kind: 'status' | 'duration' | 'parameter' | 'metric';
  /** `status`, the name of a parameter, `step.key` of a number, `step.key.curve` of the newest point of a curve. */
  readonly name: string;
  /** One a run; undefined where it has none. */
  readonly texts: readonly (string | undefined)[];
  /** Of a metric: the numbers themselves. */
  readonly values?: readonly (number | undefined)[];
}

/** `now`: for runs that go on. Parameters that all runs have the same are left out. */
export function compareRuns(runs: readonly RunState[], now: number): ComparedRow[] {
  const took = (run: RunState) => {
    const ms = elapsed(run.startedAt, run.endedAt, now);
    return ms === undefined ? undefined : formatDuration(ms);
  };
  return [
    { kind: 'status', name: 'status', texts: runs.map((run) => run.status) },
    { kind: 'duration', name: 'duration', texts: runs.map(took) },
    ...parametersOf(runs),
    ...metricsView(runs).steps.flatMap(({ charts }) => charts.flatMap((chart) => metricRows(chart, runs.length))),
  ];
}

/** A number as it is, of a curve the newest point; other shapes have no one number. */
export function metricRows(chart: Chart, runs: number): ComparedRow[] {
  const row = (name: string, found: ReadonlyMap<number, number | null | undefined>): ComparedRow => {
    const values = Array.from({ length: runs }, (_, run) => found.get(run) ?? undefined);
    return { kind: 'metric', name, values, texts: values.map((value) => (value === undefined ? undefined : numberText(value))) };
  };
  const name = `${chart.step}.${chart.key}`;
  if (chart.shape === 'scalar') return [row(name, new Map(chart.values.map(({ run, value }) => [run, value])))];
  if (chart.shape !== 'lines') return [];
  const titles = [...new Set(chart.series.map(({ title }) => title))];
  return titles.map((title) => {
    const curves = chart.series.filter((series) => series.title === title);
    const newest = new Map(curves.map(({ run, y }) => [run, y.findLast((value) => value !== null)]));
    return row(titles.length > 1 && title !== '' ? `${name}.${title}` : name, newest);
  });
}

function parametersOf(runs: readonly RunState[]): ComparedRow[] {
  const texts = runs.map((run) => new Map(run.values.parameters.map((value) => [value.name, textOf(value)])));
  const names = [...new Set(texts.flatMap((each) => [...each.keys()]))];
  return names.flatMap((name): ComparedRow[] => {
    const row = texts.map((each) => each.get(name));
    return row.every((text) => text === row[0]) ? [] : [{ kind: 'parameter', name, texts: row }];
  });
}

function textOf({ value }: NamedValue): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
