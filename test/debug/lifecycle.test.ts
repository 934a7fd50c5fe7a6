// How sessions begin and end: launched, attached, begun anew, left; what becomes of the run each time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunState } from '../../core/run/reduce.ts';
import { findEngine } from '../../remote/local.ts';
import { type DapClient, openClient, workspace } from './dap-client.ts';
import { type Flow, writeFlow } from './flow.ts';
import { assertGolden, assertText } from './golden.ts';
import { ended, goOn, stoppedAt } from './requests.ts';

/** The newest run, as the engine has it. */
async function newest(root: string): Promise<RunState> {
  const { client } = (await findEngine(root))!;
  return (await client.call('ListRuns')).at(-1)!.state;
}

const atTraining = (flow: Flow) => [{ line: flow.lineOf('  training:') }];

async function attached(client: DapClient, args: object, more?: object): Promise<void> {
  await client.initialize(more);
  await client.request('attach', args);
  await client.request('configurationDone');
}

test('stop ends the run', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await client.start({ file: flow.file }, atTraining(flow));
  await client.event('stopped');
  await client.request('terminate', {});
  await ended(client, 1);
  await client.request('disconnect', {});
  assert.equal(await client.exited, 0);
  assert.equal((await newest(root)).status, 'stopped');
  assert.deepEqual(flow.ledger(), ['prepare']);
  assertGolden('terminate', client);
});

test('a debugger that disconnects ends what it began, unless it is told to let the run go on, or to leave it held', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const left = async (how: object, launch: object = {}) => {
    const client = openClient(t, root);
    await client.start({ file: flow.file, ...launch }, atTraining(flow));
    await client.event('stopped');
    await client.request('disconnect', how);
    assert.equal(await client.exited, 0);
  };
  await left({});
  assert.equal((await newest(root)).status, 'stopped');

  await left({ suspendDebuggee: true, terminateDebuggee: false });
  assert.equal((await newest(root)).steps[1]!.held?.reason, 'breakpoint');
  const other = openClient(t, root);
  await attached(other, { file: flow.file });
  assert.equal(await stoppedAt(other, 'pause'), 'training');
  await other.request('disconnect', { terminateDebuggee: true });
  assert.equal((await newest(root)).status, 'stopped');

  // What VS Code says when its window is loaded again.
  await left({ restart: false }, { outlives: true });
  assert.equal((await newest(root)).steps[1]!.held?.reason, 'breakpoint');
  const again = openClient(t, root);
  await attached(again, { file: flow.file });
  await again.event('stopped');

  // Let go, it runs to its end.
  await again.request('disconnect', { terminateDebuggee: false });
  const { client } = (await findEngine(root))!;
  const { id } = await newest(root);
  for await (const event of client.events({ run: id, after: 0 })) if (event.type === 'run.completed') break;
  assert.deepEqual(flow.ledger().slice(-2), ['training 2 hello', 'check']);
});

test('a run that goes on is attached to; what one client does, the other one sees', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const first = openClient(t, root);
  await first.start({ file: flow.file }, atTraining(flow));
  await first.event('stopped');

  const second = openClient(t, root);
  await second.initialize();
  await second.request('attach', { run: 'execution-001', file: flow.file });
  assert.deepEqual(await second.event('capabilities'), { capabilities: { supportsRestartRequest: false } });
  assert.equal(await stoppedAt(second, 'pause'), 'training');
  const { breakpoints } = await second.request<{ breakpoints: { verified: boolean; line: number }[] }>('setBreakpoints', {
    source: { path: flow.file },
    breakpoints: [{ line: flow.lineOf('echo check') }],
  });
  assert.deepEqual(
    breakpoints.map(({ verified, line }) => [verified, line]),
    [[true, flow.lineOf('  check:')]],
  );
  await second.request('configurationDone');
  await goOn(second);
  // Nobody asked the first one.
  assert.equal((await first.event('continued'))['allThreadsContinued'], true);
  assert.equal(await stoppedAt(second, 'breakpoint'), 'check');
  assert.equal(await stoppedAt(first, 'breakpoint'), 'check');
  await second.request('disconnect', {});
  await ended(first);
  assert.deepEqual(flow.ledger(), ['prepare', 'training 2 hello', 'check']);
  assertGolden('attach', second);

  const refused = async (args: object, expected: RegExp) => {
    const client = openClient(t, root);
    await client.initialize();
    await assert.rejects(client.request('attach', args), expected);
  };
  await refused({ run: 'execution-001', file: flow.file }, /Run "execution-001" of flow has ended \(completed\)/);
  await refused({ run: 'nothing', file: flow.file }, /has no run "nothing"/);
  await refused({ file: flow.file }, /has no run that goes on/);
  await refused({ file: workspace(t) }, /No engine runs for .*, so there is no run to attach to/);
});

