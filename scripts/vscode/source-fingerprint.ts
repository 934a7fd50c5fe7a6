// A hash of everything that goes into the extension, so that a start builds only what changed.
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const patterns = [
  '{core,layout,remote,engine,loader,cli,server,client,media,schemas,l10n,syntaxes}/**/*',
  'examples/**/*',
  'scripts/bundle.ts',
  'package*.json',
  'language-configuration.json',
];

export function sourceFingerprint(root: string): string {
  const hash = createHash('sha256');
  for (const entry of globSync(patterns, { cwd: root, withFileTypes: true, exclude: (each) => each.name === '.weft' })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .sort()) {
    hash.update(entry).update('\0').update(readFileSync(entry)).update('\0');
  }
  return hash.digest('hex');
}
