// When an open program is read: the reader here is the test's own, so that readings end when the test says so.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../core/analysis.ts';
import { ProgramDocument } from '../../server/program-document.ts';
import type { ProgramReader, ProgramReading, ProgramText } from '../../server/program-reader.ts';

interface Asked {
  readonly text: string;
  readonly signal: AbortSignal;
  end(): void;
}

function reading(text: string): ProgramReading {
  return { analysis: analyze(text), isWhole: true, dependencies: [], log: [], follow() {} };
}

function open(text: string) {
  const asked: Asked[] = [];
  const told: string[] = [];
  let wake = () => {};
  const reader: ProgramReader = {
    read({ text }, _, signal) {
      return new Promise((resolve) => {
        asked.push({ text, signal, end: () => resolve(reading(text)) });
        signal.addEventListener('abort', () => resolve(undefined));
        wake();
      });
    },
    check: ({ text }) => reading(text),
    watch: () => ({ dispose() {} }),
    dispose() {},
  };
  const program: ProgramText = { uri: 'file:///a.workflow.ts', text, folder: undefined };
  const document = new ProgramDocument(
    reader,
    program,
    () => true,
    () => {
      told.push(document.analysis.source.text);
      wake();
    },
  );
  /** Resolves once it holds; each reading and each answer is looked at. */
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { document, asked, told, until };
}

test('a reading that does not end is given up for a newer text, however soon that comes', async () => {
  const { document, asked, told, until } = open('name: loop');
  await until(() => asked.length === 1);
  document.update('name: mended');
  await until(() => asked.length === 2);
  assert.deepEqual([asked[0]!.signal.aborted, asked[1]!.text], [true, 'name: mended']);
  asked[1]!.end();
  await until(() => told.length === 1);
  assert.deepEqual(told, ['name: mended']);
  document.close();
});

test('of a text that went on meanwhile nothing is told; the newest text is read next', async () => {
  const { document, asked, told, until } = open('name: a');
  await until(() => asked.length === 1);
  document.update('name: ab');
  document.update('name: abc');
  asked[0]!.end();
  await until(() => asked.length === 2);
  assert.deepEqual([asked[0]!.signal.aborted, asked[1]!.text, told], [false, 'name: abc', []]);
  asked[1]!.end();
  await until(() => told.length === 1);
  assert.deepEqual(told, ['name: abc']);
  document.close();
});

test('a document that is closed ends its reading, and nothing is told of it any more', async () => {
  const { document, asked, told, until } = open('name: a');
  await until(() => asked.length === 1);
  document.close();
  assert.ok(asked[0]!.signal.aborted);
  asked[0]!.end();
  await new Promise(setImmediate);
  assert.deepEqual(told, []);
});