test('restart ends the run and begins the file as it is now anew, with its breakpoints', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await client.start({ file: flow.file }, atTraining(flow));
  assert.equal(await stoppedAt(client, 'breakpoint'), 'training');
  flow.shift(2);
  await client.event('breakpoint');
  await client.request('restart', { arguments: { file: flow.file, values: { parameters: { epochs: 6 } } } });
  assert.equal(await stoppedAt(client, 'breakpoint'), 'training');
  assert.equal((await client.frames())[0]!.line, flow.lineOf('  training:'));
  const [first, second] = (await (await findEngine(root))!.client.call('ListRuns')).map(({ state }) => state);
  assert.deepEqual([first!.status, second!.status], ['stopped', 'running']);
  await goOn(client);
  await ended(client);
  assert.deepEqual(flow.ledger(), ['prepare', 'prepare', 'training 6 hello', 'check']);
  assertGolden('restart', client);
});

test('restart of a file with mistakes says so and leaves the run as it is', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await client.start({ file: flow.file }, atTraining(flow));
  await client.event('stopped');
  flow.replace('depend_steps: [training]', 'depend_steps: [trainin]');
  await assert.rejects(client.request('restart', {}), /flow\.workflow\.yaml:\d+: .*trainin/);
  await goOn(client);
  await ended(client);
});

test('from a step on, with the results of an earlier run', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await client.start({ file: flow.file, noDebug: true }, atTraining(flow));
  await ended(client);
  const again = openClient(t, root);
  await again.start({ file: flow.file, from: 'training', stopOnEntry: true, values: { parameters: { word: 'again' } } });
  assert.equal(await stoppedAt(again, 'entry'), 'training');
  assert.deepEqual(await again.stack(), [
    `${flow.lineOf('  training:')} training`,
    `> ${flow.lineOf('  prepare:')} prepare (completed)`,
  ]);
  await goOn(again);
  await ended(again);
  assert.deepEqual(flow.ledger(), ['prepare', 'training 2 hello', 'check', 'training 2 again', 'check']);
});

test('what the adapter can do', async (t) => {
  const client = openClient(t, workspace(t));
  const can = await client.request('initialize', { adapterID: 'weft' });
  assertText('initialize', `${JSON.stringify(can, undefined, 2)}\n`);
});

test('a client that counts lines from 0 and reads Chinese gets both', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await client.initialize({ linesStartAt1: false, columnsStartAt1: false, locale: 'zh-cn' });
  await client.request('launch', { file: flow.file });
  const { breakpoints } = await client.request<{ breakpoints: { line: number; column: number; message: string }[] }>(
    'setBreakpoints',
    { source: { path: flow.file }, breakpoints: [{ line: flow.lineOf('node train.mjs') - 1 }, { line: 0 }] },
  );
  assert.deepEqual([breakpoints[0]!.line, breakpoints[0]!.column], [flow.lineOf('  training:') - 1, 2]);
  assert.equal(breakpoints[1]!.message, '该行没有步骤。');
  await client.request('configurationDone');
  await client.event('stopped');
  const [frame] = await client.frames();
  assert.deepEqual([frame!.line, frame!.column], [flow.lineOf('  training:') - 1, 0]);
  const { scopes } = await client.request<{ scopes: { name: string }[] }>('scopes', { frameId: frame!.id });
  assert.deepEqual(
    scopes.map(({ name }) => name),
    ['training', '参数', '数据', '步骤'],
  );
  await goOn(client);
  await ended(client);
});
