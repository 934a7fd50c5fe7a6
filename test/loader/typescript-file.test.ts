// A workflow file in TypeScript as a program: syntax, errors that it throws, imports, several workflows, values without meaning.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSyntax } from '../../loader/typescript/read-typescript.ts';
import { head, markedText, read, withJob } from './typescript-file.ts';

test('a mistake of syntax is marked at its place, Chinese text and tabs before it included', async () => {
  assert.deepEqual((await read(`${head}const 数据 = '图片';\tconst x = = 1;\n`)).marks, ['typescript-syntax: =']);
  assert.deepEqual((await read(`${head}const x = {\n  a: 1\n  b: 2,\n};\n`)).marks, ['typescript-syntax: b']);
  assert.deepEqual((await read(`${head}enum Kind { A }\n`)).marks, ['typescript-unsupported: enum Kind { A }']);
});

test('syntax is checked without running anything', () => {
  const text = "throw new Error('must not run');\nimport x from './nowhere.ts';\nconst y = = 1;\n";
  const found = checkSyntax({ path: '/flow.workflow.ts', text });
  assert.deepEqual(
    found.map((each) => `${each.code}: ${markedText(text, each)}`),
    ['typescript-syntax: ='],
  );
  assert.deepEqual(checkSyntax({ path: '/flow.workflow.ts', text: "import x from './nowhere.ts';\n" }), []);
});

test('an error that the file throws is marked at the call in the file that led to it', async () => {
  const { marks, problems } = await read(
    `${head}import { check } from './check.ts';\ncheck(3);\nexport default wf.workflow('w', {}, []);\n`,
    { 'check.ts': "export function check(n: number) {\n  if (n > 2) throw new TypeError('too many');\n}\n" },
  );
  assert.deepEqual(marks, ['typescript-error: check(3)']);
  assert.match(problems[0]!.message.en, /TypeError: too many/);
  const own = await read(`${head}const a: any = undefined;\nconst b = a.c.d;\nexport default b;\n`);
  assert.deepEqual(own.marks, ['typescript-error: c']);
  const recursion = await read(`${head}function f(): number { return f() + 1; }\nf();\n`);
  assert.match(recursion.problems[0]!.message.en, /call stack/);
  assert.match(recursion.marks.join(), /^typescript-error: (?:return|f\(\))$/);
});

test('imports: .ts and .json, with and without extension, mistakes at the import', async () => {
  const others = {
    'lib/kinds.ts':
      "import sizes from '../sizes.json' with { type: 'json' };\nexport const sizes2 = sizes;\nexport type Kind = string;\n",
    'sizes.json': '[1, 2]',
    'broken.ts': 'const = 1;',
    'broken.json': '{',
  };
  const text = `${head}import { sizes2, type Kind } from './lib/kinds';
import sizes from './sizes.json';
import { basename } from 'node:path';
const kind: Kind = basename('/a/b');
export default wf.workflow('w', { description: kind + sizes.length + sizes2[1] }, []);
`;
  const { workflows } = await read(text, others);
  const description = workflows[0]!.analysis.workflow.fields.entries.find(({ name }) => name.text === 'description')!.value;
  assert.equal(description.kind === 'scalar' && description.text, 'b22');
  for (const [specifier, code] of [
    ['./broken.ts', 'typescript-syntax'],
    ['./broken.json', 'typescript-import'],
    ['./missing.ts', 'typescript-import'],
  ]) {
    const { marks } = await read(`${head}import * as x from '${specifier}';\nexport default x;\n`, others);
    assert.deepEqual(marks, [`${code}: '${specifier}'`]);
  }
  const missing = await read(`${head}import { Kind, nothing } from './lib/kinds.ts';\nexport default nothing;\n`, others);
  assert.deepEqual(missing.marks, ['typescript-import: Kind']);
});

test('files that were looked at are named, so that a change of them is seen', async () => {
  const { dependencies } = await read(`${head}import { a } from './a';\nexport default a;\n`, { 'a.ts': 'export const a = 1;' });
  assert.deepEqual(
    dependencies.map((each) => each.split('/').at(-1)),
    ['a.ts'],
  );
});

test('every exported workflow is a document, the default one first; none at all is told', async () => {
  const { workflows } = await read(
    `${head}const p = wf.param.int('p');\nexport const second = wf.workflow('two', { parameters: [p] }, []);\nexport default wf.workflow('one', {}, []);\n`,
  );
  assert.deepEqual(
    workflows.map(({ exported, analysis }) => [exported, analysis.workflow.name?.text, analysis.workflow.parameters.length]),
    [
      ['default', 'one', 0],
      ['second', 'two', 1],
    ],
  );
  const none = await read(`${head}wf.workflow('one', {}, []);\n`);
  assert.deepEqual(none.marks, ['typescript-no-workflow: wf.workflow']);
});

test('what has no meaning in a workflow is told where it stands', async () => {
  const { marks } = await read(withJob('description: (() => 1) as any, title: Symbol("x") as any, kind: Number.NaN as any,'));
  assert.deepEqual(
    marks.filter((mark) => mark.startsWith('typescript-value')),
    ['typescript-value: (() => 1)', 'typescript-value: Symbol("x")', 'typescript-value: Number.NaN'],
  );
  const cycle = await read(withJob('"x-body": it as any,', 'const it: any = {};\nit.self = it;'));
  assert.match(cycle.marks.join(), /typescript-value/);
});

test('what the file writes to the console is kept', async () => {
  const { log } = await read(`${head}console.log('size', { a: 1 });\nexport default wf.workflow('w', {}, []);\n`);
  assert.deepEqual(log, ['size {"a":1}']);
});

test('a text with an expression of the file language is one', async () => {
  const { marks } = await read(withJob("title: 'x', description: 'y', inputs: { d: '${{ data.nope }}' },"));
  assert.deepEqual(
    marks.filter((mark) => mark.startsWith('ref-')),
    ['ref-data-unknown: nope'],
  );
});
