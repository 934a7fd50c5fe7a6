// body → program → body: what an import writes with `--to ts` makes the same request body when it is run, and the compiler accepts it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { emitBody } from '../../core/ir/emit-body.ts';
import { emitTypeScript } from '../../core/ir/emit-typescript.ts';
import { readTypeScript } from '../../loader/typescript/read-typescript.ts';
import { createSandbox } from '../../loader/typescript/sandbox.ts';
import { bindText } from '../rules/analyze.ts';
import { drawBody } from './draw-body.ts';
import { normalForm } from './normal-form.ts';
import { bodyOf, errorsOf } from './wire.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'weft-identity-'));
const sandbox = createSandbox();
after(() => {
  sandbox.dispose();
  rmSync(root, { recursive: true });
});
const seed = Number(process.env.WEFT_SEED ?? 20_240_611);

/** The program, whose body is that one. */
async function roundTrip(body: unknown): Promise<string> {
  const read = bindText(JSON.stringify(body), 'json');
  const emitted = emitTypeScript(read.workflow);
  assert.ok('text' in emitted);
  const { text } = emitted;
  const again = await readTypeScript({ path: join(root, 'a.workflow.ts'), text, root }, sandbox);
  assert.deepEqual(
    again!.problems.map(({ message }) => message.en),
    [],
    text,
  );
  const { bound, diagnostics } = again!.workflows[0]!.analysis;
  assert.deepEqual(errorsOf(diagnostics), errorsOf(read.diagnostics), text);
  assert.deepEqual(normalForm(emitBody(bound)), normalForm(body), text);
  return text;
}

const folder = join(repository, 'test/corpus/bodies');
const valid = readdirSync(folder).filter((name) => name.startsWith('_valid'));
const example = readFileSync(join(repository, 'examples/digits/digits.workflow.yaml'), 'utf8');

test('bodies of the corpus and of the example come back, and the compiler accepts their programs', async () => {
  const bodies = valid.map((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { readonly body: unknown }).body);
  const files: string[] = [];
  mkdirSync(join(root, 'types'));
  for (const body of [...bodies, bodyOf(example)]) {
    const name = `${files.length}.workflow.ts`;
    const program = await roundTrip(body);
    assert.doesNotMatch(program, /\$\{\{ |steps\./, 'references are objects');
    writeFileSync(join(root, 'types', name), program);
    files.push(name);
  }
  const compilerOptions = { strict: true, noEmit: true, module: 'nodenext', allowImportingTsExtensions: true, types: [] };
  const paths = { weft: [join(repository, 'sdk/index.ts')] };
  writeFileSync(join(root, 'types/tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, paths }, files }));
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', join(root, 'types'), '--pretty', 'false'], { encoding: 'utf8' });
  assert.equal(stdout, '');
});

test(`80 generated bodies come back as they were (seed ${seed})`, async () => {
  let said = 0;
  const bodies = fc.sample(
    fc.gen().map((draw) => drawBody(draw, true)),
    { numRuns: 80, seed },
  );
  for (const body of bodies) {
    const read = bindText(JSON.stringify(body), 'json');
    if (errorsOf(read.diagnostics).length > 0 || 'impossible' in emitTypeScript(read.workflow)) continue;
    await roundTrip(body);
    said++;
  }
  assert.ok(said > 40, `only ${said}`);
});
