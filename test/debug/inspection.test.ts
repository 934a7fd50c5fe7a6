// What is looked at and set in a held run, beyond the plain values of session.test.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type DapClient, openClient, steady, workspace } from './dap-client.ts';
import { type Flow, writeFlow } from './flow.ts';
import { assertGolden } from './golden.ts';
import { ended, goOn, stoppedAt } from './requests.ts';

async function heldAt(client: DapClient, flow: Flow, step: string, launch: object = {}): Promise<void> {
  await client.start({ file: flow.file, ...launch }, [{ line: flow.lineOf(`  ${step}:`) }]);
  assert.equal(await stoppedAt(client, 'breakpoint'), step);
}

type Evaluated = DebugProtocol.EvaluateResponse['body'];
const evaluate = (client: DapClient, expression: string, context = 'watch') =>
  client.request<Evaluated>('evaluate', { expression, context });

test('the scope of a step has what it reads with its values, and they can be set there', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await heldAt(client, flow, 'training');
  const { of, reference } = await client.scope('training');
  assert.deepEqual(
    Object.values(of).map(({ name, value }) => `${name} = ${steady(value, root)}`),
    [
      'data.pictures = {"obs_url":"file://~/pictures/"}',
      'parameters.epochs = 2',
      'parameters.word = "hello"',
      'storages.output = "file://~/out/UUID/"',
      'status = "held"',
    ],
  );
  await client.request('setVariable', { variablesReference: reference, name: 'parameters.epochs', value: '8' });
  await assert.rejects(
    client.request('setVariable', { variablesReference: reference, name: 'storages.output', value: '/x/' }),
    /only parameters and data can be set/,
  );
  await goOn(client);
  await ended(client);
  assert.deepEqual(flow.ledger(), ['prepare', 'training 8 hello', 'check']);
  assertGolden('reads', client);
});

test('expressions of watches and the console lead into values and steps, and are set where they can be', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await heldAt(client, flow, 'check');
  const result = async (expression: string, context?: string) => (await evaluate(client, expression, context)).result;
  assert.equal(await result('parameters.shape.wide'), '3');
  assert.equal(await result('${{ parameters.epochs }}', 'hover'), '2');
  assert.equal(await result('training', 'hover'), 'completed');
  assert.equal(await result('steps.training.metrics.accuracy'), '0.2');
  assert.equal(await result('steps.check'), 'held (breakpoint)');
  await assert.rejects(result('steps.training.outputs.no'), /"no"/);
  await assert.rejects(result('wrong ~ word'), /wrong/);

  const set = (expression: string, value: string) => client.request<{ value: string }>('setExpression', { expression, value });
  assert.equal((await set('parameters.shape.wide', '5')).value, '5');
  assert.equal((await set('parameters.shape.sizes', '[1, 2, 3]')).value, '[1,2,3]');
  assert.equal((await set('parameters.shape.sizes[1]', '"two"')).value, '"two"');
  assert.equal(await result('parameters.shape.sizes[2] = {"deep": true}', 'repl'), '{"deep":true}');
  assert.equal(await result('parameters.shape'), '{"wide":5,"sizes":[1,"two",{"deep":true}]}');
  await assert.rejects(set('parameters.shape.sizes[7]', '1'), /no parameter and no data/);
  await assert.rejects(set('parameters.epochs.more', '1'), /what it would be part of is no map/);
  await assert.rejects(set('steps.training.status', '"failed"'), /only parameters and data can be set/);
  await assert.rejects(result('parameters.epochs = many', 'repl'), /"epochs" takes an int, not "many"/);
  assertGolden('expressions', client);
  await client.request('terminate', {});
  await ended(client, 1);
});

