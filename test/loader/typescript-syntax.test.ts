// Where a mistake of syntax is, from what Node says of it: the Nodes that Weft runs on differ in how they say it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mistakeOf, stripTypes } from '../../loader/typescript/strip-types.ts';

const text = "// 中文\nconst 数据 = '图片';\tconst x = = 1;\n";
const place = text.indexOf('= 1');

test('this Node', () => {
  const found = stripTypes(text);
  assert.deepEqual(found, {
    kind: 'wrong',
    message: 'Expression expected',
    span: { start: place, end: place + 1 },
    unsupported: false,
  });
});

test('a Node before 22.18, which draws the place into the message', () => {
  const message = `  x Expression expected
   ,-[2:1]
 1 | // 中文
 2 | const 数据 = '图片';    const x = = 1;
   :                                   ^
   \`----
`;
  assert.deepEqual(mistakeOf(message, `SyntaxError [ERR_INVALID_TYPESCRIPT_SYNTAX]: ${message}\n    at x`, text), {
    message: 'Expression expected',
    span: { start: place, end: place + 1 },
  });
});

test('a place of several lines, and the end of the text: the first line, the last letter', () => {
  const several = 'let a = 1;\n  enum Kind {\n  A,\n}\n';
  const found = stripTypes(several);
  assert.deepEqual(found.kind === 'wrong' && several.slice(found.span.start, found.span.end), 'enum Kind {');
  const drawn =
    '  x TypeScript enum is not supported\n   ,-[2:1]\n 1 |     let a = 1;\n 2 | ,->   enum Kind {\n 3 | |     A,\n 4 | `-> }\n   `----\n';
  const { span } = mistakeOf(drawn, drawn, several);
  assert.equal(several.slice(span.start, span.end), 'enum Kind {');
  const open = 'f({\n\n';
  const { span: end } = mistakeOf('  x Unexpected eof\n   ,-[2:1]\n 1 | f({\n   `----\n', '', open);
  assert.equal(open.slice(end.start, end.end), '{');
});
