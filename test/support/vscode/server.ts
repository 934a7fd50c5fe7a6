// A real VS Code server with a profile of its own: VSIX files installed first, user settings written, a free port of 127.0.0.1.
// Whatever it starts dies with it: it leads a process group.
import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { provisionVscode } from '../../../scripts/vscode/provision.ts';
import { bridgeSocket } from './bridge.ts';
import { addLanguage } from './language-pack.ts';

export interface ServerOptions {
  readonly vsix?: readonly string[];
  /** User settings over the defaults below. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** More environment for the server, and so for the extension host, given the server's folder. */
  readonly env?: (folder: string) => Readonly<Record<string, string>>;
  /** Workspace trust is on, so that a window can be untrusted. */
  readonly trust?: boolean;
  /** `zh-cn`: the language of the window; English when absent. */
  readonly language?: 'zh-cn';
}

export interface VscodeServer {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  readonly origin: string;
  /** Removed by `stop`. */
  readonly folder: string;
  /** Everything that helps to understand a failure. */
  keepLogs(to: string): void;
  stop(): Promise<void>;
}

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'window.confirmBeforeClose': 'never',
  'files.simpleDialog.enable': true,
  'editor.cursorBlinking': 'solid',
  'workbench.list.smoothScrolling': false,
};

const run = promisify(execFile);

/** Rejects with the server's own output where it does not come up. */
export async function startServer({
  vsix = [],
  settings = {},
  env = () => ({}),
  trust = false,
  language,
}: ServerOptions): Promise<VscodeServer> {
  const vscode = await provisionVscode((line) => console.error(`vscode: ${line}`));
  // Short on purpose: unix sockets lie in it, and such a path has 107 characters at most.
  const folder = mkdtempSync('/tmp/weft-vsc-');
  const inside = (name: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    return join(folder, name);
  };
  const userData = inside('u');
  writeFileSync(
    join(inside('u/User'), 'settings.json'),
    JSON.stringify({ ...quietSettings, 'security.workspace.trust.enabled': trust, ...settings }, null, 2),
  );
  writeFileSync(join(folder, 'config.yaml'), 'auth: none\n');
  const base = ['--config', join(folder, 'config.yaml'), '--user-data-dir', userData, '--extensions-dir', inside('e')];
  const outer = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_|PORT$|PASSWORD$)/.test(name));
  const environment = {
    ...Object.fromEntries(outer),
    TMPDIR: inside('t'),
    XDG_DATA_HOME: inside('d'),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}', // none: nothing asks for one
    WEFT_TEST_BRIDGE: bridgeSocket(folder),
    ...env(folder),
  };
  const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    for (const file of vsix)
      await run(vscode.node, [vscode.entry, ...base, '--force', '--install-extension', file], { env: environment });
  } catch (error) {
    removeFolder();
    throw error;
  }

  const flags = ['--bind-addr', '127.0.0.1:0', '--auth', 'none', '--disable-telemetry', '--disable-update-check'];
  if (language) {
    addLanguage(userData, language);
    flags.push('--locale', language);
  }
  if (!trust) flags.push('--disable-workspace-trust');
  const child = spawn(
    vscode.node,
    [vscode.entry, ...base, ...flags, '--disable-getting-started-override', '--ignore-last-opened'],
    { env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const signalGroup = (signal: NodeJS.Signals) => {
    try {
      process.kill(-child.pid!, signal);
    } catch {
      // it has ended
    }
  };
  const end = () => {
    signalGroup('SIGKILL');
    removeFolder();
  };
  process.on('exit', end); // where this process ends without `stop`
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`VS Code did not listen within 2 minutes:\n${output}`)), 120_000);
    const take = (text: string) => {
      output += text;
      const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1];
      if (!found) return;
      clearTimeout(late);
      resolve(Number(found));
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`VS Code ended with code ${code}:\n${output}`));
    });
  }).catch((error: unknown) => {
    end();
    throw error;
  });

  let stopping: Promise<void> | undefined;
  return {
    host: `127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`,
    folder,
    keepLogs(to) {
      mkdirSync(to, { recursive: true });
      writeFileSync(join(to, 'server.log'), output);
      const logs = join(userData, 'logs');
      if (existsSync(logs)) cpSync(logs, join(to, 'vscode-logs'), { recursive: true });
    },
    stop: () =>
      (stopping ??= (async () => {
        signalGroup('SIGTERM');
        const patience = setTimeout(() => signalGroup('SIGKILL'), 5_000);
        await exited;
        clearTimeout(patience);
        end();
        process.off('exit', end);
      })()),
  };
}
