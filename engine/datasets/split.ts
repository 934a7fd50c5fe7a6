// Which samples a published version trains with and which it checks with.
// P1. The same samples of a dataset of the same name are always split alike, on every machine; samples that are added move others
//     to the other side only near the boundary, as the share demands.
// P2. Each label is split by the ratio for itself, so that rare labels are on both sides.
import { createHash } from 'node:crypto';
import { isLabelled, type Sample } from './manifest.ts';

export interface SplitOptions {
  /** Share of the training samples, 0 to 1. 1: no split, and no usage is written. */
  readonly ratio: number;
  /** What makes this split another one than that of other datasets: the dataset's name. */
  readonly seed: string;
  /** Of a sample: what it is known by wherever the dataset lies. */
  readonly identity: (sample: Sample) => string;
  /** Keep usages that are there; only the other samples are split. */
  readonly keepUsage: boolean;
}

/** In the order of `samples`. Samples without labels get no usage. */
export function splitSamples(samples: readonly Sample[], options: SplitOptions): readonly Sample[] {
  const { ratio, seed, identity, keepUsage } = options;
  const clean = keepUsage ? samples : samples.map(({ usage: _, ...sample }) => sample as Sample);
  if (ratio >= 1) return clean;
  const groups = Map.groupBy(
    clean.flatMap((sample, index) => (isLabelled(sample) && sample.usage === undefined ? [index] : [])),
    (index) => labelsOf(clean[index]!),
  );
  const result = [...clean];
  for (const indexes of groups.values()) {
    const ordered = indexes
      .map((index) => ({ index, rank: hash(seed, identity(clean[index]!)) }))
      .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.index - b.index));
    const training = Math.round(ordered.length * ratio);
    for (const [position, { index }] of ordered.entries()) {
      const { source, ...rest } = clean[index]!;
      result[index] = { source, usage: position < training ? 'TRAIN' : 'EVAL', ...rest } as Sample;
    }
  }
  return result;
}

function labelsOf(sample: Sample): string {
  const names = new Set((sample.annotation ?? []).map(({ name }) => name ?? ''));
  return [...names].sort().join('\n');
}

function hash(seed: string, identity: string): string {
  return createHash('sha256').update(`${seed}\0${identity}`).digest('hex');
}
