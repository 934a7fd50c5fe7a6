// What a benchmark says: one line a figure, with the peer's figure of the same run and the bar of docs/benchmarks.md.

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: { readonly name: string; readonly value: number };
  /** As the bar says it: "<= 16 ms". */
  readonly bar?: string;
}

export function show({ what, value, unit, peer, bar }: Figure): string {
  const beside = peer
    ? `${peer.name} ${written(peer.value)} ${unit}, ratio ${written(peer.value === 0 ? 0 : value / peer.value)}`
    : '';
  return [what.padEnd(52), `${written(value)} ${unit}`.padStart(18), beside.padEnd(52), bar ? `bar ${bar}` : '']
    .join('  ')
    .trimEnd();
}

/** The value below which that part of the times lies. */
export function quantile(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function written(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
