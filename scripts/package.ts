// Makes the VSIX: bundles, then packs what .vscodeignore lets through.
// Usage: npm run package [-- FILE]
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { addToZip } from './add-to-zip.ts';
import { bundleAll } from './bundle.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Writes the VSIX to `file` and gives its size in bytes. */
export async function packageExtension(file: string): Promise<number> {
  await bundleAll();
  await createVSIX({
    cwd: root,
    packagePath: file,
    dependencies: false,
    skipLicense: true,
    allowMissingRepository: true,
    rewriteRelativeLinks: false, // the repository has no public address
  });
  const plugin = 'extension/node_modules/weft-typescript';
  await addToZip(file, {
    [`${plugin}/index.js`]: readFileSync(join(root, 'dist/typescript-plugin/index.cjs')),
    [`${plugin}/package.json`]: Buffer.from(JSON.stringify({ name: 'weft-typescript', version: '1.0.0', main: 'index.js' })),
  });
  return statSync(file).size;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2] ?? join(root, 'weft.vsix');
  const bytes = await packageExtension(file);
  console.log(`${file}: ${(bytes / 1e6).toFixed(2)} MB`);
}
