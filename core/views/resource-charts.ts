// What the processes of a step used, as charts like those of its metrics: over the time since the step began, so that runs compare.
import type { WeftResourceSample } from '../api/weft.ts';
import type { ChartOf, LineShape } from './metrics-view.ts';

export interface RunSamples {
  readonly run: number;
  /** When the attempt began, milliseconds since the epoch. */
  readonly begin: number;
  readonly samples: readonly WeftResourceSample[];
}

type Measure = Exclude<keyof WeftResourceSample, 'at' | 'processes'>;

const measures: readonly { readonly measure: Measure; readonly unit: LineShape['unit'] }[] = [
  { measure: 'cpu', unit: 'percent' },
  { measure: 'memory', unit: 'bytes' },
  { measure: 'gpu', unit: 'percent' },
  { measure: 'gpuMemory', unit: 'bytes' },
];

/** Measures of which there is no sample have no chart. `texts`: titles by `resource.<measure>`, and `resource.seconds`. */
export function resourceCharts(
  step: string,
  runs: readonly RunSamples[],
  texts: Readonly<Record<string, string>>,
): ChartOf<'lines'>[] {
  return measures.flatMap(({ measure, unit }) => {
    const series = runs.flatMap(({ run, begin, samples }) => {
      const having = samples.filter((sample) => sample[measure] !== undefined);
      if (having.length === 0) return [];
      return [{ run, title: '', x: having.map(({ at }) => (at - begin) / 1000), y: having.map((sample) => sample[measure]!) }];
    });
    if (series.length === 0) return [];
    return [
      {
        id: JSON.stringify([step, 'resource', measure]),
        step,
        output: '',
        key: measure,
        title: texts[`resource.${measure}`] ?? measure,
        sources: runs.flatMap(({ run, begin, samples }) => [run, begin, samples]),
        shape: 'lines',
        unit,
        labels: undefined,
        xTitle: texts['resource.seconds'] ?? 's',
        yTitle: '',
        series,
      },
    ];
  });
}

/** `1.5 GB`: powers of 1024, as monitors of processes show them. */
export function bytesText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toPrecision(3))} ${units[unit]}`;
}
