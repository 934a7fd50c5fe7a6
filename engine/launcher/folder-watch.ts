// Wakes up when something in a folder may have changed: by the system's notice, and by a slow poll where notices are
// missing (network mounts, exhausted watches). A wake-up is a hint to look, never a fact.
import { type FSWatcher, watch } from 'node:fs';

export interface FolderWatch {
  close(): void;
}

/** Calls `look` after changes and at least every `pollMs`. The folder must exist. */
export function watchFolder(path: string, pollMs: number, look: () => void): FolderWatch {
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(path, look);
    watcher.on('error', () => watcher?.close());
  } catch {
    // The poll remains.
  }
  const timer = setInterval(look, pollMs);
  return {
    close() {
      watcher?.close();
      clearInterval(timer);
    },
  };
}
