// The house rules that a machine can hold: headers, names of files, the table of imports, documentation of rules.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folders = [
  'core',
  'sdk',
  'layout',
  'remote',
  'engine',
  'loader',
  'debug',
  'cli',
  'server',
  'client',
  'media',
  'scripts',
  'test',
  'bench',
];
const sources = globSync(`{${folders.join(',')}}/**/*.ts`, { cwd: root }).filter((file) => !file.includes('/generated/'));
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

/** What each folder may import of the others; the compiler holds the same by `references`. */
const imports: Readonly<Record<string, readonly string[]>> = {
  core: [],
  layout: ['core'],
  remote: ['core'],
  engine: ['core', 'remote'],
  sdk: ['core'],
  loader: ['core', 'sdk'],
  debug: ['core', 'loader', 'remote'],
  cli: ['core', 'layout', 'loader', 'remote', 'engine', 'debug', 'server'],
  server: ['core', 'layout', 'loader'],
  client: ['core', 'remote'],
  media: ['core'],
};

test('every source file opens with a comment that says what it is for', () => {
  assert.ok(sources.length > 50);
  assert.deepEqual(
    sources.filter((file) => !/^(?:#!.*\n)?(?:\/\/ \S|\/\*\*)/.test(textOf(file))),
    [],
  );
});

test('file names are kebab-case and name no grab bag', () => {
  // A family of files is named by its members: a step kind's file by the kind.
  const member = /^(?:core|engine)\/steps\//;
  const bad = /(?:^|-)(?:utils?|helpers?|common|misc|manager)(?:-|\.|$)/;
  assert.deepEqual(
    sources.filter(
      (file) =>
        !member.test(file) &&
        (!/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)*\.ts$/.test(basename(file)) || bad.test(basename(file, '.ts'))),
    ),
    [],
  );
});

test('folders import only what the table of docs/architecture.md allows', () => {
  const wrong: string[] = [];
  for (const file of sources) {
    const allowed = imports[file.split('/')[0]!];
    if (!allowed) continue;
    for (const [, specifier] of textOf(file).matchAll(/^(?:import|export)[^'"]*?from '(\.[^']+)'/gm)) {
      const target = join(dirname(file), specifier!).split('/')[0]!;
      if (target !== 'package.json' && target !== file.split('/')[0] && !allowed.includes(target))
        wrong.push(`${file} imports ${specifier}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('only the client knows vscode, only the server knows LSP, only the store knows SQLite', () => {
  const only = (module: RegExp, folder: string) =>
    sources.filter(
      (file) => !file.startsWith(folder) && !file.startsWith('test/') && !file.startsWith('bench/') && module.test(textOf(file)),
    );
  assert.deepEqual(only(/from 'vscode'/, 'client/'), []);
  assert.deepEqual(only(/from 'vscode-languageserver/, 'server/'), []);
  assert.deepEqual(only(/from '@vscode\/debug/, 'debug/'), []);
  assert.deepEqual(only(/from 'node:sqlite'/, 'engine/store/'), []);
});

test('the compiler holds the same table: references of each folder are those of it', () => {
  for (const [folder, allowed] of Object.entries(imports)) {
    const { references } = JSON.parse(textOf(`${folder}/tsconfig.json`)) as { references: readonly { readonly path: string }[] };
    for (const { path } of references)
      assert.ok(allowed.includes(path.split('/')[1]!), `${folder}/tsconfig.json refers to ${path}`);
  }
});
