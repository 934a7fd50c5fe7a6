// Golden traces: what went over the wire, requests, answers and events in order, kept in files. `GOLDEN=write` writes them anew.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DapClient } from './dap-client.ts';

export function assertGolden(name: string, { trace }: DapClient): void {
  const file = join(import.meta.dirname, 'golden', `${name}.txt`);
  const text = `${trace.join('\n')}\n`;
  if (process.env['GOLDEN'] === 'write') {
    mkdirSync(join(import.meta.dirname, 'golden'), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  assert.equal(text, readFileSync(file, 'utf8'), `the trace is not that of ${file}`);
}