test('large values come in pages, or in ranges where the client knows no pages; the clipboard gets all of them', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const items = Array.from({ length: 2_500 }, (_, index) => index);
  const members = Object.fromEntries(items.map((index) => [`m${index}`, index]));
  const launch = { values: { parameters: { shape: { items, members }, word: 'x'.repeat(20_000) } } };

  const client = openClient(t, root);
  await heldAt(client, flow, 'training', launch);
  const list = await evaluate(client, 'parameters.shape.items');
  assert.equal(list.indexedVariables, 2_500);
  assert.ok(list.result.length < 500 && list.result.startsWith('[0,1,2') && list.result.endsWith('…'), list.result);
  const page = await client.request<{ variables: DebugProtocol.Variable[] }>('variables', {
    variablesReference: list.variablesReference,
    filter: 'indexed',
    start: 1_200,
    count: 100,
  });
  assert.deepEqual(
    [page.variables.length, page.variables[0]!.name, page.variables[0]!.evaluateName],
    [100, '1200', 'parameters.shape.items[1200]'],
  );
  const named = await client.request<{ variables: DebugProtocol.Variable[] }>('variables', {
    variablesReference: list.variablesReference,
    filter: 'named',
  });
  assert.deepEqual(named.variables, []);
  const map = await client.children((await evaluate(client, 'parameters.shape.members')).variablesReference);
  assert.deepEqual(Object.keys(map), ['[0…999]', '[1000…1999]', '[2000…2499]']);
  const last = await client.children(map['[2000…2499]']!.variablesReference);
  assert.deepEqual([Object.keys(last).length, last['m2499']!.value], [500, '2499']);
  // A member within a range is set like any other.
  await client.request('setVariable', { variablesReference: map['[2000…2499]']!.variablesReference, name: 'm2499', value: '-1' });
  assert.equal((await evaluate(client, 'parameters.shape.members.m2499')).result, '-1');
  assert.ok((await evaluate(client, 'word')).result.length < 10_010);
  await assert.rejects(
    client.request('setExpression', { expression: 'parameters.shape.items', value: list.result.replace('[0', '[7') }),
    /"items" is shown shortened: open it and set its parts/,
  );
  assert.equal((await evaluate(client, 'word', 'clipboard')).result, 'x'.repeat(20_000));
  assert.deepEqual(JSON.parse((await evaluate(client, 'parameters.shape.items', 'clipboard')).result), items);
  await client.request('terminate', {});
  await ended(client, 1);

  const plain = openClient(t, root);
  await plain.initialize({ supportsVariablePaging: false });
  await plain.request('launch', { file: flow.file, stopOnEntry: true, ...launch });
  await plain.request('configurationDone');
  await plain.event('stopped');
  const whole = await evaluate(plain, 'parameters.shape.items');
  assert.equal(whole.indexedVariables, undefined);
  assert.deepEqual(Object.keys(await plain.children(whole.variablesReference)), ['[0…999]', '[1000…1999]', '[2000…2499]']);
  await plain.request('terminate', {});
  await ended(plain, 1);
});

test('completion knows names, members of values and names that need quotes', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const client = openClient(t, root);
  await heldAt(client, flow, 'check', { values: { parameters: { shape: { wide: 3, 'my size': { deep: 1 } } } } });
  const complete = async (text: string) => {
    const { targets } = await client.request<DebugProtocol.CompletionsResponse['body']>('completions', {
      text,
      column: text.length + 1,
    });
    return targets.map(({ label, text: insert, start, length }) => {
      const from = start! - 1;
      return `${label}: ${text.slice(0, from)}${insert ?? label}${text.slice(from + length!)}`;
    });
  };
  assert.deepEqual(await complete('1 < st'), ['steps: 1 < steps', 'storages: 1 < storages']);
  assert.deepEqual(await complete('parameters.w'), ['word: parameters.word']);
  assert.deepEqual(await complete('parameters.shape.'), ['wide: parameters.shape.wide', "my size: parameters.shape['my size']"]);
  assert.deepEqual(await complete("parameters.shape['my size'].d"), ["deep: parameters.shape['my size'].deep"]);
  assert.deepEqual(await complete('steps.tr'), ['training: steps.training']);
  assert.deepEqual(await complete('steps.training.outputs.t'), ['train_url: steps.training.outputs.train_url']);
  assert.deepEqual(await complete('storages.'), ['output: storages.output']);
  assert.deepEqual(await complete('nothing.'), []);
  await client.request('terminate', {});
  await ended(client, 1);
});
