// What each process runs, into dist/ (esbuild). The two tables below are the whole list of what ships.
// Usage: npm run bundle              minified, as it ships
//        npm run bundle -- --readable
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSdkTypes } from './sdk-types.ts';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const readable = process.argv.includes('--readable');

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: !readable,
  sourcemap: readable,
  legalComments: 'none',
  logLevel: 'warning',
  target: 'es2023',
};
/** Some libraries are CommonJS and call `require` for modules of Node. */
const requireInModules =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";
const node: BuildOptions = { ...common, platform: 'node', target: 'node22.15' };
const browser: BuildOptions = { ...common, platform: 'browser' };

/** The library is a bundle of its own, which is read when it is first imported. */
function apart(library: string, bundle: string): Plugin {
  return {
    name: 'apart',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${library}$`) }, () => ({ path: bundle, external: true }));
    },
  };
}

/** Programs on Node: entry in dist/ -> source. What several have in common, which is most of it, is in dist/shared/ once. */
const programs: Readonly<Record<string, string>> = {
  'server/main.node': 'server/node/main.ts',
  'engine/main': 'engine/main.ts',
  'engine/router': 'engine/services/router.ts',
  'debug/main': 'debug/main.ts',
  'cli/weft': 'cli/main.ts',
};

/** By itself: output file -> what it is made from. */
export const bundles: Readonly<Record<string, BuildOptions>> = {
  'dist/client/extension.cjs': {
    ...node,
    format: 'cjs',
    entryPoints: ['client/extension.ts'],
    external: ['vscode'],
    supported: { 'dynamic-import': false }, // Node would not find all names that a CommonJS bundle exports
    plugins: [apart('vscode-languageclient/node', './language-client.cjs')],
  },
  // Most of the code of the extension, and not needed to activate it.
  'dist/client/language-client.cjs': {
    ...node,
    format: 'cjs',
    entryPoints: ['vscode-languageclient/node'],
    external: ['vscode'],
  },
  // Loaded by the TypeScript service; what it loads is the module itself.
  'dist/typescript-plugin/index.cjs': {
    ...node,
    format: 'cjs',
    entryPoints: ['client/typescript-plugin.ts'],
    footer: { js: 'module.exports = module.exports.default;' },
  },
  'dist/server/main.browser.js': { ...browser, format: 'iife', entryPoints: ['server/main.browser.ts'] },
  'dist/layout/worker.mjs': {
    ...common,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'esm',
    entryPoints: ['layout/main.ts'],
  },
  'dist/loader/confined.mjs': { ...node, format: 'esm', entryPoints: ['loader/typescript/confined/main.ts'] },
  // Evaluated in a realm that has nothing of Node.
  'dist/sdk/weft.mjs': { ...common, platform: 'neutral', format: 'esm', entryPoints: ['sdk/runtime.ts'] },
  'dist/media/graph.js': { ...browser, format: 'iife', entryPoints: ['media/graph/main.ts'] },
  'dist/media/graph.css': { ...browser, entryPoints: ['media/graph/graph.css'] },
  'dist/media/log.js': { ...browser, format: 'iife', entryPoints: ['media/log/main.ts'] },
  'dist/media/log.css': { ...browser, entryPoints: ['media/log/log.css'] },
  'dist/media/metrics.js': { ...browser, format: 'iife', entryPoints: ['media/metrics/main.ts'] },
  'dist/media/metrics.css': { ...browser, entryPoints: ['media/metrics/metrics.css'] },
};

/** Makes all bundles; throws where one does not build. */
export async function bundleAll(): Promise<void> {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  writeSdkTypes();
  await Promise.all([
    ...Object.entries(bundles).map(([outfile, options]) => build({ ...options, outfile })),
    build({
      ...node,
      format: 'esm',
      splitting: true,
      entryPoints: programs,
      outdir: 'dist',
      outExtension: { '.js': '.mjs' },
      chunkNames: 'shared/[name]-[hash]',
      // For the command line; to all others it is a comment.
      banner: { js: `#!/usr/bin/env node\n${requireInModules}` },
    }),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = Date.now();
  await bundleAll();
  const made = [...Object.keys(bundles), ...Object.keys(programs).map((name) => `dist/${name}.mjs`)].filter((file) =>
    existsSync(join(root, file)),
  ).length;
  console.log(`${made} bundles in dist/ (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}
