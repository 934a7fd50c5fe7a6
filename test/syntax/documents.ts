// Any data as YAML in every style that the yaml package writes: indentation, line width, quotes, block and flow, line ends.
import fc from 'fast-check';
import { Document } from 'yaml';

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
export const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  map: fc.dictionary(
    word.filter((key) => key !== '<<' && !key.includes('\n')),
    tie('value'),
    { maxKeys: 4, noNullPrototype: true },
  ),
}));
export const style = fc.record({
  indent: fc.constantFrom(1, 2, 4),
  indentSeq: fc.boolean(),
  lineWidth: fc.constantFrom(0, 20, 80),
  singleQuote: fc.constantFrom(true, false, null),
  defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
  collectionStyle: fc.constantFrom('any', 'flow', 'block'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  mark: fc.constantFrom('', '\ufeff', '---\n', '# comment\n'),
} as const);

type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

export function documentText(data: unknown, { lineEnd, mark, ...options }: Style): string {
  const written = mark + new Document(data).toString({ ...options, defaultKeyType: 'PLAIN' });
  return written.replaceAll('\n', lineEnd);
}
