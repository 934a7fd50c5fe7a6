// Tests that run inside the extension host of a real VS Code, on the packaged extension and a copy of the digits example.
import { cpSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runHostTests } from '../support/vscode/host-tests.ts';
import { packagedExtension } from '../support/vscode/packaged-extension.ts';

const root = join(import.meta.dirname, '../..');

test('in the extension host', async (t) => {
  const results = await runHostTests({
    vsix: await packagedExtension(),
    files: globSync('host/*.ts', { cwd: import.meta.dirname })
      .sort()
      .map((file) => join(import.meta.dirname, file)),
    workspace(folder) {
      const workspace = join(folder, 'digits');
      cpSync(join(root, 'examples/digits'), workspace, { recursive: true });
      return workspace;
    },
    output: join(root, 'out/vscode-host'),
  });
  for (const { title, state, error } of results) {
    await t.test(title, () => {
      if (state !== 'passed') throw new Error(error ?? 'it was skipped');
    });
  }
  if (results.length === 0) throw new Error('no host test ran');
});
