// The text of plain data: every reader of YAML gets the data back, and it looks as a person would write it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { parse } from '../../core/syntax/parse.ts';
import { printYaml, type YamlMap, type YamlNode } from '../../core/syntax/print-yaml.ts';
import { toPlain } from '../syntax/dump.ts';
import { awkwardText, referableText } from './texts.ts';

function toNode(value: unknown): YamlNode {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(toNode) };
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', value: value as string | number | boolean | null };
  return { kind: 'map', entries: Object.entries(value).map(([key, each]) => ({ key, value: toNode(each) })) };
}

const print = (value: unknown) => printYaml(toNode(value) as YamlMap);

const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    referableText,
    fc.integer({ min: -1000, max: 1000 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }),
    tie('map'),
  ),
  map: fc.dictionary(
    awkwardText.filter((key) => key !== '__proto__'),
    tie('json'),
    { maxKeys: 4, noNullPrototype: true },
  ),
}));
const document = fc.dictionary(
  awkwardText.filter((key) => key !== '__proto__'),
  json,
  { maxKeys: 5, noNullPrototype: true },
);

test('YAML 1.2, YAML 1.1 and our own reader get the data back', () => {
  fc.assert(
    fc.property(document, (data) => {
      const text = print(data);
      const read = parse(text, 'yaml');
      assert.deepEqual(read.findings, [], text);
      assert.ok(isDeepStrictEqual(toPlain(read.tree), data), `our reader:\n${text}`);
      assert.ok(isDeepStrictEqual(parseYaml(text, { version: '1.2' }), data), `1.2:\n${text}`);
      // In 1.1 a number such as `1e-7` is text: what numbers look like is JSON's business, texts are ours.
      const texts = JSON.parse(JSON.stringify(data), (_, value) => (typeof value === 'number' ? 0 : value));
      assert.ok(isDeepStrictEqual(parseYaml(print(texts), { version: '1.1' }), texts), `1.1:\n${print(texts)}`);
    }),
    { numRuns: 3000, seed: Number(process.env.WEFT_SEED ?? 20_240_611) },
  );
});

test('blocks, short lists in brackets, quotes only where they are needed', () => {
  const text = print({
    plain: 'a text, with an /obs/path/ and 1.0.0',
    reference: '${{ storages.out }}/x/',
    version: '1.10',
    answer: 'yes',
    quoted: 'say "a: b"',
    lines: 'first\n  second\n',
    'a: b': [1, 'two', true],
    expressions: ['${{ data.x }}'],
    items: [{ name: 'a', value: null }, [], {}],
    long: Array.from({ length: 12 }, (_, index) => `a_rather_long_name_${index}`),
  });
  assert.equal(
    text,
    `plain: a text, with an /obs/path/ and 1.0.0
reference: \${{ storages.out }}/x/
version: "1.10"
answer: "yes"
quoted: 'say "a: b"'
lines: |
  first
    second
"a: b": [1, two, true]
expressions:
  - \${{ data.x }}
items:
  - name: a
    value:
  - []
  - {}
long:
${Array.from({ length: 12 }, (_, index) => `  - a_rather_long_name_${index}`).join('\n')}
`,
  );
});
