// Series with their own x brought onto one ascending x, as a chart of curves wants them.
import type { LineSeries } from './metrics-view.ts';

export interface LinePoints {
  readonly x: readonly number[];
  /** One list a series, as long as x. undefined: the series has no point there, and its curve goes on across; null: a gap. */
  readonly ys: readonly (readonly (number | null | undefined)[])[];
}

export function linePoints(series: readonly LineSeries[]): LinePoints {
  // A value of x that repeats within a series, as a step curve has it, has a place for each time.
  const times = new Map<number, number>();
  for (const { x } of series) {
    let run = 0;
    for (const [index, value] of x.entries()) {
      run = index > 0 && x[index - 1] === value ? run + 1 : 1;
      times.set(value, Math.max(times.get(value) ?? 0, run));
    }
  }
  const x = [...times].sort(([a], [b]) => a - b).flatMap(([value, count]) => Array<number>(count).fill(value));
  const places = new Map<number, number>();
  for (const [place, value] of x.entries()) if (!places.has(value)) places.set(value, place);
  const ys = series.map((one) => {
    const y = Array<number | null | undefined>(x.length).fill(undefined);
    let run = 0;
    for (const [index, value] of one.x.entries()) {
      run = index > 0 && one.x[index - 1] === value ? run + 1 : 0;
      y[places.get(value)! + run] = one.y[index] ?? null;
    }
    return y;
  });
  return { x, ys };
}
