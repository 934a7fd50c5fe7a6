// Debug sessions over stdio with a real engine: what the client sees, and what ran with which values.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openClient, workspace } from './dap-client.ts';
import { ended, goOn, next } from './requests.ts';
import { writeFlow } from './flow.ts';
import { assertGolden } from './golden.ts';

test('a breakpoint in the training is moved to its step, the run stops there and only there, and goes on to its end', async (t) => {
  const root = workspace(t);
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
  await goOn(client);
  await ended(client);
  assert.deepEqual(flow.ledger(), ['prepare', 'training 2 hello', 'check']);
  assert.match(client.lines(), /^prepare \| prepared\ntraining \| epochs 2 word hello$/m);
  assertGolden('breakpoint', client);
});

test('a breakpoint goes with its step when the file is edited, and holds the run where the step is now', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await client.start({ file: flow.file, stopOnEntry: true }, [{ line: flow.lineOf('  check:') }]);
  assert.equal((await client.event('stopped'))['reason'], 'entry');
  flow.shift(3);
  const { breakpoint, reason } = (await client.event('breakpoint')) as {
    breakpoint: { line: number; verified: boolean };
    reason: string;
  };
  assert.deepEqual([reason, breakpoint.verified, breakpoint.line], ['changed', true, flow.lineOf('  check:')]);
  await goOn(client);
  assert.equal((await client.event('stopped'))['reason'], 'breakpoint');
  assert.match((await client.stack())[0]!, new RegExp(`^${flow.lineOf('  check:')} check$`));
  await goOn(client);
  await ended(client);
});

test('conditions on parameters and metrics decide whether a step is held; one that is none is refused', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  const training = flow.lineOf('  training:');
  const check = flow.lineOf('  check:');
  const [never, wrong, holds] = await client.start({ file: flow.file, values: { parameters: { epochs: 7 } } }, [
    { line: training, condition: 'parameters.epochs > 10' },
    { line: flow.lineOf('  prepare:'), condition: 'epochs >' },
    { line: check, condition: 'steps.training.outputs.metrics.accuracy >= 0.7' },
  ]);
  assert.deepEqual([never!.verified, wrong!.verified, holds!.verified], [true, false, true]);
  assert.match(wrong!.message!, /`epochs` is neither a reference nor a value/);
  await client.event('stopped');
  assert.equal((await client.stack())[0], `${check} check`);
  assert.deepEqual(flow.ledger(), ['prepare', 'training 7 hello']);
  await goOn(client);
  await ended(client);
  assertGolden('conditions', client);
});

test('step over runs one step after the other, pause holds what comes next', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await client.start({ file: flow.file, stopOnEntry: true });
  await client.event('stopped');
  const held = async () => (await client.stack())[0]!.split(' ')[1];
  assert.deepEqual([await held(), flow.ledger()], ['prepare', []]);
  await next(client);
  assert.equal((await client.event('stopped'))['reason'], 'step');
  assert.deepEqual([await held(), flow.ledger()], ['training', ['prepare']]);
  await next(client);
  await client.event('stopped');
  assert.deepEqual([await held(), flow.ledger()], ['check', ['prepare', 'training 2 hello']]);
  await next(client);
  await ended(client);
  assertGolden('step-over', client);
});

test('pause holds the run before its next step', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const text = readFileSync(flow.file, 'utf8');
  // Goes on when it is let.
  const waits = 'echo "prepared"; while ! test -e go; do sleep 0.05; done; echo prepare >> ledger';
  writeFileSync(flow.file, text.replace('echo "prepared"; echo prepare >> ledger', waits));
  const client = openClient(t, root);
  await client.start({ file: flow.file });
  await client.line('prepare | prepared');
  await client.request('pause', { threadId: 1 });
  assert.equal((await client.event('stopped'))['reason'], 'pause');
  assert.match((await client.stack())[0]!, /prepare \(running\)$/);
  writeFileSync(join(root, 'go'), '');
  await client.event('stopped');
  assert.equal((await client.stack())[0]!.split(' ')[1], 'training');
  assert.deepEqual(flow.ledger(), ['prepare']);
  await goOn(client);
  await ended(client);
  assertGolden('pause', client);
});

test('variables show parameters, data, outputs and metrics; setting one is used by the step that is held', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await client.start({ file: flow.file }, [{ line: flow.lineOf('  training:') }, { line: flow.lineOf('  check:') }]);
  await client.event('stopped');
  const parameters = await client.scope('Parameters');
  assert.deepEqual(
    Object.entries(parameters.of).map(([name, { value, type }]) => [name, value, type]),
    [
      ['epochs', '2', 'int'],
      ['word', '"hello"', 'str'],
      ['shape', '{"wide":3}', 'json'],
    ],
  );
  const set = (reference: number, name: string, value: string) =>
    client.request<{ value: string }>('setVariable', { variablesReference: reference, name, value });
  assert.equal((await set(parameters.reference, 'epochs', '9')).value, '9');
  assert.equal((await set(parameters.of['shape']!.variablesReference, 'wide', '4')).value, '4');
  await assert.rejects(set(parameters.reference, 'epochs', 'many'), /"epochs" takes an int, not "many"/);
  const data = await client.scope('Data');
  assert.match(data.of['pictures']!.value, /pictures/);
  await goOn(client);
  await client.event('stopped');
  assert.deepEqual(flow.ledger(), ['prepare', 'training 9 hello']);
  const steps = await client.scope('Steps');
  const training = await client.children(steps.of['training']!.variablesReference);
  const outputs = await client.children(training['outputs']!.variablesReference);
  assert.match(outputs['train_url']!.value, /model/);
  const metrics = await client.children(training['metrics']!.variablesReference);
  assert.deepEqual(
    Object.values(metrics).map(({ evaluateName, value }) => [evaluateName, value]),
    [['steps.training.outputs.metrics.accuracy', '0.9']],
  );
  await assert.rejects(set(steps.reference, 'training', '1'), /is a result of a step; only parameters and data can be set/);
  assert.equal(await client.evaluate('parameters.shape'), '{"wide":4}');
  await goOn(client);
  await ended(client);
  assertGolden('variables', client);
});

