// The types of the SDK as files, for compilers and editors outside of VS Code, which knows them by itself.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** By their paths in one folder; `index.d.ts` is what `weft` means. */
export function typeFiles(): ReadonlyMap<string, string> {
  const isSource = import.meta.url.endsWith('.ts');
  if (isSource) {
    const sdk = fileURLToPath(new URL('../../sdk/index.ts', import.meta.url));
    return new Map([['index.d.ts', `export * from ${JSON.stringify(sdk)};\n`]]);
  }
  const folder = fileURLToPath(new URL('../sdk/types/', import.meta.url));
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts'));
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
