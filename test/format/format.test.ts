// Formatting, text to text, and what holds of every text: it means the same, has its comments, and is formatted once and for all.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { formatText } from '../../core/format/format.ts';
import { emitBody } from '../../core/ir/emit-body.ts';
import { emitFile } from '../../core/ir/emit-file.ts';
import { parse } from '../../core/syntax/parse.ts';
import { applyEdits } from '../../core/text/source.ts';
import { bindText } from '../rules/analyze.ts';
import { documentText, style, value } from '../syntax/documents.ts';
import { toPlain } from '../syntax/dump.ts';

function formatted(text: string, unit = 2): string {
  return applyEdits(text, formatText(parse(text), { unit }));
}

function check(before: string, after: string, unit?: number): void {
  assert.equal(formatted(before, unit), after);
  assert.equal(formatted(after, unit), after);
}

describe('format', () => {
  it('indents by two columns a level, lists below their key', () => {
    check(
      'a:\n    b:\n        c: 1\nlist:\n- x\n-   k: 1\n    l: 2\n-\n    m: 3\n- - n\n  - o\n',
      'a:\n  b:\n    c: 1\nlist:\n  - x\n  - k: 1\n    l: 2\n  -\n    m: 3\n  - - n\n    - o\n',
    );
    check('a:\n  b:\n  - k: 1\n    l:\n      - 2\n', 'a:\n    b:\n        - k: 1\n          l:\n              - 2\n', 4);
  });

  it('puts one space where spaces stand between signs', () => {
    check(
      'a :   1\nb:    {x:    1,y: [1,2 ,  3], "z":2, e: { }, f: [ ]}\n',
      'a: 1\nb: { x: 1, y: [1, 2, 3], "z": 2, e: {}, f: [] }\n',
    );
    check('-    a\n-   b:   1\n', '- a\n- b: 1\n');
    check('a:   &x   {b: 1}\nc:   *x\n', 'a: &x   { b: 1 }\nc: *x\n');
  });

  it('keeps comments: with what stands below them, behind values, in lists and brackets, at the end', () => {
    check(
      '# head\n\nsteps: # all\n    # one\n    a:   1   # about a\n    # two\n    b:\n        - x\n        # end of the list\n    # end of steps\n# end\n',
      '# head\n\nsteps: # all\n  # one\n  a: 1   # about a\n  # two\n  b:\n    - x\n    # end of the list\n  # end of steps\n# end\n',
    );
    check('a: [ # open\n    1,   2, # mid\n    # own\n  ]\n', 'a: [ # open\n    1, 2, # mid\n    # own\n  ]\n');
    check('a:    # only a comment\nb: 1\n', 'a:    # only a comment\nb: 1\n');
    check('l:\n- # first\n  a: 1\n-   # second\n', 'l:\n  - # first\n    a: 1\n  -   # second\n');
  });

  it('takes spaces from the ends of lines, and all but one of several empty lines', () => {
    check('\n\na: 1   \n\n \n\nb: 2\t\n\n\n', 'a: 1\n\nb: 2\n');
    check('a: 1', 'a: 1\n');
    check('a: 1  \r\n\r\n\r\nb:    2', 'a: 1\r\n\r\nb: 2\r\n');
    check('', '');
    check('# only\n', '# only\n');
  });

  it('moves texts of several lines as a whole', () => {
    check(
      'a:\n    b: |\n        one   \n          two\n\n        three\n    c: >-\n            x\n            y\n',
      'a:\n  b: |\n    one   \n      two\n\n    three\n  c: >-\n    x\n    y\n',
    );
    check(
      'a:\n    b: |2\n         one\n      two\n    c: |+\n      x\n\n\n    d: 1\n',
      'a:\n  b: |2\n       one\n    two\n  c: |+\n    x\n\n\n  d: 1\n',
    );
    check(
      'a:\n    b: plain\n          goes on\n\n          further\n    c: "x\n      y"\n',
      'a:\n  b: plain\n    goes on\n\n    further\n  c: "x\n    y"\n',
    );
  });

  it('leaves anchors, aliases, merges, tags and documents marks', () => {
    check(
      '---\nx-a:   &a\n    k: 1\nb:\n    <<:   *a\n    l: !!str   2\nc: *a\n...\n',
      '---\nx-a: &a\n  k: 1\nb:\n  <<:   *a\n  l: !!str   2\nc: *a\n...\n',
    );
  });

  it('leaves what cannot be read', () => {
    for (const text of ['a:   {b: 1\n', 'a:    "x\n', 'a:\n\tb:   1\n', 'a:   1\n---\nb:    2\n'])
      assert.equal(formatted(text), text);
  });

  it('knows Chinese letters and signs beyond 16 bits', () => {
    check(
      '名称:    图🙂\n步骤:\n    训练🙂:   {类型:   作业,b:1}   # 注释🙂\n',
      '名称: 图🙂\n步骤:\n  训练🙂: { 类型: 作业, b:1 }   # 注释🙂\n',
    );
  });
});

