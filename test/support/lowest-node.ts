// The lowest Node that Weft runs on, from the npm registry into the user's cache folder, outside the repository so that clones share it.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const lowestVersion = '22.15.1';

/** The path of its executable. Two calls at once make one installation. */
export async function lowestNode(): Promise<string> {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'weft');
  const folder = join(cache, `node-${lowestVersion}-${process.platform}-${process.arch}`);
  const node = join(folder, 'bin/node');
  if (existsSync(node)) return node;
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(join(cache, 'node-'));
  try {
    await run('npm', ['pack', '--silent', `node-${process.platform}-${process.arch}@${lowestVersion}`], { cwd: making });
    const [archive] = readdirSync(making);
    await run('tar', ['-xzf', archive!, '--strip-components=1', 'package/bin/node'], { cwd: making });
    rmSync(join(making, archive!));
    if (!existsSync(node)) renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return node;
}
