// Puts a real VS Code for the browser (code-server) into the user's cache folder, from packages of the npm registry alone.
// Needs no compiler. A second call on a finished folder returns at once; two calls at once make one installation.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** VS Code 1.139.1, which wants Node 24. */
export const vscodeVersion = '4.139.1';
const nodeVersion = '24.21.0';
/** Changes whenever the steps below change. */
const recipe = `code-server ${vscodeVersion} on node ${nodeVersion}, recipe 1`;

export interface VscodeInstallation {
  readonly folder: string;
  readonly node: string;
  readonly entry: string;
}

/** Where the installation lies, outside the repository so that clones share it. */
export function installationFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'weft', `vscode-${vscodeVersion}-${process.arch}`);
}

/**
 * Installs where needed. `report` gets one line per stage.
 * Throws an error that says what is missing, on platforms that the registry has no parts for.
 */
export async function provisionVscode(report: (line: string) => void): Promise<VscodeInstallation> {
  const folder = installationFolder();
  const found = installation(folder);
  if (found) return found;
  if (process.platform !== 'linux') {
    throw new Error(
      `VS Code in the browser can be installed on Linux only, and this is ${process.platform}. Install the desktop VS Code with its "code" command, then run npm start again.`,
    );
  }
  mkdirSync(join(folder, '..'), { recursive: true });
  const making = `${folder}.${process.pid}`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making);
  try {
    report('fetching VS Code for the browser (about 150 MB, once)');
    await unpack('code-server', vscodeVersion, join(making, 'code-server'), making);
    await unpack(`node-linux-${process.arch}`, nodeVersion, join(making, 'node-dist'), making);
    symlinkSync('node-dist/bin/node', join(making, 'node'));
    const vscode = join(making, 'code-server/lib/vscode');
    report('installing its parts (1 of 3)');
    await npm(join(making, 'code-server'), 'ci', '--omit=dev', '--ignore-scripts');
    report('installing its parts (2 of 3)');
    // The second lock lacks a peer, and npm ci refuses it without --legacy-peer-deps.
    await npm(vscode, 'ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps');
    report('installing its parts (3 of 3)');
    await npm(join(vscode, 'extensions'), 'ci', '--omit=dev', '--ignore-scripts');
    trim(making, vscode);
    writeFileSync(join(making, 'STAMP'), recipe);
    if (!installation(folder)) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(making, folder);
    }
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  const made = installation(folder);
  if (!made) throw new Error(`the installation in ${folder} is not complete; remove that folder and try again`);
  return made;
}

function installation(folder: string): VscodeInstallation | undefined {
  const stamp = join(folder, 'STAMP');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== recipe) return undefined;
  return { folder, node: join(folder, 'node'), entry: join(folder, 'code-server/out/node/entry.js') };
}

/** Not needed to run extensions: the AI runtime, other platforms' binaries, C headers. */
function trim(folder: string, vscode: string): void {
  const modules = join(vscode, 'node_modules');
  for (const path of ['@microsoft/mxc-sdk/bin', '@parcel/watcher-linux-x64-musl'])
    rmSync(join(modules, path), { recursive: true, force: true });
  for (const path of ['include', 'share']) rmSync(join(folder, 'node-dist', path), { recursive: true, force: true });
}

async function unpack(name: string, version: string, into: string, scratch: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  const { stdout } = await npm(scratch, 'pack', '--silent', `${name}@${version}`);
  const archive = join(scratch, stdout.trim().split('\n').at(-1)!);
  await run('tar', ['-xzf', archive, '-C', into, '--strip-components=1']);
  rmSync(archive);
}

function npm(cwd: string, ...args: string[]): Promise<{ stdout: string }> {
  return run('npm', ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', ...args], {
    cwd,
    maxBuffer: 1 << 26,
  });
}
