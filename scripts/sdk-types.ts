// The types of the SDK for editors and compilers: the declarations of sdk/, as far as its public face leads to them, into dist/sdk/types/.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Relative path -> text. The first one is `index.d.ts`. */
export function sdkTypes(): ReadonlyMap<string, string> {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', join(root, 'sdk')], { stdio: 'inherit' });
  const made = join(root, '.cache/types/sdk/sdk');
  const found = new Map<string, string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    const text = readFileSync(join(made, name), 'utf8');
    found.set(name, '');
    const rewritten = text.replace(/(['"])(\.{1,2}\/[^'"]+)\.ts\1/g, (_, quote: string, path: string) => {
      visit(posix.join(posix.dirname(name), `${path}.d.ts`));
      return `${quote}${path}.js${quote}`;
    });
    found.set(name, rewritten);
  };
  visit('index.d.ts');
  return found;
}

export function writeSdkTypes(): void {
  for (const [name, text] of sdkTypes()) {
    const file = join(root, 'dist/sdk/types', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
