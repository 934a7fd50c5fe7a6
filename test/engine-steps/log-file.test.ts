// Reading a log through windows while it grows: no line lost, none doubled, waits end when there is news (invariant I9).
import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import type { LogReader } from '../../engine/streams/log.ts';
import { createLogs } from '../../engine/streams/logs.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { openExecutor, shellWork } from './work.ts';

const never = new AbortController().signal;

test('a missing log reads as empty and not ended', async (t) => {
  const { reader } = openLog(t);
  assert.deepEqual(await reader.size(), { bytes: 0, lines: 0, ended: false });
  assert.deepEqual(await reader.lines(0, 10), { first: 0, lines: [] });
  assert.equal((await reader.bytes(0, 10)).length, 0);
});

test('a line counts when its end is there, or when the process has ended', async (t) => {
  const { reader, append, end } = openLog(t);
  append('one\ntw');
  assert.equal((await reader.size()).lines, 1);
  assert.equal(await reader.partial(), 'tw');
  assert.deepEqual((await reader.lines(0, 10)).lines, ['one']);
  append('o');
  end();
  assert.deepEqual(await reader.size(), { bytes: 7, lines: 2, ended: true });
  assert.deepEqual((await reader.lines(1, 10)).lines, ['two']);
});

test('a reader that goes on from where it was sees each line once, in whatever pieces the log grows', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ text: fc.string({ maxLength: 30 }), lineEnd: fc.boolean() }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      async (pieces, window) => {
        const { reader, append, end } = openLog(t);
        const seen: string[] = [];
        const readOn = async () => {
          for (;;) {
            const { lines } = await reader.lines(seen.length, window);
            seen.push(...lines);
            if (lines.length === 0) return;
          }
        };
        let all = '';
        for (const { text, lineEnd } of pieces) {
          const piece = text.replace(/[\r\n]/g, '') + (lineEnd ? '\n' : '');
          append(piece);
          all += piece;
          await readOn();
        }
        end();
        await readOn();
        assert.deepEqual(seen, all === '' ? [] : all.replace(/\n$/, '').split('\n'));
        assert.equal(Buffer.from(await reader.bytes(0, 1_000_000)).toString(), Buffer.from(all).toString());
      },
    ),
    { numRuns: 40 },
  );
});

test('a wait ends when lines come, when the process ends, when time is up and on abort', async (t) => {
  const { reader, append, end } = openLog(t);
  append('a\n');
  const more = reader.waitFor({ lines: 1 }, 60_000, never);
  append('b\n');
  assert.equal((await more).lines, 2);
  assert.equal((await reader.waitFor({ lines: 2 }, 20, never)).lines, 2);
  const abort = new AbortController();
  const aborted = reader.waitFor({ bytes: 4 }, 60_000, abort.signal);
  abort.abort();
  assert.equal((await aborted).bytes, 4);
  const ended = reader.waitFor({ lines: 2 }, 60_000, never);
  end();
  assert.equal((await ended).ended, true);
});

test('a wait that starts before the log is there sees its first line', async (t) => {
  const { reader, append } = openLog(t);
  const first = reader.waitFor({ lines: 0 }, 60_000, never);
  append('hello\n');
  assert.equal((await first).lines, 1);
});

test('lines have the time of their arrival, those from before the first look have none', async (t) => {
  const { reader, append } = openLog(t);
  append('old\n');
  await reader.size();
  const before = Date.now();
  append('new\nnewer\n');
  const window = await reader.lines(1, 5);
  assert.equal(window.times?.length, 2);
  for (const time of window.times!) assert.ok(time >= before && time <= Date.now());
  assert.equal((await reader.lines(0, 3)).times, undefined);
});

test('a search finds lines by text and by pattern, goes on from where it stopped, and refuses what is no pattern', async (t) => {
  const { reader, append } = openLog(t);
  append(Array.from({ length: 5_000 }, (_, line) => `line ${line}${line % 1_000 === 7 ? ' ERROR' : ''}\n`).join(''));
  const query = { text: 'error', regex: false, caseSensitive: false, from: 0, limit: 100 };
  assert.deepEqual(await reader.search(query, never), { lines: [7, 1007, 2007, 3007, 4007], searched: 5_000, truncated: false });
  const part = await reader.search({ ...query, limit: 2 }, never);
  assert.deepEqual(part, { lines: [7, 1007], searched: 1008, truncated: true });
  assert.deepEqual((await reader.search({ ...query, from: part.searched }, never)).lines, [2007, 3007, 4007]);
  assert.deepEqual((await reader.search({ ...query, caseSensitive: true }, never)).lines, []);
  assert.deepEqual(
    (await reader.search({ ...query, text: '^line 4\\d{3} E', regex: true, caseSensitive: true }, never)).lines,
    [4007],
  );
  await assert.rejects(reader.search({ ...query, text: '(', regex: true }, never), SyntaxError);
});

test('a pattern that would never end is refused instead of stopping the engine', async (t) => {
  const { reader, append } = openLog(t);
  append(`${'a'.repeat(5_000)}!\n`);
  const query = { text: '^(a+)+$', regex: true, caseSensitive: true, from: 0, limit: 1 };
  await assert.rejects(reader.search(query, never), SyntaxError);
});

test('a job that writes while it is read shows every line once', async (t) => {
  const { executor } = openExecutor(t);
  const work = shellWork(temporaryFolder(t), 'busy.1', 'i=0; while [ $i -lt 5000 ]; do echo "line $i"; i=$((i + 1)); done');
  const logs = createLogs();
  t.after(() => logs.close());
  const reader = logs.open(work.folder);
  await executor.submit(work);
  const seen: string[] = [];
  for (let ended = false; !ended; ) {
    const size = await reader.waitFor({ lines: seen.length }, 60_000, never);
    while (seen.length < size.lines) seen.push(...(await reader.lines(seen.length, 100)).lines);
    ended = size.ended;
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 5_000 }, (_, line) => `line ${line}`),
  );
});

function openLog(t: TestContext): { reader: LogReader; append(text: string): void; end(): void } {
  const folder = temporaryFolder(t);
  const logs = createLogs();
  t.after(() => logs.close());
  return {
    reader: logs.open(folder),
    append: (text) => appendFileSync(join(folder, 'log'), text),
    end: () => writeFileSync(join(folder, 'exit'), '0\n'),
  };
}
