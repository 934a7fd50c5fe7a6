// `weft` itself: help, wrong usage, and the engine of a workspace.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { weft, workspace } from './weft.ts';

test('help lists every command, in the language of the terminal', async (t) => {
  const root = workspace(t);
  const english = await weft(root, ['help']);
  assert.equal(english.code, 0);
  assert.match(english.out, /weft engine start\|status\|stop/);
  assert.match((await weft(root, ['help'], { LC_ALL: 'zh_CN.UTF-8' })).out, /本地引擎/);
  assert.match((await weft(root, ['engine', '--help'])).out, /weft engine status/);
});

test('wrong usage ends with 2 and says what would be right', async (t) => {
  const root = workspace(t);
  assert.deepEqual(await weft(root, ['engin']), {
    code: 2,
    out: '',
    err: 'weft: there is no command "engin"; did you mean "weft engine"?\n',
  });
  assert.match((await weft(root, ['engine', 'begin'])).err, /weft engine knows start, status and stop, and not "begin"/);
  assert.match((await weft(root, ['engine', 'status', '--wrong'])).err, /^weft: unknown option '--wrong'/);
  assert.match(
    (await weft(root, ['runs', 'list'])).err,
    /no engine runs for .*; "weft run FILE" or "weft engine start" starts one/,
  );
});

test('the engine of a workspace is the same from every folder below weft.config.yaml', async (t) => {
  const root = workspace(t);
  writeFileSync(join(root, 'weft.config.yaml'), '');
  mkdirSync(join(root, 'deep/er'), { recursive: true });
  assert.equal((await weft(root, ['engine', 'status'])).code, 1);
  const started = await weft(join(root, 'deep/er'), ['engine', 'start']);
  assert.equal(started.code, 0, started.err);
  assert.match(started.out, new RegExp(`^The engine of ${root} runs: process \\d+, port \\d+`));
  const { running } = JSON.parse((await weft(root, ['engine', 'status', '--json'])).out) as { running: boolean };
  assert.equal(running, true);
  assert.equal((await weft(root, ['runs', 'list'])).out, 'There are no runs yet: weft run FILE makes one.\n');
  assert.match((await weft(join(root, 'deep'), ['engine', 'stop'])).out, /has stopped/);
  assert.equal((await weft(root, ['engine', 'status'])).code, 1);
});
