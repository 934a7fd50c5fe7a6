// A folder of its own for a test, removed when the test ends.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

export function temporaryFolder(test: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'weft-steps-'));
  // Late children of a test may still write a file while the tree is being removed.
  test.after(() => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }));
  return path;
}
