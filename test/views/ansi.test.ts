// Terminal colours and links of log lines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAnsi, plainText } from '../../core/views/ansi.ts';
import { findLinks } from '../../core/views/log-links.ts';

const E = '\u001b';
const spans = (line: string) => parseAnsi(line).spans.map(({ text, style }) => [text, style]);

test('styles begin, add up, end, and go on in the next line', () => {
  assert.deepEqual(spans(`a${E}[31mb${E}[1mc${E}[0md`), [
    ['a', {}],
    ['b', { foreground: 1 }],
    ['c', { foreground: 1, bold: true }],
    ['d', {}],
  ]);
  const first = parseAnsi(`${E}[4;92mx`);
  assert.deepEqual(parseAnsi('y', first.style).spans, [{ text: 'y', style: { underline: true, foreground: 10 } }]);
  assert.deepEqual(spans(`${E}[1;2mx${E}[22my`), [
    ['x', { bold: true, dim: true }],
    ['y', {}],
  ]);
});

test('palette and true colours', () => {
  assert.deepEqual(spans(`${E}[38;5;196mx`), [['x', { foreground: '#ff0000' }]]);
  assert.deepEqual(spans(`${E}[48;5;232mx`), [['x', { background: '#080808' }]]);
  assert.deepEqual(spans(`${E}[38;5;9mx`), [['x', { foreground: 9 }]]);
  assert.deepEqual(spans(`${E}[38;2;1;2;3;1mx`), [['x', { foreground: '#010203', bold: true }]]);
  assert.deepEqual(spans(`${E}[38:2::1:2:3mx`), [['x', { foreground: '#010203' }]]);
  assert.deepEqual(spans(`${E}[38;5;999mx`), [['x', {}]]);
});

test('what moves the cursor or names a window is left out; a return starts the line over', () => {
  assert.equal(plainText(`${E}[2K${E}[1Gdone${E}]0;title\u0007!`), 'done!');
  assert.equal(plainText('10 %\r50 %\r100 %'), '100 %');
  assert.equal(plainText('text\r'), 'text');
  assert.equal(plainText(`cut ${E}[3`), 'cut ');
  assert.equal(plainText('a\u0000b\tc'), 'a␀b\tc');
});

test('any line is read, and its spans have no escapes in them', () => {
  const pieces = fc.constantFrom(E, '[', '31', ';', 'm', ']', '\\', '\u0007', '\r', 'K', 'text', '38', '5', '漢', '\n', ':');
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const { spans: found } = parseAnsi(parts.join(''));
      assert.ok(found.every(({ text }) => text !== '' && !text.includes(E)));
    }),
  );
});

const links = (text: string) =>
  findLinks(text).map((link) => (link.kind === 'url' ? link.url : [link.file, link.line, link.column]));

test('places in files, as tools write them', () => {
  assert.deepEqual(links('src/train.py:12:3: error'), [['src/train.py', 12, 3]]);
  assert.deepEqual(links('at /a/b/c.mjs:7'), [['/a/b/c.mjs', 7, undefined]]);
  assert.deepEqual(links('main.ts(3,14): error TS1'), [['main.ts', 3, 14]]);
  assert.deepEqual(links('  File "a b/模型.py", line 128, in forward'), [['a b/模型.py', 128, undefined]]);
  assert.deepEqual(links('C:\\work\\a.py:5'), [['C:\\work\\a.py', 5, undefined]]);
});

test('what only looks like one is none', () => {
  for (const text of ['12:30:05 start', 'localhost:8080', 'ratio 0.5:1', 'key: value', '10.0.0.1:22'])
    assert.deepEqual(links(text), [], text);
});

test('addresses without the punctuation around them, and not as files', () => {
  assert.deepEqual(links('see https://example.org/a.html:8080/x?y=1, or (http://b.org/c_(d)).'), [
    'https://example.org/a.html:8080/x?y=1',
    'http://b.org/c_(d)',
  ]);
});
