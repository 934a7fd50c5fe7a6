// The page of the rules: every rule is on it, and its examples do what they say.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogue, ownRules } from '../../core/rules/catalogue.ts';
import { rulesPage } from '../../core/rules/docs.ts';
import { rules } from '../../core/rules/index.ts';
import { analyze } from './analyze.ts';

const count = (text: string, code: string) => analyze(text).filter((each) => each.code === code).length;

for (const { code, docs } of rules) {
  test(`${code}: the failing text of its page fails, the corrected one passes`, () => {
    assert.ok(count(docs.fails, code) > 0);
    assert.equal(count(docs.passes, code), 0);
    assert.match(docs.zh, /\p{Script=Han}/u);
  });
}

test('every file that holds a rule is in the table, under its own code', () => {
  const folder = new URL('../../core/rules/', import.meta.url);
  const files = readdirSync(folder).filter((file) => readFileSync(new URL(file, folder), 'utf8').includes(': Rule = {'));
  assert.deepEqual(files.map((file) => file.replace('.ts', '')).sort(), rules.map(({ code }) => code).sort());
});

test('the page has a section for every rule', () => {
  const page = rulesPage();
  for (const { code } of rules) assert.ok(page.includes(`\n## ${code}\n`));
});

test('the catalogue accounts for every rule of the guide, by rules that exist, and every rule answers to something', () => {
  assert.deepEqual(
    Object.keys(catalogue),
    Array.from({ length: 132 }, (_, index) => `WG-${index + 1}`),
  );
  const named = [...Object.values(catalogue).flatMap((kept) => ('rules' in kept ? kept.rules : [])), ...ownRules];
  assert.deepEqual([...new Set(named)].sort(), rules.map(({ code }) => code).sort());
});
