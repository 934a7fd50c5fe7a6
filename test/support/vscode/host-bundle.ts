// What runs in the extension host from TypeScript: bundled, since a VS Code's own Node may not strip types.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;

/** Makes `outfile` of `entry`. */
export async function bundleForHost(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

/** The folder of the bridge extension, made below `folder`. */
export async function bridgeExtension(folder: string): Promise<string> {
  const extension = join(folder, 'bridge');
  mkdirSync(extension, { recursive: true });
  await bundleForHost(join(here, 'bridge-extension.ts'), join(extension, 'main.cjs'));
  const manifest = {
    name: 'weft-test-bridge',
    publisher: 'weft',
    version: '0.0.0',
    engines: { vscode: '^1.80.0' },
    main: './main.cjs',
    activationEvents: ['*'],
    capabilities: { untrustedWorkspaces: { supported: true } },
  };
  writeFileSync(join(extension, 'package.json'), JSON.stringify(manifest));
  return extension;
}
