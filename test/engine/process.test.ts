// The engine as a process: found, started once however many ask, killed and started again, stopped, and refused with one clear line.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findEngine, type LocalEngine, startEngine, stopEngine } from '../../remote/local.ts';

const enginePath = fileURLToPath(new URL('../../engine/main.ts', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };

function workspace(t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'weft-engine-'));
  t.after(async () => {
    await stopEngine(root);
    rmSync(root, { recursive: true, force: true });
  });
  return root;
}

const start = (root: string): Promise<LocalEngine> => startEngine({ root, enginePath, execPath: process.execPath, version });

async function kill(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Runs an engine to its end. */
async function runEngine(...args: string[]): Promise<{ code: number; errors: string }> {
  const child = spawn(process.execPath, [enginePath, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
  const [code] = await once(child, 'close');
  return { code, errors: errors.trim() };
}

test('an engine is started once, found again, and leaves no address behind when it is stopped', async (t) => {
  const root = workspace(t);
  assert.equal(await findEngine(root), undefined);
  const first = await start(root);
  assert.equal(first.health.root, root);
  assert.equal(first.health.version, version);
  assert.equal((await start(root)).file.pid, first.file.pid);
  assert.equal(statSync(join(root, '.weft/engine.json')).mode & 0o777, 0o600);
  assert.equal(readFileSync(join(root, '.weft/.gitignore'), 'utf8'), '*\n');
  assert.equal(await stopEngine(root), true);
  assert.equal(existsSync(join(root, '.weft/engine.json')), false);
  assert.equal(await stopEngine(root), false);
});

test('of several that start at once one engine stays, and all find it', async (t) => {
  const root = workspace(t);
  const pids = (await Promise.all(Array.from({ length: 4 }, () => start(root)))).map(({ file }) => file.pid);
  assert.equal(new Set(pids).size, 1);
});

test('an engine that was killed leaves a stale address, and the next one starts over it', async (t) => {
  const root = workspace(t);
  const first = await start(root);
  await kill(first.file.pid);
  assert.equal(existsSync(join(root, '.weft/engine.json')), true);
  assert.equal(await findEngine(root), undefined);
  const second = await start(root);
  assert.notEqual(second.file.pid, first.file.pid);
  assert.notEqual(second.file.token, first.file.token);
});

test('a second engine of a workspace ends with status 3 and says so', async (t) => {
  const root = workspace(t);
  await start(root);
  assert.deepEqual(await runEngine('--root', root), { code: 3, errors: `An engine of ${root} runs already.` });
});

test('an engine that nobody needs ends by itself', async (t) => {
  const root = workspace(t);
  assert.equal((await runEngine('--root', root, '--idle-minutes', '0.001')).code, 0);
  assert.equal(existsSync(join(root, '.weft/engine.json')), false);
});

test('a taken port, a missing folder, a folder without permission and a broken database are each said in one line', async (t) => {
  const root = workspace(t);
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const taken = await runEngine('--root', root, '--port', String(port));
  other.close();
  assert.equal(taken.code, 2);
  assert.match(taken.errors, new RegExp(`^Port ${port} is taken by another program; .*$`));
  assert.equal(existsSync(join(root, '.weft/engine.json')), false);

  assert.deepEqual(await runEngine('--root', join(root, 'none')), {
    code: 2,
    errors: `There is no folder ${join(root, 'none')}.`,
  });

  // No one may write there, not even root.
  const refused = await runEngine('--root', '/sys/kernel');
  assert.equal(refused.code, 2);
  assert.match(refused.errors, /^There is no permission to write \/sys\/kernel\/\.weft; .*$/);

  writeFileSync(
    join(root, '.weft/engine.db'),
    'this is no database, and long enough to be taken for the header of one '.repeat(20),
  );
  const broken = await runEngine('--root', root);
  assert.equal(broken.code, 2);
  assert.match(broken.errors, /^[^\n]*engine\.db[^\n]*$/);
});
