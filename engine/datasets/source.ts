// Where samples of a dataset come from: a labelled folder or a manifest, read again whenever labels may have changed.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Storage } from '../storage/paths.ts';
import { type Layout, LayoutError, readFolder } from './layouts.ts';
import { type Annotation, isLabelled, readManifest, type Sample } from './manifest.ts';

export interface SampleSource extends Layout {
  /** Absolute: a folder, or the manifest itself. */
  readonly path: string;
  readonly kind: 'folder' | 'manifest';
  readonly withLabels: boolean;
  /** Only samples with one of these labels; all when empty. */
  readonly includedLabels: readonly string[];
  readonly excludedLabels: readonly string[];
  /** Hard examples only. */
  readonly hardOnly: boolean;
}

/** Samples in a fixed order, each with an `id` that does not depend on the machine. Rejects with LayoutError or ManifestError. */
export async function readSource(source: SampleSource, storage: Storage): Promise<readonly Sample[]> {
  if (!existsSync(source.path)) throw new LayoutError(`${source.path} is not there`);
  const read = source.kind === 'manifest' ? await fromManifest(source.path, storage) : await readFolder(source.path, source);
  const root = source.kind === 'manifest' ? dirname(source.path) : source.path;
  return read.filter((sample) => isWanted(sample, source)).map((sample) => identified(sample, root, source.withLabels));
}

/** A relative `source` is relative to the manifest; paths of the service become those of this machine. */
async function fromManifest(file: string, storage: Storage): Promise<readonly Sample[]> {
  const samples = await readManifest(file);
  const local = async (text: string): Promise<string> => {
    if (/^(file|content|https?):/i.test(text)) return text;
    if (/^(s3|obs):/i.test(text)) return pathToFileURL((await storage.locate(text)).path).href;
    if (!isAbsolute(text)) return pathToFileURL(resolve(dirname(file), text)).href;
    return pathToFileURL(existsSync(text) ? text : (await storage.locate(text)).path).href;
  };
  const annotated = async (annotation: Annotation): Promise<Annotation> => {
    const location = annotation['annotation-loc'];
    return typeof location === 'string' ? { ...annotation, 'annotation-loc': await local(location) } : annotation;
  };
  return await Promise.all(
    samples.map(async (sample) => ({
      ...sample,
      source: await local(sample.source),
      ...(sample.annotation && { annotation: await Promise.all(sample.annotation.map(annotated)) }),
    })),
  );
}

function isWanted(sample: Sample, { includedLabels, excludedLabels, hardOnly }: SampleSource): boolean {
  const names = (sample.annotation ?? []).map(({ name }) => name ?? '');
  if (includedLabels.length > 0 && !names.some((name) => includedLabels.includes(name))) return false;
  if (names.some((name) => excludedLabels.includes(name))) return false;
  return !hardOnly || sample['hard'] === true || sample['hard'] === 'true';
}

function identified({ annotation, ...sample }: Sample, root: string, withLabels: boolean): Sample {
  const { source } = sample as Sample;
  const known = source.startsWith('file:') ? relative(root, fileURLToPath(source)).split(sep).join('/') : source;
  const id = createHash('sha256').update(known).digest('hex').slice(0, 32);
  return { ...sample, source, id, ...(withLabels && annotation && { annotation }) } as Sample;
}

/** Samples of `before` and those of `found` that are new; labels that were found replace those that were there. */
export function mergeSamples(before: readonly Sample[], found: readonly Sample[]): readonly Sample[] {
  const merged = new Map(before.map((sample) => [sample.source, sample]));
  for (const sample of found) {
    const old = merged.get(sample.source);
    if (!old) merged.set(sample.source, sample);
    else if (isLabelled(sample)) merged.set(sample.source, { ...old, annotation: sample.annotation! });
  }
  return [...merged.values()];
}

/** Files of samples that are not on this machine any more. */
export function missingFiles(samples: readonly Sample[]): readonly string[] {
  return samples.flatMap(({ source }) => {
    if (!source.startsWith('file:')) return [];
    const path = fileURLToPath(source);
    return existsSync(path) ? [] : [path];
  });
}
