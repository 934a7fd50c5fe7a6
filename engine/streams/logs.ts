// The logs that somebody reads: one reader per attempt folder, let go when nobody has used it for a while.
import type { Logs } from './log.ts';
import { createLogFile, type LogFile } from './log-file.ts';

/** A reader costs a file descriptor and its marks; made anew it costs one pass over the file, some 0.1 s per 100 MB. */
const idleMs = 60_000;

export function createLogs(): Logs {
  const files = new Map<string, LogFile>();
  const sweep = setInterval(() => {
    const before = performance.now() - idleMs;
    for (const [folder, file] of files) {
      if (file.usedAt > before) continue;
      files.delete(folder);
      void file.rest();
    }
  }, idleMs / 2).unref();

  return {
    open(folder) {
      let file = files.get(folder);
      if (!file) {
        file = createLogFile(folder);
        files.set(folder, file);
      }
      return file;
    },
    async close() {
      clearInterval(sweep);
      const open = [...files.values()];
      files.clear();
      await Promise.all(open.map((file) => file.close()));
    },
  };
}
