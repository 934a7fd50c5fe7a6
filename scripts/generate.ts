// Writes everything that is derived from one source of truth. Usage: npm run generate [-- --check]
// With --check nothing is written: a file that is not as it would be written is named, and the exit code is 1.
// To have another file generated, add a row to `sources`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { GeneratedFile } from './generate-contributes.ts';

type Source = () => Promise<readonly GeneratedFile[]>;

/** In this order: later rows read what earlier ones wrote, so each is loaded only when its turn comes. */
const sources: readonly Source[] = [
  async () => (await import('./generate-shapes.ts')).shapeFiles(),
  async () => (await import('./generate-json-schema.ts')).jsonSchemaFiles(),
  async () => (await import('./generate-sdk.ts')).sdkFiles(),
  async () => (await import('./generate-reference.ts')).referenceFiles(),
  async () => [{ path: 'docs/rules.md', text: (await import('../core/rules/docs.ts')).rulesPage() }],
  async () => (await import('./generate-contributes.ts')).contributionFiles(),
];

const root = new URL('../', import.meta.url);
const check = process.argv.includes('--check');
const stale: string[] = [];

for (const source of sources) {
  for (const { path, text } of await source()) {
    const file = new URL(path, root);
    if (read(file) === text) continue;
    stale.push(path);
    if (check) continue;
    mkdirSync(new URL('.', file), { recursive: true });
    writeFileSync(file, text);
  }
}

if (stale.length > 0) console.log(`${check ? 'Not as generated (run npm run generate)' : 'Written'}: ${stale.join(', ')}`);
process.exitCode = check && stale.length > 0 ? 1 : 0;

function read(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
