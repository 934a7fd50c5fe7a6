// The log path: a job writes lines as fast as it can, a reader takes all of them through windows; then jumps in the whole log.
// Usage: node scripts/run.mjs bench/log.ts [LINES]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcessExecutor } from '../engine/executors/process.ts';
import { createLogs } from '../engine/streams/logs.ts';

const total = Number(process.argv[2] ?? 2_000_000);
const window = 2_000;
const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'));
const executor = createProcessExecutor();
const logs = createLogs();
const writer = `
  const { writeSync } = require('node:fs');
  let text = '';
  for (let line = 0; line < ${total}; line++) {
    text += 'epoch 3 batch ' + line + ' loss=0.4711 accuracy=0.9812 lr=0.001\\n';
    if (text.length > 60000) { writeSync(1, text); text = ''; }
  }
  writeSync(1, text);
`;
try {
  const reader = logs.open(folder);
  const never = new AbortController().signal;
  const start = performance.now();
  await executor.submit({
    key: 'bench.1',
    stepRun: 'bench',
    folder,
    cwd: folder,
    command: { kind: 'arguments', file: process.execPath, arguments: ['-e', writer] },
    environment: {},
  });
  let seen = 0;
  let wrong = 0;
  let ended = false;
  let size = { bytes: 0, lines: 0, ended: false };
  while (!ended) {
    size = await reader.waitFor({ lines: seen }, 10_000, never);
    ended = size.ended;
    while (seen < size.lines) {
      const { lines } = await reader.lines(seen, window);
      for (const line of lines) if (!line.startsWith(`epoch 3 batch ${seen++} `)) wrong++;
    }
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `${seen.toLocaleString('en')} lines (${(size.bytes / 1e6).toFixed(0)} MB) in ${seconds.toFixed(2)} s: ` +
      `${Math.round(seen / seconds).toLocaleString('en')} lines/s, wrong ${wrong}, missing ${total - seen}`,
  );

  const fresh = createLogs();
  const opening = performance.now();
  await fresh.open(folder).size();
  console.log(`index made anew in ${(performance.now() - opening).toFixed(0)} ms`);
  const jumps: number[] = [];
  for (let jump = 0; jump < 200; jump++) {
    const first = Math.floor((jump / 200) * (seen - 100));
    const begin = performance.now();
    await fresh.open(folder).lines(first, 100);
    jumps.push(performance.now() - begin);
  }
  jumps.sort((a, b) => a - b);
  console.log(`a window of 100 lines anywhere: median ${jumps[100]!.toFixed(2)} ms, p95 ${jumps[190]!.toFixed(2)} ms`);
  const searching = performance.now();
  let from = 0;
  for (let more = true; more; ) {
    const found = await fresh
      .open(folder)
      .search({ text: `batch ${total - 1} `, regex: false, caseSensitive: true, from, limit: 10 }, never);
    from = found.searched;
    more = found.truncated;
  }
  console.log(`a search through all lines: ${(performance.now() - searching).toFixed(0)} ms`);
  console.log(`memory of this process: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
  await fresh.close();
} finally {
  await executor.close();
  await logs.close();
  rmSync(folder, { recursive: true });
}
