// Runs mocha files inside the extension host of a real VS Code, against the installed package, and gives their results.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stopEngine } from '../../../remote/local.ts';
import { bridgeExtension, bundleForHost } from './host-bundle.ts';
import type { HostResult, HostRun } from './host-runner.ts';
import { startServer } from './server.ts';
import { openWindow } from './window.ts';

export interface HostTests {
  readonly vsix: string;
  readonly files: readonly string[];
  /** Gets the server's folder, makes the workspace in it, and returns that folder. */
  readonly workspace: (folder: string) => string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Where logs and a picture go when something fails. */
  readonly output: string;
  /** 240 s when absent. */
  readonly timeoutMs?: number;
}

/** Rejects where the run as a whole broke: no window, a crash, no result. */
export async function runHostTests(tests: HostTests): Promise<readonly HostResult[]> {
  const server = await startServer({
    vsix: [tests.vsix],
    env: (folder) => ({ WEFT_TEST_HOST: join(folder, 'host.json') }),
    ...(tests.settings && { settings: tests.settings }),
  });
  const lines: string[] = [];
  let workspace: string | undefined;
  let healthy = false;
  try {
    const built = (file: string) => join(server.folder, 'tests', `${basename(file, '.ts')}.cjs`);
    await Promise.all(tests.files.map((file) => bundleForHost(file, built(file))));
    const runner = join(server.folder, 'tests', 'runner.cjs');
    await bundleForHost(join(import.meta.dirname, 'host-runner.ts'), runner);
    const run: HostRun = {
      files: tests.files.map(built),
      from: import.meta.filename,
      results: join(server.folder, 'results.json'),
    };
    writeFileSync(join(server.folder, 'host.json'), JSON.stringify(run));
    workspace = tests.workspace(server.folder);
    const window = await openWindow(server, {
      folder: workspace,
      develop: [await bridgeExtension(server.folder)],
      tests: runner,
      onLog: (line) => lines.push(line),
    });
    try {
      const patience = Promise.withResolvers<string>();
      const timer = setTimeout(() => patience.resolve('no result in time'), tests.timeoutMs ?? 240_000);
      const end = await Promise.race([window.exit, patience.promise]);
      clearTimeout(timer);
      healthy = end === 0;
      if (!healthy) await window.page.screenshot({ path: join(output(tests), 'at-end.png') }).catch(() => {});
      if (typeof end === 'string') throw new Error(`The run in the extension host broke: ${end}. See ${tests.output}`);
      return JSON.parse(readFileSync(run.results, 'utf8')) as HostResult[];
    } finally {
      await window.close();
    }
  } finally {
    if (!healthy) {
      server.keepLogs(output(tests));
      writeFileSync(join(tests.output, 'console.log'), lines.join('\n'));
    }
    // An engine outlives its window on purpose.
    if (workspace !== undefined) await stopEngine(workspace);
    await server.stop();
  }
}

function output(tests: HostTests): string {
  mkdirSync(tests.output, { recursive: true });
  return tests.output;
}
