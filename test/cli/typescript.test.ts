// Workflows in TypeScript on the command line: the same verbs as for a file in YAML.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { weft, workspace } from './weft.ts';

const digits = fileURLToPath(new URL('../../examples/digits/', import.meta.url));

const flow = `import * as wf from 'weft';

const word = wf.param.str('word', { default: 'hello' });
const engine = { image_url: 'weft/node' };
const spec = { resource: { flavor_id: 'cpu' } };
const say = (name: string, after: wf.Step[]) =>
  wf.job(name, {
    depend_steps: after,
    algorithm: { code_dir: './', command: \`echo "\${name} said $*"\`, engine, parameters: { word } },
    spec,
  });
const first = say('first', []);
export default wf.workflow('flow', {}, [first, say('second', [first])]);
`;

test('a program is run as a file is', async (t) => {
  const root = workspace(t);
  writeFileSync(join(root, 'a.workflow.ts'), flow);
  const { code, out, err } = await weft(root, ['run', 'a.workflow.ts', '--set', 'word=moin']);
  assert.equal(code, 0, err);
  assert.match(out, /^first {2}\| first said .*moin/m);
  assert.match(out, /^second \| second said .*moin/m);
  const from = await weft(root, ['run', 'a.workflow.ts', '--from', 'second']);
  assert.equal(from.code, 0, from.err);
  assert.match(from.err, /^✔ first\n▶ second$/m);
});

test('validate finds programs by themselves, and marks mistakes at their place', async (t) => {
  const root = workspace(t);
  writeFileSync(join(root, 'a.workflow.ts'), flow.replace("code_dir: './'", "code_dri: './'"));
  const { code, out } = await weft(root, ['validate', '--json']);
  assert.equal(code, 1);
  const errors = (JSON.parse(out) as { file: string; code: string; severity: string; range: object }[]).filter(
    ({ severity }) => severity === 'error',
  );
  // One place in the text, though two steps are made there.
  assert.deepEqual(
    errors.map(({ file, code: rule, range }) => [file, rule, range]),
    [['a.workflow.ts', 'member-unknown', { start: { line: 8, character: 17 }, end: { line: 8, character: 25 } }]],
  );
});

test('compile, graph and the example: the same as from YAML', async (t) => {
  const root = workspace(t);
  cpSync(digits, root, { recursive: true, filter: (file) => !/\.weft|\/data(?:\/|$)/.test(file) });
  for (const args of [['compile'], ['graph']]) {
    const [yaml, program] = [
      await weft(root, [...args, 'digits.workflow.yaml']),
      await weft(root, [...args, 'digits.workflow.ts']),
    ];
    assert.equal(program.code, 0, program.err);
    assert.deepEqual(JSON.parse(program.out), JSON.parse(yaml.out), args.join(' '));
  }
});

test('what a program writes to its console is shown beside the result', async (t) => {
  const root = workspace(t);
  writeFileSync(join(root, 'a.workflow.ts'), `${flow}console.log('word is', word.name);\n`);
  const { code, out, err } = await weft(root, ['compile', 'a.workflow.ts']);
  assert.equal(code, 0, err);
  assert.match(err, /^a\.workflow\.ts: word is word$/m);
  assert.equal((JSON.parse(out) as { name: string }).name, 'flow');
});

test('what stands in the way of an evaluation is told at its place', async (t) => {
  const root = workspace(t);
  const file = join(root, 'a.workflow.ts');
  const first = async (text: string) => {
    writeFileSync(file, text);
    const { code, err } = await weft(root, ['compile', 'a.workflow.ts']);
    assert.equal(code, 1, err);
    return err.split('\n')[0];
  };
  assert.match((await first(`${flow}const = 3;\n`))!, /^a\.workflow\.ts:14:7: /);
  assert.match(
    (await first(flow.replace("'weft';", "'weft';\nimport { rm } from 'node:fs';")))!,
    /^a\.workflow\.ts:2:20: .*node:fs/,
  );
  assert.match((await first(`${flow}throw new Error('not today');\n`))!, /not today/);
  assert.match((await first('export const x = 1;\n'))!, /exports no workflow/);
  assert.equal(readFileSync(file, 'utf8'), 'export const x = 1;\n');
});

test('a request body is imported as a program, which makes the same body', async (t) => {
  const root = workspace(t);
  cpSync(digits, root, { recursive: true, filter: (file) => !/\.weft|\/data(?:\/|$)/.test(file) });
  const body = (await weft(root, ['compile', 'digits.workflow.yaml'])).out;
  writeFileSync(join(root, 'body.json'), body);
  const imported = await weft(root, ['import', 'body.json', '--out', 'imported.workflow.ts']);
  assert.equal(imported.code, 0, imported.err);
  assert.match(readFileSync(join(root, 'imported.workflow.ts'), 'utf8'), /^const trainWide = wf\.job\('train_wide', \{$/m);
  const again = await weft(root, ['compile', 'imported.workflow.ts']);
  assert.deepEqual(JSON.parse(again.out), JSON.parse(body), again.err);
  const wrong = await weft(root, ['import', 'body.json', '--to', 'toml']);
  assert.deepEqual([wrong.code, wrong.err.split('\n')[0]], [2, 'weft: --to is yaml or ts, and not "toml"']);
});

test('weft types makes tsc know the SDK', async (t) => {
  const root = workspace(t);
  writeFileSync(join(root, 'a.workflow.ts'), flow.replace('[first]', '[first.outputs.made]'));
  const { code, out, err } = await weft(root, ['types']);
  assert.equal(code, 0, err);
  assert.equal(readFileSync(join(root, '.weft/.gitignore'), 'utf8'), '*\n');
  writeFileSync(
    join(root, 'tsconfig.json'),
    `{ "compilerOptions": { "strict": true, "noEmit": true, "module": "nodenext", "allowImportingTsExtensions": true, "types": [], ${out} } }`,
  );
  const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', root, '--pretty', 'false'], { encoding: 'utf8', cwd: root });
  assert.match(
    stdout,
    /^a\.workflow\.ts\(\d+,\d+\): error TS2339: Property 'made' does not exist on type 'JobOutputs<\{\}>'\.\n$/,
  );
});
