// Paths of a file: which ones are relative to it, what a boot file is relative to, and which of them name files, so that a
// storage must not make directories of them (language, parts 3 and 4).
import type { Bound } from '../refs/bind.ts';
import type { Part } from './part.ts';
import { fieldOf, type StorageReference, textAt } from './workflow.ts';

/** `./x` or `../x`: relative to the workflow file. */
export function isLocalPath(path: string): boolean {
  return /^\.{1,2}\//.test(path);
}

/** The boot file with the folder that it is relative to, unless it begins with `./`, `/` or a scheme, or the folder is no path. */
export function bootFile(file: Part, folder: Part | undefined): Part {
  if (file.kind !== 'scalar' || typeof file.value !== 'string' || /^(?:\.{0,2}\/|[A-Za-z]+:|\$|$)/.test(file.value)) return file;
  if (folder?.kind === 'reference' && folder.reference.root === 'storages') {
    return { ...folder, reference: { ...folder.reference, path: join(folder.reference.path, file.value) } };
  }
  if (folder?.kind !== 'scalar' || typeof folder.value !== 'string' || folder.value === '') return file;
  const path = join(folder.value, file.value);
  return { ...file, text: path, value: path };
}

function join(folder: string, file: string): string {
  return `${folder.replace(/\/+$/, '')}/${file}`;
}

/**
 * The reference with the flag that the place implies: a file is not made as a directory. A flag that only says what the storage
 * says already is left out, so that the same use always reads the same.
 */
export function storageFlags(reference: StorageReference, bound: Bound, isFile: boolean): StorageReference {
  const declared = makesFolders(reference, bound);
  const createDir = reference.createDir ?? (isFile && declared ? false : undefined);
  const { createDir: _, ...plain } = reference;
  return createDir === undefined || createDir === declared ? plain : { ...plain, createDir };
}

/** The other way: the flags that a file has to write so that `storageFlags` gives those of a body. */
export function fileFlags(reference: StorageReference, bound: Bound, isFile: boolean): StorageReference {
  const declared = makesFolders(reference, bound);
  const { createDir: _, ...plain } = reference;
  if (isFile && declared) return reference.createDir === false ? plain : { ...plain, createDir: true };
  return reference.createDir === undefined || reference.createDir === declared ? plain : reference;
}

/** Whether the storage makes directories; undefined where it is not declared. */
export function makesFolders(reference: StorageReference, bound: Bound): boolean | undefined {
  const fields = bound.storages.get(reference.name.text)?.fields;
  if (!fields) return undefined;
  const written = fieldOf(fields, 'create_dir');
  if (written?.kind === 'scalar' && typeof written.value === 'boolean') return written.value;
  return textAt(fields, 'kind') === 'output';
}
