// Which folder an engine belongs to: editor and command line find the same one, and so share one engine.
// Rule: the nearest folder upward with weft.config.yaml, else the editor's folder, else the git root, else the file's folder.
// Source: language.md part 6.
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const configName = 'weft.config.yaml';

/** `start`: a file or a folder. `editorFolder`: the workspace folder of the editor that holds it. */
export function workspaceRoot(start: string, editorFolder?: string): string {
  const from = folderOf(resolve(start));
  return upward(from, configName) ?? editorFolder ?? upward(from, '.git') ?? from;
}

function folderOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
}

function upward(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
