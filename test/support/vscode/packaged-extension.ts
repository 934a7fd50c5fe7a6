// The VSIX that the tests install: packed once for a state of the sources, shared by all test files, which may start at the same time.
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { packageExtension } from '../../../scripts/package.ts';
import { sourceFingerprint } from '../../../scripts/vscode/source-fingerprint.ts';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, '.cache/vsix');

/** Path of the package. */
export async function packagedExtension(): Promise<string> {
  const file = join(folder, `weft-${sourceFingerprint(root).slice(0, 16)}.vsix`);
  const lock = join(folder, 'lock');
  mkdirSync(folder, { recursive: true });
  while (!existsSync(file)) {
    if (!take(lock)) {
      await pause(200);
      continue;
    }
    try {
      if (existsSync(file)) break;
      for (const old of globSync('*.vsix', { cwd: folder })) rmSync(join(folder, old));
      const making = join(folder, 'making');
      await packageExtension(making);
      renameSync(making, file);
    } finally {
      rmSync(lock);
    }
  }
  return file;
}

/** The file names the process that packs, so that one left by a killed process does not hold for ever. */
function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isAlive(ownerOf(lock))) rmSync(lock, { force: true });
    return false;
  }
}

function ownerOf(lock: string): number {
  try {
    return Number(readFileSync(lock, 'utf8')) || process.pid; // empty: it is just being written
  } catch {
    return process.pid; // gone: the next try gets it
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
