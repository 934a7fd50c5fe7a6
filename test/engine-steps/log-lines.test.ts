// Cutting bytes into lines: whatever the chunks, the lines are the same, and the index finds each of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { displayLine, longestLine } from '../../engine/streams/display-line.ts';
import { createLineCutter } from '../../engine/streams/line-cutter.ts';
import { createLineIndex } from '../../engine/streams/line-index.ts';

/** Bytes with many line ends, carriage returns and parts of UTF-8 characters. */
const bytes = fc
  .array(fc.oneof(fc.constantFrom(10, 10, 13, 65, 0xc3, 0xa9, 0xe4, 0xb8, 0xad, 0xf0, 0x9f), fc.integer({ min: 0, max: 255 })), {
    maxLength: 300,
  })
  .map((values) => Uint8Array.from(values));
const cuts = fc.array(fc.nat(40), { maxLength: 60 });

test('lines do not depend on the chunks that their bytes arrive in', () => {
  fc.assert(
    fc.property(bytes, cuts, (all, sizes) => {
      assert.deepEqual(cut(chunked(all, sizes)), cut([all]));
    }),
  );
});

test('every line end makes one line, and what follows the last one is the rest', () => {
  fc.assert(
    fc.property(bytes, cuts, (all, sizes) => {
      const { lines, rest } = cut(chunked(all, sizes));
      const parts = split(all);
      assert.equal(lines.length, parts.length - 1);
      assert.deepEqual(
        lines,
        parts.slice(0, -1).map((part) => displayLine(part, part.length)),
      );
      assert.equal(rest, parts.at(-1)!.length === 0 ? undefined : displayLine(parts.at(-1)!, parts.at(-1)!.length));
    }),
  );
});

test('the index counts every line and never starts reading after the line that is wanted', () => {
  const lineLengths = fc.array(fc.oneof(fc.nat(50), fc.integer({ min: 30_000, max: 90_000 })), { maxLength: 30 });
  fc.assert(
    fc.property(lineLengths, fc.array(fc.integer({ min: 1, max: 50_000 }), { maxLength: 20 }), (lengths, sizes) => {
      const all = Buffer.concat(lengths.map((length) => Buffer.from(`${'x'.repeat(length)}\n`)));
      const index = createLineIndex();
      for (const chunk of chunked(all, sizes)) index.add(chunk);
      assert.equal(index.lines, lengths.length);
      assert.equal(index.bytes, all.length);
      let offset = 0;
      const starts = lengths.map((length) => {
        const start = offset;
        offset += length + 1;
        return start;
      });
      for (const [line, start] of starts.entries()) {
        const from = index.before(line);
        assert.ok(from.line <= line);
        assert.equal(from.offset, starts[from.line]);
        assert.ok(start - from.offset <= 64 * 1024 + Math.max(...lengths) + 1);
      }
    }),
    { numRuns: 30 },
  );
});

test('a progress bar shows the last state that it wrote, and the \\r of Windows line ends is no part of the line', () => {
  const show = (text: string) => displayLine(Buffer.from(text), Buffer.byteLength(text));
  assert.equal(show('10%\r20%\r30%'), '30%');
  assert.equal(show('10%\r20%\r'), '20%');
  assert.equal(show('plain\r'), 'plain');
  assert.equal(show('\r\r'), '');
});

test('a very long line is cut between characters and says how much is missing', () => {
  const long = Buffer.from(`a${'中'.repeat(longestLine)}`);
  const text = displayLine(long.subarray(0, longestLine), long.length);
  const shown = text.slice(0, text.indexOf(' …'));
  assert.equal(shown, `a${'中'.repeat((longestLine - 1) / 3)}`);
  assert.equal(text.slice(shown.length), ` … [${long.length - Buffer.byteLength(shown)} more bytes]`);
});

function cut(chunks: readonly Uint8Array[]): { lines: string[]; rest: string | undefined } {
  const cutter = createLineCutter();
  const lines: string[] = [];
  for (const chunk of chunks) cutter.push(chunk, (text) => lines.push(text) > 0);
  return { lines, rest: cutter.rest() };
}

function chunked(all: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(all.slice(at, at + size));
    at += size;
  }
  chunks.push(all.slice(at));
  return chunks;
}

function split(all: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at <= all.length; at++) {
    if (at < all.length && all[at] !== 10) continue;
    parts.push(all.slice(start, at));
    start = at + 1;
  }
  return parts;
}
