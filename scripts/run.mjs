// Runs a script of this repository on the pinned Node, whatever Node the machine has.
// Plain JavaScript, because the machine's own Node may be too old for TypeScript.
// Usage: node scripts/run.mjs FILE [ARGUMENT...]
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lowest = [22, 18];

/** The pinned Node of this platform (an optional dependency), or undefined where the registry has none. */
function pinnedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const folder = join(root, 'node_modules', `node-${platform}-${process.arch}`);
  return [join(folder, 'bin', 'node'), join(folder, 'bin', 'node.exe')].find((file) => existsSync(file));
}

function ownNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > lowest[0] || (major === lowest[0] && minor >= lowest[1])) return process.execPath;
  console.error(`weft: there is no pinned Node for ${process.platform}-${process.arch}, and this Node is ${process.version}.`);
  console.error(`      Install Node ${lowest.join('.')} or newer, then run the command again.`);
  process.exit(2);
}

if (!existsSync(join(root, 'node_modules'))) {
  console.error('weft: the dependencies are not installed; run "npm ci" first.');
  process.exit(2);
}
const child = spawn(pinnedNode() ?? ownNode(), process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
