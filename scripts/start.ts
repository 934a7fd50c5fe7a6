// Opens VS Code on the digits example with the extension installed: the desktop one where there is a `code` command, else one in
// the browser. The example is copied to the user's cache folder first, so that trying it leaves the repository clean.
// Usage: npm start [-- --browser] [--port N]
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packageExtension } from './package.ts';
import { provisionVscode } from './vscode/provision.ts';
import { sourceFingerprint } from './vscode/source-fingerprint.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({ options: { browser: { type: 'boolean' }, port: { type: 'string', default: '0' } } });
const started = Date.now();
const report = (line: string) => console.log(`[${((Date.now() - started) / 1000).toFixed(0).padStart(3)} s] ${line}`);

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'weft', 'start');
mkdirSync(cache, { recursive: true });
const example = join(cache, 'digits');
const vsix = join(cache, 'weft.vsix');

try {
  await preparePackage();
  if (!existsSync(example)) cpSync(join(root, 'examples/digits'), example, { recursive: true });
  const desktop = options.browser ? undefined : desktopCode();
  if (desktop) openDesktop(desktop);
  else await openBrowser();
} catch (error) {
  console.error(`weft: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(2);
}

/** Packs the extension again only when a source changed since the last start. */
async function preparePackage(): Promise<void> {
  const fingerprint = sourceFingerprint(root);
  const stamp = join(cache, 'weft.fingerprint');
  if (existsSync(vsix) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;
  report('building the extension');
  const bytes = await packageExtension(vsix);
  writeFileSync(stamp, fingerprint);
  report(`built (${(bytes / 1e6).toFixed(2)} MB)`);
}

function desktopCode(): string | undefined {
  try {
    execFileSync('code', ['--version'], { stdio: 'pipe' });
    return 'code';
  } catch {
    return undefined;
  }
}

function openDesktop(code: string): void {
  report('installing the extension into VS Code');
  execFileSync(code, ['--install-extension', vsix, '--force'], { stdio: 'inherit' });
  report(`opening ${example}`);
  execFileSync(code, ['--new-window', example, join(example, 'digits.workflow.yaml')], { stdio: 'inherit' });
}

async function openBrowser(): Promise<void> {
  const vscode = await provisionVscode(report);
  const profile = join(cache, 'profile');
  const settings = join(profile, 'User/settings.json');
  mkdirSync(dirname(settings), { recursive: true });
  if (!existsSync(settings))
    writeFileSync(settings, JSON.stringify({ 'workbench.startupEditor': 'none', 'telemetry.telemetryLevel': 'off' }, null, 2));
  const config = join(cache, 'code-server.yaml');
  writeFileSync(config, 'auth: none\n');
  const base = [vscode.entry, '--config', config, '--user-data-dir', profile, '--extensions-dir', join(cache, 'extensions')];
  const env = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  const installed = join(cache, 'installed');
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(vsix).mtimeMs) {
    report('installing the extension');
    execFileSync(vscode.node, [...base, '--install-extension', vsix, '--force'], { env, stdio: 'pipe' });
    writeFileSync(installed, '');
  }
  report('starting VS Code');
  const flags = [
    '--auth',
    'none',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-workspace-trust',
    '--ignore-last-opened',
  ];
  const server = spawn(vscode.node, [...base, '--bind-addr', `127.0.0.1:${options.port}`, ...flags], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => server.kill(signal));
  let log = '';
  server.stdout.setEncoding('utf8').on('data', (text: string) => {
    log += text;
    const address = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(log)?.[1];
    if (!address) return;
    server.stdout.removeAllListeners('data').resume();
    report('ready. Open this address in a browser; Ctrl-C ends it:');
    console.log(`\n  ${address}/?folder=${encodeURIComponent(example)}\n`);
  });
  await new Promise<void>((resolve, reject) =>
    server.once('exit', (code) => (code ? reject(new Error(`VS Code ended with code ${code}:\n${log}`)) : resolve())),
  );
}
