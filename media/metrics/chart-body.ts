// What stands in the card of a chart: one kind for each shape.
import type { WebviewTexts } from '../../core/protocol/webview.ts';
import type { Chart, ChartOf, ShownRun } from '../../core/views/metrics-view.ts';

export interface ChartContext {
  readonly runs: readonly ShownRun[];
  readonly texts: WebviewTexts;
}

export interface ChartBody<Shape extends Chart['shape']> {
  readonly element: HTMLElement;
  /** Called only when something of it may look different; keeps what it can of the elements. */
  update(chart: ChartOf<Shape>, context: ChartContext): void;
  dispose(): void;
}

/** Runs have the colours while several are compared, else the series do. */
export function colorIndex(run: number, series: number, runs: number): number {
  return runs > 1 ? run : series;
}

/** `title` of a series, with the run where there are several. */
export function seriesLabel(run: number, title: string, runs: readonly ShownRun[]): string {
  return [runs.length > 1 ? runs[run]?.name : '', title].filter(Boolean).join(' · ');
}
