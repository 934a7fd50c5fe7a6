// The `yaml` package as oracle: for text without errors our tree means what its parse means.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { Document, parseDocument } from 'yaml';
import { parse } from '../../core/syntax/parse.ts';
import { toPlain } from './dump.ts';

const word = fc.oneof(
  fc.stringMatching(/^[a-z_][a-z0-9_.-]{0,8}$/),
  fc.constantFrom(
    'true',
    'null',
    '~',
    '1.10',
    '007',
    '0x1F',
    '1e3',
    '.5',
    'no',
    'a: b',
    'a #b',
    '# c',
    '- d',
    "it's",
    '"q"',
    'C:\\x',
  ),
  fc.constantFrom(
    '${{ parameters.x }}',
    "${{ steps['a b'].outputs.c }}",
    '数据标注',
    ' lead',
    'trail ',
    'two\nlines',
    'end\n',
    '\n\nx',
    'a\n\n\nb\n\n',
  ),
  fc.constantFrom(
    '',
    '[x',
    '{y}',
    '*z',
    '&w',
    '!v',
    '|',
    '>',
    '%u',
    '@t',
    '`s',
    '-',
    '?',
    ':',
    ',',
    '---',
    '...',
    'a:',
    'x\ty',
    'long '.repeat(30),
  ),
  fc.string({ maxLength: 12 }),
);
const leaf = fc.oneof(word, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  map: fc.dictionary(
    word.filter((key) => key !== '<<' && !key.includes('\n')),
    tie('value'),
    { maxKeys: 4, noNullPrototype: true },
  ),
}));
const style = fc.record({
  indent: fc.constantFrom(1, 2, 4),
  indentSeq: fc.boolean(),
  lineWidth: fc.constantFrom(0, 20, 80),
  singleQuote: fc.constantFrom(true, false, null),
  defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
  collectionStyle: fc.constantFrom('any', 'flow', 'block'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  mark: fc.constantFrom('', '\ufeff', '---\n', '# comment\n'),
} as const);

function oracle(text: string): { readonly value: unknown; readonly errors: readonly string[] } {
  const document = parseDocument(text, { merge: true, uniqueKeys: true });
  return {
    value: document.errors.length > 0 ? undefined : (document.toJS() ?? null),
    errors: document.errors.map(({ code }) => code),
  };
}

describe('a tree', () => {
  it('means what the yaml package reads, for documents that it wrote in every style', () => {
    fc.assert(
      fc.property(value, style, (data, { lineEnd, mark, ...options }) => {
        const written = mark + new Document(data).toString({ ...options, defaultKeyType: 'PLAIN' });
        const text = written.replaceAll('\n', lineEnd);
        const expected = oracle(text);
        // Where it does not read back what it wrote (it breaks long lines wrongly now and then), it is no oracle.
        if (expected.errors.length > 0 || !isDeepStrictEqual(expected.value, JSON.parse(JSON.stringify(data)))) return;
        const parsed = parse(text);
        // An expression without its quotes is reported and kept whole, where YAML would fold it.
        if (parsed.findings.some(({ code }) => code === 'expression-needs-quotes')) return;
        assert.deepEqual(toPlain(parsed.tree), expected.value, text);
      }),
      { numRuns: 1500 },
    );
  });

  it('means what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 2), (data, space) => {
        const text = JSON.stringify(data, undefined, space);
        const parsed = parse(text, 'json');
        assert.deepEqual(parsed.findings, [], text);
        assert.deepEqual(toPlain(parsed.tree), JSON.parse(text), text);
      }),
      { numRuns: 500 },
    );
  });
});
