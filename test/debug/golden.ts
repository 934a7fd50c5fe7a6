// Golden traces: what went over the wire, requests, answers and events in order, and what the console showed of it, kept in files. `GOLDEN=write` writes them anew.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DapClient } from './dap-client.ts';

export function assertGolden(name: string, { trace, steadyConsole }: DapClient): void {
  assertText(name, `${trace.join('\n')}\n\n${steadyConsole()}`);
}

export function assertText(name: string, text: string): void {
  const file = join(import.meta.dirname, 'golden', `${name}.txt`);
  if (process.env['GOLDEN'] === 'write') {
    mkdirSync(join(import.meta.dirname, 'golden'), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  assert.equal(text, readFileSync(file, 'utf8'), `the trace is not that of ${file}`);
}
