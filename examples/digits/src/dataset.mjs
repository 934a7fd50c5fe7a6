// The pictures of a job: a released dataset version (by its manifest), or a folder whose sub-folders are the labels.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pixelsOf } from './bitmap.mjs';

/** Samples `{ pixels, label, usage }`; `usage` is TRAIN, EVAL or undefined where the version was not split. */
export function readDataset(location) {
  const manifest = manifestOf(location);
  const entries = manifest ? manifestEntries(manifest) : folderEntries(location);
  if (entries.length === 0) throw new Error(`${location}: neither a manifest nor labelled pictures are there`);
  return entries.map(({ file, label, usage }) => ({ pixels: readPicture(file), label, usage }));
}

/** The split of the version; where it has none, every fifth picture is kept for the evaluation. */
export function split(samples) {
  const isSplit = samples.some((sample) => sample.usage === 'EVAL');
  const held = (sample, index) => (isSplit ? sample.usage === 'EVAL' : index % 5 === 4);
  return {
    training: samples.filter((sample, index) => !held(sample, index)),
    evaluation: samples.filter(held),
  };
}

/** The location itself, or the only `*.manifest` below it (`annotation/V001/V001.manifest` in a dataset's folder). */
function manifestOf(location) {
  if (statSync(location).isFile()) return location;
  const found = readdirSync(location, { recursive: true }).filter((name) => name.endsWith('.manifest'));
  if (found.length > 1) throw new Error(`${location}: several manifests (${found.join(', ')}); name one`);
  return found.length === 1 ? path.join(location, found[0]) : undefined;
}

function manifestEntries(manifest) {
  return readFileSync(manifest, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line))
    .filter((sample) => sample.annotation?.length > 0)
    .map((sample) => ({
      file: fileOf(sample.source, path.dirname(manifest)),
      label: Number(sample.annotation[0].name),
      usage: sample.usage?.toUpperCase(),
    }));
}

function fileOf(source, folder) {
  return source.startsWith('file:') ? fileURLToPath(source) : path.resolve(folder, source);
}

function folderEntries(location) {
  return readdirSync(location, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d$/.test(entry.name))
    .flatMap((entry) =>
      readdirSync(path.join(location, entry.name))
        .filter((name) => name.endsWith('.bmp'))
        .sort()
        .map((name) => ({ file: path.join(location, entry.name, name), label: Number(entry.name), usage: undefined })),
    );
}

function readPicture(file) {
  try {
    return pixelsOf(readFileSync(file));
  } catch (error) {
    throw new Error(`${file}: ${error.message}`);
  }
}
