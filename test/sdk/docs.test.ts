// The programs of docs/typescript.md are workflows without a mistake, for Weft and for the compiler.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readTypeScript } from '../../loader/typescript/read-typescript.ts';
import { createSandbox } from '../../loader/typescript/sandbox.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(repository, 'docs/typescript.md'), 'utf8');
const programs = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text]) => text!);
const root = mkdtempSync(join(tmpdir(), 'weft-docs-'));
after(() => rmSync(root, { recursive: true }));

test('each program is evaluated without a finding', async () => {
  assert.equal(programs.length, 2);
  const sandbox = createSandbox();
  for (const text of programs) {
    const read = await readTypeScript({ path: join(root, 'a.workflow.ts'), text, root }, sandbox);
    const found = [...read!.problems, ...read!.workflows.flatMap(({ analysis }) => analysis.diagnostics)];
    assert.deepEqual(
      found.filter(({ severity }) => severity !== 'hint').map(({ code, message }) => `${code}: ${message.en}`),
      [],
    );
  }
  sandbox.dispose();
});

test('the compiler, with the options of the page, finds nothing', () => {
  const folder = join(root, 'types');
  mkdirSync(folder);
  programs.forEach((text, index) => writeFileSync(join(folder, `${index}.workflow.ts`), text));
  const [, options] = /^```json\n(.*?)^```$/ms.exec(page)!;
  const config = JSON.parse(options!) as { compilerOptions: { paths: object; types?: string[] } };
  config.compilerOptions.paths = { weft: [join(repository, 'sdk/index.ts')] };
  config.compilerOptions.types = [];
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { encoding: 'utf8' });
  assert.equal(stdout, '');
});

test('each code of a program is explained on the page', () => {
  const folders = ['loader/typescript', 'server/node'];
  const sources = folders.flatMap((folder) =>
    readdirSync(join(repository, folder)).flatMap((name) =>
      name.endsWith('.ts') ? [readFileSync(join(repository, folder, name), 'utf8')] : [],
    ),
  );
  const codes = new Set(sources.flatMap((text) => [...text.matchAll(/'(typescript-[a-z-]+)'/g)].map(([, code]) => code!)));
  const explained = [...page.matchAll(/^\| `(typescript-[a-z-]+)`/gm)].map(([, code]) => code!);
  assert.deepEqual(explained.toSorted(), [...codes].sort());
});
