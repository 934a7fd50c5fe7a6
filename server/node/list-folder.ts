// What is in a folder of this machine, for completion of paths.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FolderEntry } from '../host.ts';

/** More names than this are of no help in a list. */
const most = 1000;

export async function listFolder(uri: string): Promise<readonly FolderEntry[]> {
  try {
    const folder = fileURLToPath(uri);
    const entries = await readdir(folder, { withFileTypes: true });
    return await Promise.all(
      entries.slice(0, most).map(async (entry) => ({
        name: entry.name,
        isFolder: entry.isSymbolicLink() ? await leadsToFolder(join(folder, entry.name)) : entry.isDirectory(),
      })),
    );
  } catch {
    // No file URI, no such folder, or one that may not be read: there is nothing to offer.
    return [];
  }
}

async function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
