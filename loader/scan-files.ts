// The files of a folder that a release uploads, with their hashes. What never belongs in a cloud stays here: version control, installed
// packages, caches, and files that hold credentials, which are named so that nobody wonders.
import { createHash } from 'node:crypto';
import { createReadStream, type Dirent, realpathSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface ScannedFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** Absolute. */
  readonly from: string;
  readonly bytes: number;
}

export interface HashedFile extends ScannedFile {
  readonly md5: string;
  readonly sha256: string;
}

export interface Scan {
  /** In order of their paths. */
  readonly files: readonly ScannedFile[];
  /** Credentials files, relative. */
  readonly leftOut: readonly string[];
}

const ignoredFolders = new Set([
  '.git',
  '.hg',
  '.svn',
  '.weft',
  'node_modules',
  '__pycache__',
  '.venv',
  '.ipynb_checkpoints',
  '.mypy_cache',
  '.pytest_cache',
  '.vscode',
  '.idea',
]);
const ignoredFiles = /^(?:\.DS_Store|Thumbs\.db|.*\.py[co])$/;
const credentialsFiles =
  /^(?:credentials(?:[ ._-]?\(?\d+\)?)?\.csv|\.env(?:\..+)?|\.netrc|\.obsutilconfig|id_(?:rsa|ed25519|ecdsa)|.*\.pem)$/i;

/** Source: modelarts-sdk digest, part 3: empty folders do not arrive. Links are followed, each folder once on a path. */
export async function scanFolder(folder: string, signal?: AbortSignal): Promise<Scan> {
  const files: ScannedFile[] = [];
  const leftOut: string[] = [];

  async function walk(at: string, inside: string, above: ReadonlySet<string>): Promise<void> {
    signal?.throwIfAborted();
    const real = realpathSync(at);
    if (above.has(real)) return;
    for (const entry of (await readdir(at, { withFileTypes: true })).sort(byName)) {
      const from = join(at, entry.name);
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      const found = entry.isSymbolicLink() ? await stat(from).catch(() => undefined) : entry;
      if (found?.isDirectory()) {
        if (!ignoredFolders.has(entry.name) && !(await isVirtualEnvironment(from)))
          await walk(from, path, new Set([...above, real]));
      } else if (found?.isFile() && !ignoredFiles.test(entry.name)) {
        if (credentialsFiles.test(entry.name)) leftOut.push(path);
        else files.push({ path, from, bytes: (await stat(from)).size });
      }
    }
  }

  await walk(folder, '', new Set());
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), leftOut };
}

/** Reads the whole file, a piece at a time. */
export async function hashFile(file: ScannedFile, signal?: AbortSignal): Promise<HashedFile> {
  const [md5, sha256] = [createHash('md5'), createHash('sha256')];
  let bytes = 0;
  for await (const chunk of createReadStream(file.from, { highWaterMark: 1 << 20, ...(signal && { signal }) })) {
    md5.update(chunk as Buffer);
    sha256.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { ...file, bytes, md5: md5.digest('hex'), sha256: sha256.digest('hex') };
}

/** The same for the same paths with the same content, wherever the folder lies and whenever it was written. */
export function contentHash(files: readonly { readonly path: string; readonly sha256: string }[]): string {
  const hash = createHash('sha256');
  for (const { path, sha256 } of files) hash.update(`${sha256} ${path}\n`);
  return hash.digest('hex');
}

async function isVirtualEnvironment(folder: string): Promise<boolean> {
  return (await stat(join(folder, 'pyvenv.cfg')).catch(() => undefined)) !== undefined;
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}
