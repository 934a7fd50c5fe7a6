// Debug sessions over stdio with a real engine: what the client sees, and what ran with which values.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { openClient, workspace } from './dap-client.ts';
import { writeFlow } from './flow.ts';

test('a breakpoint in the training is moved to its step, the run stops there and only there, and goes on to its end', async (t) => {
  const root = workspace(t);
  mkdirSync(join(root, 'pictures'));
  const flow = writeFlow(root);
  const client = openClient(t, root);
  const inside = flow.lineOf('node train.mjs');
  const [breakpoint, none] = await client.start({ file: flow.file }, [{ line: inside }, { line: 1 }]);
  assert.deepEqual([breakpoint!.verified, breakpoint!.line], [true, flow.lineOf('  training:')]);
  assert.deepEqual([none!.verified, none!.message], [false, 'There is no step in this line.']);
  const stopped = await client.event('stopped');
  assert.equal(stopped['reason'], 'breakpoint');
  assert.deepEqual(stopped['hitBreakpointIds'], [breakpoint!.id]);
  assert.deepEqual(flow.ledger(), ['prepare']);
  assert.deepEqual(await client.stack(), [
    `${flow.lineOf('  training:')} training`,
    `> ${flow.lineOf('  prepare:')} prepare (completed)`,
  ]);
  await client.request('continue', { threadId: 1 });
  assert.equal((await client.event('exited'))['exitCode'], 0);
  await client.event('terminated');
  assert.deepEqual(flow.ledger(), ['prepare', 'training 2 hello', 'check']);
  assert.match(client.lines(), /^prepare \| prepared\ntraining \| epochs 2 word hello$/m);
  assert.equal(client.trace.filter((line) => line.startsWith('<< stopped')).length, 1);
});
