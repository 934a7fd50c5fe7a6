// Workflows in TypeScript on the lowest Node: the same tests pass there, those of each way out of the confined process before all.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lowestNode, lowestVersion } from '../support/lowest-node.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

test(`on Node ${lowestVersion} each escape is closed too, and places are the same`, async () => {
  const node = await lowestNode();
  const { env } = process;
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' });
  assert.equal(version.stdout.trim(), `v${lowestVersion}`);
  const files = readdirSync(join(repository, 'test/loader')).filter((name) => /^typescript-.*\.test\.ts$/.test(name));
  assert.ok(files.includes('typescript-confinement.test.ts'));
  const { NODE_TEST_CONTEXT: _, ...clean } = env;
  for (const file of files) {
    const { stdout, status } = spawnSync(
      node,
      ['--experimental-strip-types', '--no-warnings', '--test-reporter=spec', join('test/loader', file)],
      { cwd: repository, encoding: 'utf8', env: clean },
    );
    assert.equal(status, 0, stdout);
    assert.match(stdout, /pass [1-9]/);
  }
});