test('the console evaluates, sets and completes; a name under the mouse is its value', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await client.start({ file: flow.file }, [{ line: flow.lineOf('  check:') }]);
  await client.event('stopped');
  assert.equal(await client.evaluate('steps.training.outputs.metrics.accuracy < 0.5', 'repl'), 'true');
  assert.equal(await client.evaluate('epochs', 'hover'), '2');
  assert.equal(await client.evaluate('parameters.word = "moin"', 'repl'), '"moin"');
  assert.equal(await client.evaluate('parameters.word', 'watch'), '"moin"');
  await assert.rejects(client.evaluate('parameters.nothing', 'repl'), /nothing/);
  const complete = async (text: string) =>
    (await client.request<{ targets: { label: string }[] }>('completions', { text, column: text.length + 1 })).targets.map(
      ({ label }) => label,
    );
  assert.deepEqual(await complete('par'), ['parameters']);
  assert.deepEqual(await complete('parameters.e'), ['epochs']);
  assert.deepEqual(await complete('1 < steps.training.outputs.metrics.'), ['accuracy', 'metric_files']);
  await goOn(client);
  await ended(client);
  assertGolden('console', client);
});

test('a finished step is run again with changed values, and so is what follows from it', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await client.start({ file: flow.file }, [{ line: flow.lineOf('  check:') }]);
  await client.event('stopped');
  await client.evaluate('parameters.epochs = 5', 'repl');
  const frames = await client.frames();
  const training = frames.find(({ name }) => name.startsWith('training'))!;
  await client.request('restartFrame', { frameId: training.id });
  assert.equal((await client.event('stopped'))['reason'], 'restart');
  assert.equal((await client.stack())[0]!.split(' ')[1], 'training');
  await goOn(client);
  await client.event('stopped');
  assert.deepEqual(flow.ledger(), ['prepare', 'training 2 hello', 'training 5 hello']);
  await goOn(client);
  await ended(client);
  assert.deepEqual(flow.ledger().at(-1), 'check');
  assertGolden('rerun', client);
});

test('a run that failed is kept open: its step is looked at, mended and run again', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  flow.breakCheck(true);
  const client = openClient(t, root);
  await client.start({ file: flow.file }, [], ['failed']);
  const stopped = await client.event('stopped');
  assert.equal(stopped['reason'], 'exception');
  const { description } = await client.request<{ description: string }>('exceptionInfo', { threadId: 1 });
  assert.match(description, /exit status 3/);
  flow.breakCheck(false);
  const check = (await client.frames()).find(({ name }) => name.startsWith('check'))!;
  await client.request('restartFrame', { frameId: check.id });
  await client.event('stopped');
  await goOn(client);
  await ended(client);
  assert.deepEqual(flow.ledger(), ['prepare', 'training 2 hello', 'check', 'check']);
  assertGolden('failure', client);
});

test('what stands in the way of a run is said, and nothing is begun', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const refused = async (launch: Record<string, unknown>, expected: RegExp) => {
    const client = openClient(t, root);
    await assert.rejects(client.start(launch), expected);
  };
  await refused({}, /lacks "file"/);
  await refused({ file: join(root, 'none.workflow.yaml') }, /There is no file .*none\.workflow\.yaml/);
  await refused({ file: flow.file, engine: 'prod' }, /has no engine "prod"/);
  await refused({ file: flow.file, scene: 'x' }, /has no scene "x"; it has none/);
  await refused({ file: flow.file, steps: ['x'] }, /has no step "x"; it has prepare, training, check/);
  await refused({ file: flow.file, steps: ['check'], from: 'check' }, /"steps" and "from" choose the steps in different ways/);
  await refused({ file: flow.file, from: 'check' }, /and flow has none with results: debug it as a whole once/);
  await refused({ file: flow.file, from: 'check', reuse: 'x' }, /no run "x" of flow/);
  await refused({ file: join(root, 'train.mjs') }, /train\.mjs is no workflow file/);
  await refused({ file: flow.file, values: { parameters: { epochs: 'many' } } }, /"epochs" takes an int, not "many"/);
  const text = readFileSync(flow.file, 'utf8');
  writeFileSync(flow.file, text.replace('depend_steps: [prepare]', 'depend_steps: [prepar]'));
  await refused({ file: flow.file }, /flow\.workflow\.yaml:\d+: .*prepar/);
  assert.deepEqual(flow.ledger(), []);
});

test('weft dap is the same adapter', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root, [fileURLToPath(new URL('../../cli/main.ts', import.meta.url)), 'dap']);
  await client.start({ file: flow.file, noDebug: true }, [{ line: flow.lineOf('  training:') }]);
  await ended(client);
  assert.deepEqual(flow.ledger(), ['prepare', 'training 2 hello', 'check']);
});
