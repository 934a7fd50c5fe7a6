// What a release brings from this machine into object storage: planned by the loader, shown to the user, carried out by remote/.
import type { WorkflowBody } from '../api/service.ts';

/** One thing that the workflow reads from this machine: a code folder, a data folder, a file. */
export interface Upload {
  /** As the workflow file or the values file has it: `./src/train`. */
  readonly written: string;
  /** Absolute, on this machine. */
  readonly from: string;
  /** Where it goes: `/bucket/key/`, with a final slash for a folder. Holds the hash of the content, so equal content is there already. */
  readonly to: string;
  /** Who reads it, for people: `train: algorithm.code_dir`. */
  readonly usedBy: readonly string[];
  readonly files: readonly UploadFile[];
  readonly bytes: number;
  /** Paths of files that look like credentials, relative to `from`: they stay here. */
  readonly leftOut: readonly string[];
}

export interface UploadFile {
  /** Absolute, on this machine. */
  readonly from: string;
  /** `/bucket/key` */
  readonly to: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly md5: string;
  readonly sha256: string;
}

/** A workflow that is ready for the service: the body with the places that local code will have, and what goes there. */
export interface ReleaseDraft {
  readonly body: WorkflowBody;
  readonly uploads: readonly Upload[];
}

/** Into bucket and key, of `/bucket/key` or `obs://bucket/key`; undefined for another form. */
export function bucketPath(path: string): { readonly bucket: string; readonly key: string } | undefined {
  const found = /^(?:\/|obs:\/\/)([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(path);
  return found ? { bucket: found[1]!, key: found[2] ?? '' } : undefined;
}

/** Part of a key: what the service takes in a path. */
export function keyPart(name: string): string {
  return name.trim().replace(/[\s/\\]+/g, '-');
}
