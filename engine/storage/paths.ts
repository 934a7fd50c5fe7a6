// Paths of the service on this machine: `/bucket/key`, `obs://bucket/key` and `s3://bucket/key` lie in the folder of the bucket,
// `file://` URIs (what `./x` of a workflow file became) are used in place. Nothing reaches out of a bucket.
import { mkdir } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { StepError } from '../steps/step-runner.ts';
import { isArchive, unpackOnce } from './archive.ts';

export interface BucketSettings {
  /** Absolute: what relative paths in `buckets` are relative to (the folder of weft.config.yaml). */
  readonly root: string;
  /** Bucket name -> folder or archive. */
  readonly buckets: Readonly<Record<string, string>>;
}

export interface LocalPath {
  /** Absolute. */
  readonly path: string;
  /** Written with a final `/`: a directory, also where nothing is there yet. */
  readonly directory: boolean;
}

export interface Storage {
  /** Rejects with StepError for what is no path of the service. Unpacks the bucket's archive on first use. */
  locate(path: string): Promise<LocalPath>;
  /** Locates and makes the directory, parents included. */
  makeFolder(path: string): Promise<string>;
  /** How the service would name a local path: `/bucket/key` where it lies in a bucket, else its `file://` URI. */
  name(local: string): string;
}

/** `settings` is asked at every use, so that an edit of weft.config.yaml counts for the next step. */
export function createStorage(stateFolder: string, settings: () => BucketSettings): Storage {
  const ownBuckets = join(stateFolder, 'buckets');
  const unpacked = new Map<string, Promise<string>>();

  async function bucketFolder(bucket: string): Promise<string> {
    const { root, buckets } = settings();
    const place = Object.hasOwn(buckets, bucket) ? buckets[bucket] : undefined;
    const own = join(ownBuckets, bucket);
    if (place === undefined) return own;
    const path = resolve(root, place);
    if (!isArchive(path)) return path;
    // One unpacking at a time for a bucket; a failed one is tried again.
    let work = unpacked.get(path);
    if (!work) {
      work = unpackOnce(path, own).then(() => own);
      unpacked.set(path, work);
      work.catch(() => unpacked.delete(path));
    }
    return await work;
  }

  async function locate(path: string): Promise<LocalPath> {
    const directory = path.endsWith('/');
    if (path.startsWith('file:')) return { path: stripFinal(fromUri(path)), directory };
    const { bucket, keys } = parseServicePath(path);
    return { path: join(await bucketFolder(bucket), ...keys), directory };
  }

  return {
    locate,

    async makeFolder(path) {
      const located = await locate(path);
      try {
        await mkdir(located.path, { recursive: true });
      } catch (cause) {
        throw new StepError(
          'folder-not-made',
          `cannot make the folder ${located.path} for ${path}: ${(cause as Error).message}`,
          { cause },
        );
      }
      return located.path;
    },

    name(local) {
      const { root, buckets } = settings();
      const places = Object.entries(buckets).map(([bucket, place]) => [bucket, resolve(root, place)] as const);
      for (const [bucket, folder] of places) {
        if (!isArchive(folder) && isInside(folder, local)) return `/${[bucket, ...segments(folder, local)].join('/')}`;
      }
      if (isInside(ownBuckets, local) && local !== ownBuckets) return `/${segments(ownBuckets, local).join('/')}`;
      return pathToFileURL(local).href;
    },
  };
}

const bucketName = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/** Bucket and key segments of `/bucket/a/b` and its like. */
export function parseServicePath(path: string): { readonly bucket: string; readonly keys: readonly string[] } {
  const match = /^(?:(?:obs|s3):\/\/|\/)([^/]+)(\/.*)?$/s.exec(path);
  const bucket = match?.[1] ?? '';
  if (!bucketName.test(bucket)) {
    throw new StepError(
      'not-a-storage-path',
      `"${path}" is no path of a storage; write /bucket/folder/, obs://bucket/folder/, or ./folder in a workflow file`,
    );
  }
  const keys = (match?.[2] ?? '').split('/').filter((segment) => segment !== '' && segment !== '.');
  if (keys.includes('..') || path.includes('\0')) {
    throw new StepError('path-leaves-bucket', `"${path}" leads out of its bucket; write it without ".."`);
  }
  return { bucket, keys };
}

function fromUri(uri: string): string {
  try {
    return fileURLToPath(uri);
  } catch (cause) {
    throw new StepError('not-a-storage-path', `"${uri}" is no file URI of this machine`, { cause });
  }
}

function stripFinal(path: string): string {
  return path.length > 1 && path.endsWith(sep) ? path.slice(0, -1) : path;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

function segments(folder: string, path: string): readonly string[] {
  return relative(folder, path).split(sep).filter(Boolean);
}
