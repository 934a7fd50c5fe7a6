// Everything that can be said without running the product: types, lint and format, generated files.
// Usage: npm run check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const steps: [name: string, command: string, ...args: string[]][] = [
  ['types', process.execPath, 'node_modules/typescript/bin/tsc', '-b'],
  ['lint and format', process.execPath, 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
];
if (existsSync('scripts/generate.ts')) steps.push(['generated files', process.execPath, 'scripts/generate.ts', '--check']);

let failed = 0;
for (const [name, command, ...args] of steps) {
  const started = Date.now();
  const result = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`${result.status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (result.status !== 0) failed++;
}
process.exit(failed ? 1 : 0);
