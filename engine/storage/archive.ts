// A bucket that is shipped as one file: `.tar.br`, `.tar.gz` or `.tgz`, unpacked on first use into the state folder.
// Only files and folders come out of it, and only below the target; links and devices are passed over.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import { parseTar } from 'nanotar';
import { StepError } from '../steps/step-runner.ts';

/** What unpacks to more than this is refused: a bucket of that size belongs into a folder. */
const mostBytes = 2 * 1024 ** 3;

export function isArchive(path: string): boolean {
  return /\.(tar\.br|tar\.gz|tgz)$/i.test(path);
}

/** Does nothing where `folder` is there. Else it appears whole or not at all, also when two engines try at once. */
export async function unpackOnce(archive: string, folder: string): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    await unpack(archive, draft);
    await rename(draft, folder);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    if (existsSync(folder)) return; // Somebody else was faster.
    throw new StepError('archive-not-unpacked', `cannot unpack ${archive}: ${(cause as Error).message}`, { cause });
  }
}

async function unpack(archive: string, folder: string): Promise<void> {
  const packed = await readFile(archive);
  const decompress = archive.toLowerCase().endsWith('.br') ? promisify(brotliDecompress) : promisify(gunzip);
  // A copy, because nanotar reads the whole memory behind a view, and zlib answers with views of larger blocks.
  const entries = parseTar(new Uint8Array(await decompress(packed, { maxOutputLength: mostBytes })));
  const made = new Set<string>();
  for (const entry of entries) {
    const segments = entry.name.split('/').filter((segment) => segment !== '' && segment !== '.');
    if (segments.length === 0) continue;
    // nanotar strips such names today; what is written to disk should not depend on that.
    if (segments.includes('..') || entry.name.startsWith('/') || /[\0\\]/.test(entry.name)) {
      throw new Error(`the entry "${entry.name}" leads out of the archive`);
    }
    const path = join(folder, ...segments);
    const isFile = entry.type === 'file' || entry.type === 'contiguousFile';
    if (!isFile && entry.type !== 'directory') continue;
    const parent = isFile ? dirname(path) : path;
    if (!made.has(parent)) {
      await mkdir(parent, { recursive: true });
      made.add(parent);
    }
    if (isFile) await writeFile(path, entry.data ?? new Uint8Array());
  }
}