/** Comments in their order. The text has no other `#` that looks like one. */
const comments = (text: string) => [...text.matchAll(/(?:^|\s)(#!\d+)/g)].map((match) => match[1]);

/** Comments behind some lines and on lines of their own, spaces more, where none of it changes what the text means. */
function disturbed(text: string, choices: readonly number[]): string {
  let count = 0;
  const lines = text.split('\n');
  for (const [index, choice] of choices.entries()) {
    const at = (index * 7 + choice) % lines.length;
    const line = lines[at]!;
    const comment = `#!${count++}`;
    const indent = /^\s*/.exec(line)![0];
    const tried = [
      `${indent}${comment}\n${line}`,
      `${line.replace(/\r$/, '')} ${comment}`,
      line.replace(/: (?=\S)/, ':    '),
      `${line}\n   `,
      line.replace(/^(\s*)- /, '$1-   '),
    ][choice % 5]!;
    const after = lines.with(at, tried).join('\n');
    if (isDeepStrictEqual(read(after), read(text))) lines[at] = tried;
  }
  return lines.join('\n');
}

function read(text: string): unknown {
  const document = parseDocument(text, { merge: true, uniqueKeys: true });
  return document.errors.length > 0 ? document.errors : (document.toJS() ?? null);
}

describe('every text, formatted', () => {
  it('means the same to us and to the yaml package, has its comments, and stays as it is when formatted again', () => {
    let [touched, readable] = [0, 0];
    fc.assert(
      fc.property(
        value,
        style,
        fc.array(fc.nat({ max: 1000 }), { maxLength: 6 }),
        fc.constantFrom(2, 4),
        (data, look, choices, unit) => {
          const text = disturbed(documentText(data, look), choices);
          const parsed = parse(text);
          const after = formatted(text, unit);
          if (parsed.findings.length > 0) return assert.equal(after, text);
          readable++;
          if (after !== text) touched++;
          assert.deepEqual(toPlain(parse(after).tree), toPlain(parsed.tree), text);
          if (!Array.isArray(read(text)) || parseDocument(text).errors.length === 0)
            assert.deepEqual(read(after), read(text), text);
          assert.deepEqual(comments(after), comments(text), text);
          assert.equal(formatted(after, unit), after, text);
        },
      ),
      { numRuns: 1000 },
    );
    assert.ok(touched > readable / 2, `${touched} of ${readable} were changed`);
  });

  it('has the same body: workflows of the corpus, in other indentations', () => {
    const folder = new URL('../corpus/bodies/', import.meta.url);
    for (const file of readdirSync(folder)) {
      const { body } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { readonly body: unknown };
      const text = emitFile(bindText(JSON.stringify(body), 'json').workflow);
      assert.equal(formatted(text), text, file);
      // Every level twice as wide, one space more behind every colon.
      const wide = text.replace(/^ +/gm, (spaces) => spaces.repeat(2)).replace(/^( *(?:- )?[\w-]+): (?=[^|>\s])/gm, '$1:  ');
      if (parse(wide).findings.length > 0) continue;
      const after = formatted(wide);
      assert.deepEqual(emitBody(bindText(after).bound), emitBody(bindText(wide).bound), file);
      assert.equal(formatted(after), after, file);
    }
  });
});
