// Runs in the extension host as VS Code's test module: mocha over the files it is told, and what happened written to a file.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type MochaClass from 'mocha';

export interface HostRun {
  readonly files: readonly string[];
  /** Where mocha is found from. */
  readonly from: string;
  readonly results: string;
}

export interface HostResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly error?: string;
}

export function run(): Promise<void> {
  const config = JSON.parse(readFileSync(process.env['WEFT_TEST_HOST']!, 'utf8')) as HostRun;
  const Mocha = createRequire(config.from)('mocha') as typeof MochaClass;
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, color: false, reporter: class {} as never });
  for (const file of config.files) mocha.addFile(file);
  const results: HostResult[] = [];
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failures) => {
      writeFileSync(config.results, JSON.stringify(results));
      if (failures) reject(new Error(`${failures} failed`));
      else resolve();
    });
    runner.on('pass', (test) => results.push({ title: test.fullTitle(), state: 'passed' }));
    runner.on('pending', (test) => results.push({ title: test.fullTitle(), state: 'skipped' }));
    runner.on('fail', (test, error: Error) =>
      results.push({ title: test.fullTitle(), state: 'failed', error: error.stack ?? String(error) }),
    );
  });
}
