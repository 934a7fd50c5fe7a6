// Pieces of work for an executor, in folders below one root.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Executor, Outcome, Work } from '../../engine/executors/executor.ts';
import { createProcessExecutor } from '../../engine/executors/process.ts';

export function shellWork(root: string, key: string, text: string, environment: Record<string, string> = {}): Work {
  const folder = join(root, key);
  mkdirSync(folder, { recursive: true });
  return { key, stepRun: key.split('.')[0]!, folder, cwd: folder, command: { kind: 'shell', text }, environment };
}

/** An executor with its outcomes by key; closed, and its work ended, after the test. */
export function openExecutor(test: TestContext): {
  executor: Executor;
  outcome(key: string): Promise<Outcome>;
  counts: Map<string, number>;
} {
  const executor = createProcessExecutor();
  const counts = new Map<string, number>();
  const arrived = new Map<string, { promise: Promise<Outcome>; resolve: (outcome: Outcome) => void }>();
  const slot = (key: string) => {
    let found = arrived.get(key);
    if (!found) {
      let resolve!: (outcome: Outcome) => void;
      found = { promise: new Promise<Outcome>((done) => (resolve = done)), resolve: (outcome) => resolve(outcome) };
      arrived.set(key, found);
    }
    return found;
  };
  executor.onOutcome((key, outcome) => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
    slot(key).resolve(outcome);
  });
  test.after(() => executor.close());
  return { executor, outcome: (key) => slot(key).promise, counts };
}

export function textOf(work: Work, file: string): string {
  const path = join(work.folder, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
