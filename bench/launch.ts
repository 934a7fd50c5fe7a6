// What the launcher and the process executor add to the start of a process that does nothing.
// Usage: node scripts/run.mjs bench/launch.ts [COUNT]
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from '../engine/executors/executor.ts';
import { createProcessExecutor } from '../engine/executors/process.ts';
import { attemptFolder } from '../engine/launcher/attempt-folder.ts';
import { launch } from '../engine/launcher/launch.ts';

const count = Number(process.argv[2] ?? 300);
const root = mkdtempSync(join(tmpdir(), 'weft-bench-'));
const executor = createProcessExecutor();
const waiting = new Map<string, (outcome: Outcome) => void>();
executor.onOutcome((key, outcome) => waiting.get(key)?.(outcome));

const ways: Record<string, (key: string) => Promise<unknown>> = {
  'raw spawn': () => new Promise((done) => spawn('/bin/true', [], { stdio: 'ignore' }).on('exit', done)),
  launcher: async (key) => {
    const folder = attemptFolder(join(root, key));
    const launched = await launch(folder, { key, stepRun: key, argv: ['/bin/true'], cwd: root, env: {} });
    await launched.ended;
  },
  'process executor': async (key) => {
    const folder = join(root, key);
    mkdirSync(folder);
    const ended = new Promise((done) => waiting.set(key, done));
    const command = { kind: 'arguments', file: '/bin/true', arguments: [] } as const;
    await executor.submit({ key, stepRun: key, folder, cwd: root, command, environment: {} });
    await ended;
    waiting.delete(key);
  },
};

try {
  for (const round of ['warm-up', 'measured']) {
    for (const [name, run] of Object.entries(ways)) {
      const times: number[] = [];
      for (let index = 0; index < count; index++) {
        const start = performance.now();
        await run(`${round}-${name}-${index}`);
        times.push(performance.now() - start);
      }
      times.sort((a, b) => a - b);
      const at = (share: number) => times[Math.floor(share * (times.length - 1))]!.toFixed(2);
      if (round === 'measured') console.log(`${name.padEnd(18)} median ${at(0.5)} ms, p95 ${at(0.95)} ms`);
    }
  }
} finally {
  await executor.close();
  rmSync(root, { recursive: true });
}
