// The engine is killed with SIGKILL at random moments while it submits; the next one attaches or submits again.
// Afterwards every command ran exactly once, its status is known and its log is whole (invariant I7, L1, L2).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { countedLog, countingWork } from './counting-work.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { openExecutor, textOf } from './work.ts';

const count = 12;

test('killing the engine at any moment loses no byte, no status, and starts nothing twice', async (t) => {
  for (let round = 0; round < 12; round++) {
    const root = temporaryFolder(t);
    const doomed = spawn(process.execPath, [fileURLToPath(new URL('doomed-engine.ts', import.meta.url)), root, String(count)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(doomed, 'exit');
    await once(doomed.stdout, 'data');
    // Spread over the time that the submissions take.
    const delay = Math.random() * 30;
    await new Promise((resolve) => setTimeout(resolve, delay));
    doomed.kill('SIGKILL');
    await exit;

    const { executor, outcome, counts } = openExecutor(t);
    for (let index = 0; index < count; index++) {
      const work = countingWork(root, index);
      const attached = await executor.attach(work.key, work.folder);
      if (attached.kind === 'unknown') await executor.submit(work);
      const end = attached.kind === 'ended' ? attached.outcome : await outcome(work.key);
      const where = `round ${round}, killed after ${delay.toFixed(1)} ms, ${work.key}, ${attached.kind}`;
      assert.equal(end.exitCode, 5, where);
      assert.equal(textOf(work, 'ran'), 'ran\n', where);
      assert.equal(textOf(work, 'log'), countedLog, where);
      assert.ok((counts.get(work.key) ?? 0) <= 1, where);
    }
    await executor.close();
  }
});
