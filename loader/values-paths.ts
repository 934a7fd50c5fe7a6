// Local paths among given values (`./x`, `../x`, also as the `obs_path` of an object) become file URIs, since the engine does not
// know which file they were written in.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Json } from '../core/config/members.ts';
import type { GivenValue, GivenValues } from '../core/config/values-file.ts';

/** `folder`: absolute, what the paths are relative to. */
export function withFileUris(values: GivenValues, folder: string): GivenValues {
  return {
    ...values,
    storages: values.storages.map((each) => withFileUri(each, folder)),
    data: values.data.map((each) => withFileUri(each, folder)),
  };
}

export function withFileUri(given: GivenValue, folder: string): GivenValue {
  const { name, value } = given;
  if (typeof value === 'string' && isLocalPath(value)) {
    const uri = uriOf(value, folder);
    return { name, value: uri, text: uri };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return given;
  const path = (value as { readonly obs_path?: Json }).obs_path;
  return typeof path === 'string' && isLocalPath(path) ? { name, value: { ...value, obs_path: uriOf(path, folder) } } : given;
}

/** The URI keeps a final `/`: it says that a folder is meant. */
export function uriOf(path: string, folder: string): string {
  const uri = pathToFileURL(resolve(folder, path)).href;
  return path.endsWith('/') && !uri.endsWith('/') ? `${uri}/` : uri;
}

function isLocalPath(path: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(path);
}
