// Runs the tests and counts them. Each file is a process of its own; two run at a time, since the machines are small.
// Usage: npm test            everything: checks, then every test file
//        npm test -- FOLDER  the test files under test/FOLDER
// Ends with "N passed, N failed" alone on a line, and with exit code 1 when something failed or nothing ran.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folders = process.argv.slice(2);
const files = (folders.length ? folders : ['.'])
  .flatMap((folder) => globSync(`test/${folder}/**/*.test.ts`, { cwd: root }))
  .map((file) => join(root, file))
  .sort();

let checksFailed = 0;
if (!folders.length) {
  const check = spawnSync(process.execPath, [join(root, 'scripts/check.ts')], { cwd: root, stdio: 'inherit' });
  if (check.status !== 0) checksFailed = 1;
}

let passed = 0;
let failed = checksFailed;
const events = run({ files, concurrency: 2, timeout: 600_000, cwd: root });
events.on('test:pass', (event) => {
  if (event.details.type !== 'suite') passed++;
});
events.on('test:fail', (event) => {
  if (event.details.type !== 'suite') failed++;
});
events.compose(new spec()).pipe(process.stdout);
await new Promise((resolve) => events.on('end', resolve));

await new Promise((resolve) => process.stdout.write('', resolve));
if (passed === 0) console.log('no test ran');
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed || passed === 0 ? 1 : 0;
