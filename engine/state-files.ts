// The files of the state folder that others see: the folder itself (private, kept out of version control) and `engine.json`,
// by which clients find the engine. The database and the runs have files of their own.
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineFile } from '../remote/local.ts';

/** Throws the system's error where the folder cannot be made or written. */
export function prepareStateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, '.gitignore'), '*\n');
}

/** Whole or not at all, and readable by its owner alone: it holds the token. */
export function writeEngineFile(folder: string, content: EngineFile): void {
  const file = join(folder, 'engine.json');
  const making = `${file}.${process.pid}`;
  writeFileSync(making, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(making, file);
}

export function removeEngineFile(folder: string): void {
  rmSync(join(folder, 'engine.json'), { force: true });
}
