// Manifests: one JSON object a line, each a sample with its labels. Source: platform digest section 8.
// A dataset's samples and its published versions are kept in this form too.
import { createReadStream } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

export type Usage = 'TRAIN' | 'EVAL' | 'TEST' | 'INFERENCE';

export interface Sample {
  /** `file://` for files of this machine, `content://` for a text itself, else as the manifest has it. */
  readonly source: string;
  readonly usage?: Usage;
  /** None: not labelled. */
  readonly annotation?: readonly Annotation[];
  readonly [member: string]: unknown;
}

export interface Annotation {
  /** `modelarts/image_classification` and its like. */
  readonly type: string;
  readonly name?: string;
  readonly [member: string]: unknown;
}

export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** Rejects with ManifestError at the first line that is no sample. */
export async function readManifest(file: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  let number = 0;
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    number++;
    if (line.trim() !== '') samples.push(toSample(line, `${file}:${number}`));
  }
  return samples;
}

/** Whole or not at all. */
export async function writeManifest(file: string, samples: readonly Sample[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  const handle = await open(draft, 'w');
  try {
    for (let at = 0; at < samples.length; at += 1_000) {
      const lines = samples.slice(at, at + 1_000).map((sample) => `${JSON.stringify(sample)}\n`);
      await handle.write(lines.join(''));
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

export function isLabelled(sample: Sample): boolean {
  return (sample.annotation?.length ?? 0) > 0;
}

function toSample(line: string, place: string): Sample {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new ManifestError(`${place} is no JSON: ${(cause as Error).message}`, { cause });
  }
  const { source, annotation, usage, ...rest } = (value ?? {}) as Record<string, unknown>;
  if (typeof source !== 'string') throw new ManifestError(`${place} has no "source"`);
  if (annotation !== undefined && !Array.isArray(annotation)) throw new ManifestError(`${place}: "annotation" is no list`);
  const known = typeof usage === 'string' ? usage.toUpperCase() : undefined;
  return {
    source,
    ...(known && known !== '' && { usage: known as Usage }),
    ...(annotation && { annotation: annotation as readonly Annotation[] }),
    ...rest,
  };
}
