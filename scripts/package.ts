// Makes the VSIX: bundles, then packs what .vscodeignore lets through.
// Usage: npm run package [-- FILE]
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
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
  return statSync(file).size;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2] ?? join(root, 'weft.vsix');
  const bytes = await packageExtension(file);
  console.log(`${file}: ${(bytes / 1e6).toFixed(2)} MB`);
}
