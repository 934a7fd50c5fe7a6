// Breakpoints beyond the plain one: by name, counted, that only print; and what becomes of those that mean nothing to the run.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openClient, workspace } from './dap-client.ts';
import { writeFlow } from './flow.ts';
import { assertGolden } from './golden.ts';
import { ended, goOn, stoppedAt } from './requests.ts';

test('a breakpoint by the name of a step holds it; a count says at which of its starts', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await client.initialize();
  await client.request('launch', { file: flow.file });
  const named = await client.request<{ breakpoints: { verified: boolean; line: number; message: string }[] }>(
    'setFunctionBreakpoints',
    { breakpoints: [{ name: 'check' }, { name: 'nothing' }] },
  );
  assert.deepEqual(
    named.breakpoints.map(({ verified, line, message }) => [verified, line, message]),
    [
      [true, flow.lineOf('  check:'), undefined],
      [false, undefined, 'The file has no step "nothing".'],
    ],
  );
  const counted = await client.request<{ breakpoints: { verified: boolean; message: string }[] }>('setBreakpoints', {
    source: { path: flow.file },
    breakpoints: [
      { line: flow.lineOf('  training:'), hitCondition: '2' },
      { line: flow.lineOf('  prepare:'), hitCondition: 'often' },
    ],
  });
  assert.deepEqual(
    counted.breakpoints.map(({ verified }) => verified),
    [true, false],
  );
  assert.match(counted.breakpoints[1]!.message, /`often` is no count of starts: write `2`/);
  await client.request('configurationDone');
  // The first start of the training goes through.
  assert.equal(await stoppedAt(client, 'breakpoint'), 'check');
  const prepare = (await client.frames()).find(({ name }) => name.startsWith('prepare'))!;
  await client.request('restartFrame', { frameId: prepare.id });
  assert.equal(await stoppedAt(client, 'restart'), 'prepare');
  await goOn(client);
  assert.equal(await stoppedAt(client, 'breakpoint'), 'training');
  await goOn(client);
  assert.equal(await stoppedAt(client, 'breakpoint'), 'check');
  await goOn(client);
  await ended(client);
  assertGolden('breakpoints', client);
});

test('a log point prints when its step starts, and holds nothing', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  const check = flow.lineOf('  check:');
  const [point] = await client.start({ file: flow.file }, [
    {
      line: check,
      logMessage: 'epochs {parameters.epochs}, accuracy {steps.training.outputs.metrics.accuracy}, {parameters.no}',
    },
    { line: check, logMessage: 'never', condition: 'parameters.epochs > 2' },
    { line: check, logMessage: 'wide {parameters.shape.wide} {word}', condition: 'parameters.epochs == 2' },
    { line: check, logMessage: 'second', hitCondition: '2' },
  ]);
  assert.equal(point!.verified, true);
  await ended(client);
  assert.match(client.console(), /^epochs 2, accuracy 0\.2, \{parameters\.no: There is no "no" among the parameters.*\}$/m);
  assert.match(client.console(), /^wide 3 hello$/m);
  assert.doesNotMatch(client.console(), /never|second/);
  assert.deepEqual(flow.ledger(), ['prepare', 'training 2 hello', 'check']);
});

test('breakpoints of other files, and at steps that the run does not have, are not shown as set', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  const other = join(root, 'other.workflow.yaml');
  writeFileSync(other, flow.text());
  await client.initialize();
  // Before the launch nobody knows which file it will be.
  type Answer = { breakpoints: { id: number; verified: boolean; message?: string }[] };
  const set = (path: string, ...lines: readonly number[]) =>
    client.request<Answer>('setBreakpoints', { source: { path }, breakpoints: lines.map((line) => ({ line })) });
  const early = await set(other, flow.lineOf('  training:'));
  await client.request('launch', { file: flow.file, steps: ['prepare', 'training'] });
  const [inRun, outside] = (await set(flow.file, flow.lineOf('  training:'), flow.lineOf('  check:'))).breakpoints;
  const late = await set(join(root, 'train.mjs'), 1);
  assert.deepEqual([late.breakpoints[0]!.verified, late.breakpoints[0]!.message], [false, 'The run is not one of this file.']);
  await client.request('configurationDone');
  assert.equal(await stoppedAt(client, 'breakpoint'), 'training');
  const told = new Map<number, string | undefined>();
  for (let count = 0; count < 2; count++) {
    const { breakpoint } = (await client.event('breakpoint')) as {
      breakpoint: { id: number; verified: boolean; message?: string };
    };
    assert.equal(breakpoint.verified, false);
    told.set(breakpoint.id, breakpoint.message);
  }
  assert.equal(told.get(early.breakpoints[0]!.id), 'The run is not one of this file.');
  assert.equal(told.get(outside!.id), 'Step "check" is not part of this run.');
  assert.equal(inRun!.verified, true);
  await goOn(client);
  await ended(client);
});

test('a breakpoint whose step is renamed away says so, and comes back with the name', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await client.start({ file: flow.file, stopOnEntry: true }, [{ line: flow.lineOf('  check:') }]);
  await client.event('stopped');
  type Told = { breakpoint: { verified: boolean; message?: string; line?: number } };
  flow.replace('  check:', '  review:');
  const { breakpoint } = (await client.event('breakpoint')) as Told;
  assert.deepEqual([breakpoint.verified, breakpoint.message], [false, 'The file has no step "check".']);
  flow.replace('  review:', '  check:');
  assert.equal(((await client.event('breakpoint')) as Told).breakpoint.verified, true);
  await goOn(client);
  assert.equal(await stoppedAt(client, 'breakpoint'), 'check');
  await goOn(client);
  await ended(client);
});
