// Every text of the extension is there in Chinese too, with the same places for values, and none is left over.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const sources = globSync('client/**/*.ts', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));
const calls = sources.flatMap((text) => [...text.matchAll(/\bl10n\s*\.t\(/g)]);
const texts = sources.flatMap((text) => [...text.matchAll(/\bl10n\s*\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map((match) => match[1]!));
const chinese = JSON.parse(readFileSync(join(root, 'l10n/bundle.l10n.zh-cn.json'), 'utf8')) as Record<string, string>;

const places = (text: string) => [...new Set(text.match(/\{\d\}/g))].sort();

test('every translated text is a literal, so that it can be found', () => {
  assert.ok(texts.length > 50);
  assert.equal(calls.length, texts.length);
});

test('the Chinese bundle has these texts and no others', () => {
  assert.deepEqual(Object.keys(chinese).sort(), [...new Set(texts)].sort());
});

test('a translation has the places of its text', () => {
  for (const [english, translated] of Object.entries(chinese)) assert.deepEqual(places(translated), places(english), english);
});
