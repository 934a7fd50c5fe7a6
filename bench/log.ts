// The log path: a job writes lines as fast as it can, a reader takes all of them through windows; then jumps in the whole log.
// The peer reads the same file from its begin to its end as `tail -f` does, without an index.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcessExecutor } from '../engine/executors/process.ts';
import { createLogs } from '../engine/streams/logs.ts';
import { type Figure, quantile } from './figure.ts';

const total = 2_000_000;
const window = 2_000;
const never = new AbortController().signal;
const writer = `
  const { writeSync } = require('node:fs');
  let text = '';
  for (let line = 0; line < ${total}; line++) {
    text += 'epoch 3 batch ' + line + ' loss=0.4711 accuracy=0.9812 lr=0.001\\n';
    if (text.length > 60000) { writeSync(1, text); text = ''; }
  }
  writeSync(1, text);
`;

export async function* log(): AsyncGenerator<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'));
  const executor = createProcessExecutor();
  const logs = createLogs();
  try {
    const started = performance.now();
    const command = { kind: 'arguments', file: process.execPath, arguments: ['-e', writer] } as const;
    await executor.submit({ key: 'bench.1', stepRun: 'bench', folder, cwd: folder, command, environment: {} });
    const { seen, wrong } = await readAll(logs.open(folder));
    const seconds = (performance.now() - started) / 1000;
    const tailed = tail(join(folder, 'log'));
    yield {
      what: 'log lines from job to reader',
      value: seen / seconds,
      unit: 'lines/s',
      peer: { name: 'tail, file at rest', value: total / tailed },
      bar: '>= 200,000 lines/s',
    };
    yield { what: 'lines wrong or missing, of 2,000,000', value: wrong + total - seen, unit: 'lines', bar: 'none' };

    const fresh = createLogs();
    const opening = performance.now();
    await fresh.open(folder).size();
    yield { what: 'index of 2,000,000 lines made anew', value: performance.now() - opening, unit: 'ms' };
    const jumps: number[] = [];
    for (let jump = 0; jump < 200; jump++) {
      const begin = performance.now();
      await fresh.open(folder).lines(Math.floor((jump / 200) * (seen - 100)), 100);
      jumps.push(performance.now() - begin);
    }
    yield { what: 'a window of 100 lines anywhere, p95', value: quantile(jumps, 0.95), unit: 'ms' };
    await fresh.close();
  } finally {
    await logs.close();
    await executor.close();
    rmSync(folder, { recursive: true });
  }
}

async function readAll(reader: ReturnType<ReturnType<typeof createLogs>['open']>) {
  let seen = 0;
  let wrong = 0;
  for (let ended = false; !ended; ) {
    const size = await reader.waitFor({ lines: seen }, 10_000, never);
    ended = size.ended;
    while (seen < size.lines) {
      const { lines } = await reader.lines(seen, window);
      for (const line of lines) if (!line.startsWith(`epoch 3 batch ${seen++} `)) wrong++;
    }
  }
  return { seen, wrong };
}

/** Seconds. */
function tail(file: string): number {
  const started = performance.now();
  execFileSync('sh', ['-c', `tail -n +1 "${file}" | wc -l`]);
  return (performance.now() - started) / 1000;
}
