// Services as real processes: deployed, asked, divided by weights, updated, stopped, failed, and found again by the next engine.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { processesOf } from '../../engine/launcher/process-table.ts';
import { createRegistries } from '../../engine/registries/create.ts';
import type { ServiceRecord } from '../../engine/registries/services.ts';
import { eventually } from './condition.ts';
import { outputOf, type StepBench, statusesOf, stepBench, stepOf } from './step-bench.ts';

const server = `
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
const weights = readFileSync(new URL('./weights.txt', import.meta.url), 'utf8').trim();
appendFileSync(process.env.WEFT_MODEL_DIR + '/started', 'started\\n');
if (weights === 'broken') {
  console.error('Error: the weights are broken');
  process.exit(4);
}
createServer((request, response) => {
  if (request.url === '/end') process.exit(3);
  response.setHeader('content-type', 'application/json');
  request.setEncoding('utf8');
  let body = '';
  request.on('data', (chunk) => (body += chunk)).on('end', () => {
    response.statusCode = body === '"bad"' ? 400 : 200;
    response.end(JSON.stringify({ weights, level: process.env.LEVEL, got: body }));
  });
}).listen(Number(process.env.PORT), process.env.HOST, () => console.log('serving ' + weights));
`;

const flow = (service = 'service_name: reader', data = 'type: model_list') => `
name: flow
data:
  models: { ${data} }
steps:
  serve:
    type: service
    inputs: { models: \${{ data.models }} }
    outputs: { service: { infer_type: real-time, ${service} } }
`;

/** Registers one version a text of weights. */
async function withModels(t: TestContext, weights: readonly string[], settings = ''): Promise<StepBench> {
  const bench = stepBench(t, settings);
  for (const [index, text] of weights.entries()) {
    const folder = `packages/${index}`;
    bench.write({ [`${folder}/config.json`]: '{}', [`${folder}/service.mjs`]: server, [`${folder}/weights.txt`]: text });
    const sources = [join(bench.root, folder)];
    await bench.machine.models.register({ key: `m${index}.1`, run: 'r', name: 'reader', type: 'Custom', sources });
  }
  return bench;
}

const entry = (version: string, weight = 100) => ({
  model_name: 'reader',
  model_version: version,
  specification: 'local',
  weight,
});
const given = (...entries: readonly unknown[]) => ({ data: [{ name: 'models', value: entries }] });

async function ask(address: unknown, body: unknown = {}): Promise<{ readonly weights: string; readonly level?: string }> {
  const answer = await fetch(`${address}/`, { method: 'POST', body: JSON.stringify(body) });
  assert.equal(answer.status, 200);
  return (await answer.json()) as { weights: string };
}

const addressIn = (state: Awaited<ReturnType<StepBench['run']>>) => outputOf(state, 'serve', 'service')['access_address'];
const onlyService = ({ machine }: StepBench): ServiceRecord => {
  const [service, ...more] = machine.services.list();
  assert.deepEqual(more, []);
  return service!;
};
const processes = ({ live, router, coming }: ServiceRecord) =>
  [...live, ...(coming?.instances ?? []), ...(router ? [router] : [])].flatMap(({ key }) => processesOf(undefined, key));

test('a service answers at its address when the step completes, shows its log, and leaves nothing when it is stopped', async (t) => {
  const bench = await withModels(t, ['one']);
  const state = await bench.run(flow(), given(entry('0.0.1')));
  assert.deepEqual(statusesOf(state), ['serve completed']);
  const address = addressIn(state);
  assert.match(String(address), /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal((await ask(address)).weights, 'one');
  const log = join(bench.root, '.weft/runs', state.id, 'serve/1/log');
  assert.equal(readFileSync(log, 'utf8'), 'serving one\n');

  const registries = createRegistries(bench.machine);
  const [service] = await registries.services();
  assert.deepEqual(service, {
    id: service!.id,
    name: 'reader',
    status: 'running',
    accessAddress: address,
    models: [{ name: 'reader', version: '0.0.1', weight: 100 }],
    createdAt: service!.createdAt,
  });
  assert.equal(registries.runningServices(), 1);
  const running = onlyService(bench);
  assert.ok(processes(running).length > 0);
  assert.equal((await registries.stopService(service!.id))?.status, 'stopped');
  assert.deepEqual(processes(running), []);
  assert.equal(registries.runningServices(), 0);
  await assert.rejects(ask(address));

  assert.equal((await ask(addressIn(await bench.run(flow(), given(entry('0.0.1')))))).weights, 'one');
});

test('requests are divided by the weights of the models', async (t) => {
  const bench = await withModels(t, ['old', 'new']);
  const address = addressIn(await bench.run(flow(), given(entry('0.0.1', 80), entry('0.0.2', 20))));
  const answers: string[] = [];
  for (let index = 0; index < 20; index++) answers.push((await ask(address)).weights);
  const count = (weights: string) => answers.filter((answer) => answer === weights).length;
  assert.deepEqual([count('old'), count('new')], [16, 4]);
});

test('another run of the same service puts its models behind the same address', async (t) => {
  const bench = await withModels(t, ['old', 'new']);
  const first = await bench.run(flow(), given(entry('0.0.1')));
  const old = onlyService(bench).live;
  const second = await bench.run(flow(), given(entry('0.0.2')));
  assert.deepEqual(outputOf(second, 'serve', 'service'), outputOf(first, 'serve', 'service'));
  assert.equal((await ask(addressIn(second))).weights, 'new');
  assert.deepEqual(processes({ ...onlyService(bench), live: old, router: undefined } as unknown as ServiceRecord), []);
});

test('models that do not start fail the step with what they said, and the old ones go on serving', async (t) => {
  const bench = await withModels(t, ['old', 'broken']);
  const address = addressIn(await bench.run(flow(), given(entry('0.0.1'))));
  const failed = stepOf(await bench.run(flow(), given(entry('0.0.2'))), 'serve');
  assert.deepEqual([failed.status, failed.error?.code], ['create_failed', 'service-not-ready']);
  assert.match(
    failed.error!.message,
    /reader 0\.0\.2 ended before it answered: it ended with exit status 4.*weights are broken/s,
  );
  assert.equal((await ask(address)).weights, 'old');
  const [service] = bench.machine.services.listed();
  assert.deepEqual([service!.status, service!.models[0]!.version], ['running', '0.0.1']);
});

test('the next engine finds the service, asks it and stops it', async (t) => {
  const bench = await withModels(t, ['one']);
  const address = addressIn(await bench.run(flow(), given(entry('0.0.1'))));
  await bench.restart();
  const registries = createRegistries(bench.machine);
  const { id } = onlyService(bench);
  assert.equal((await registries.services())[0]!.status, 'running');
  assert.equal((await ask(address)).weights, 'one');
  assert.equal((await registries.stopService(id))?.status, 'stopped');
  assert.deepEqual(processes(onlyService(bench)), []);
});

const waiting = server.replace(
  'createServer(',
  `import { existsSync } from 'node:fs';
while (!existsSync(process.env.WEFT_MODEL_DIR + '/go')) await new Promise((resolve) => setTimeout(resolve, 10));
createServer(`,
);

async function withSlowModel(t: TestContext): Promise<{ readonly bench: StepBench; readonly model: string }> {
  const bench = stepBench(t);
  bench.write({ 'package/config.json': '{}', 'package/service.mjs': waiting, 'package/weights.txt': 'slow' });
  const sources = [join(bench.root, 'package')];
  const { path } = await bench.machine.models.register({ key: 'm.1', run: 'r', name: 'reader', type: 'Custom', sources });
  return { bench, model: path };
}

test('an engine that goes while a service starts leaves it to the next one, and nothing is started twice', async (t) => {
  const { bench, model } = await withSlowModel(t);
  const run = bench.begin(flow(), given(entry('0.0.1')));
  await eventually('the start of the model', () => existsSync(join(model, 'started')));
  await bench.restart(run);
  assert.equal(stepOf(bench.scheduler.stateOf(run)!, 'serve').status, 'creating');
  writeFileSync(join(model, 'go'), '');
  await bench.scheduler.ended(run);
  const state = bench.scheduler.stateOf(run)!;
  assert.deepEqual(statusesOf(state), ['serve completed']);
  assert.equal((await ask(addressIn(state))).weights, 'slow');
  assert.equal(readFileSync(join(model, 'started'), 'utf8'), 'started\n');
});

test('a deployment that nobody goes on with ends when another one comes', async (t) => {
  const { bench, model } = await withSlowModel(t);
  bench.begin(flow(), given(entry('0.0.1')));
  await eventually('the start of the model', () => existsSync(join(model, 'started')));
  const abandoned = onlyService(bench);
  await bench.restart();
  writeFileSync(join(model, 'go'), '');
  const state = await bench.run(flow(), given(entry('0.0.1')));
  assert.deepEqual(statusesOf(state), ['serve completed']);
  assert.equal((await ask(addressIn(state))).weights, 'slow');
  assert.deepEqual(processes({ ...abandoned, router: undefined } as unknown as ServiceRecord), []);
});

test('a step that is stopped while its service starts leaves no service', async (t) => {
  const { bench, model } = await withSlowModel(t);
  const run = bench.begin(flow(), given(entry('0.0.1')));
  await eventually('the start of the model', () => existsSync(join(model, 'started')));
  const coming = onlyService(bench);
  bench.scheduler.apply(run, [{ type: 'run.stop_requested', by: 'user' }]);
  await bench.scheduler.ended(run);
  assert.deepEqual(statusesOf(bench.scheduler.stateOf(run)!), ['serve stopped']);
  assert.deepEqual(processes(coming), []);
  assert.equal(bench.machine.services.running(), 0);
});

test('a model that dies makes its service a failed one, which says why, and leaves nothing running', async (t) => {
  const bench = await withModels(t, ['one']);
  const address = addressIn(await bench.run(flow(), given(entry('0.0.1'))));
  const before = onlyService(bench);
  await fetch(`${address}/end`).then(
    (answer) => assert.equal(answer.status, 502),
    () => {},
  );
  await eventually('the failure', () => onlyService(bench).status === 'failed');
  assert.equal(onlyService(bench).message, 'reader 0.0.1 ended with exit status 3');
  await eventually('the end of its processes', () => processes(before).length === 0);
  const registries = createRegistries(bench.machine);
  const request = { headers: {}, body: new Uint8Array(), signal: new AbortController().signal };
  await assert.rejects(
    registries.predict(before.id, request),
    /service "reader" is failed \(reader 0\.0\.1 ended with exit status 3\)/,
  );
});

test('environment variables come from the service, then from the entry of the list', async (t) => {
  const bench = await withModels(t, ['one', 'two']);
  const list = given(entry('0.0.1', 50), { ...entry('0.0.2', 50), envs: { LEVEL: 'high' } });
  const address = addressIn(await bench.run(flow('service_name: reader, envs: { LEVEL: low }'), list));
  const answers = [await ask(address), await ask(address)];
  assert.deepEqual(answers.map(({ weights, level }) => `${weights} ${level}`).sort(), ['one low', 'two high']);
});

test('`newest` is the model that the run registered, or the newest one of the name that the data asks for', async (t) => {
  const bench = await withModels(t, ['one', 'two']);
  const other = { key: 'o.1', run: 'r', name: 'other', type: 'Custom', sources: [join(bench.root, 'packages/0')] };
  await bench.machine.models.register(other);
  const newest = { data: [{ name: 'models', value: 'newest' }] };
  const limited = await bench.run(flow('service_name: a', 'type: model_list, model_name: reader'), newest);
  assert.deepEqual(statusesOf(limited), ['serve completed']);
  const free = await bench.run(flow('service_name: b'), newest);
  assert.deepEqual(statusesOf(free), ['serve completed']);
  assert.deepEqual(
    bench.machine.services.listed().map(({ name, models }) => [name, models[0]!.name, models[0]!.version]),
    [
      ['a', 'reader', '0.0.2'],
      ['b', 'other', '0.0.1'],
    ],
  );
});

test('a model is served by a bound command where its package has no inference code', async (t) => {
  const bench = stepBench(t);
  bench.write({ 'package/config.json': '{"health": {"url": "/alive"}}', 'bound/weights.txt': 'bound', 'bound/main.mjs': server });
  const sources = [join(bench.root, 'package')];
  await bench.machine.models.register({ key: 'm.1', run: 'r', name: 'reader', type: 'Custom', sources });
  const refused = stepOf(await bench.run(flow(), given(entry('0.0.1'))), 'serve');
  assert.equal(refused.error?.code, 'binding-missing');
  const lines = refused.error.message.split('weft.config.yaml:\n')[1]!.replace('PROGRAM', 'node main.mjs, code_dir: ./bound');
  bench.write({ 'weft.config.yaml': `${lines}\n` });
  const state = await bench.run(flow(), given(entry('0.0.1')));
  assert.deepEqual(statusesOf(state), ['serve completed']);
  assert.equal((await ask(addressIn(state))).weights, 'bound');
});

test('the class of a customize_service.py is served, with the base class of the images stood in for', async (t) => {
  const bench = stepBench(t);
  bench.write({
    'package/config.json': '{}',
    'package/net.pth': 'weights',
    'package/customize_service.py': `
from model_service.pytorch_model_service import PTServingBaseService

class Reader(PTServingBaseService):
    def __init__(self, model_name, model_path):
        super().__init__(model_name, model_path)
        self.path = model_path
    def _preprocess(self, data):
        return data["n"]
    def _inference(self, n):
        return n * 2
    def _postprocess(self, n):
        return {"doubled": n, "path": self.path, "name": self.model_name}
`,
  });
  const sources = [join(bench.root, 'package')];
  const { path } = await bench.machine.models.register({ key: 'm.1', run: 'r', name: 'reader', type: 'PyTorch', sources });
  const state = await bench.run(flow(), given(entry('0.0.1')));
  assert.deepEqual(statusesOf(state), ['serve completed']);
  const answer = (body: string) => fetch(String(addressIn(state)), { method: 'POST', body });
  assert.deepEqual(await (await answer('{"n": 4}')).json(), { doubled: 8, path: join(path, 'net.pth'), name: 'reader' });
  const refused = await answer('{}');
  assert.deepEqual([refused.status, await refused.json()], [400, { error_msg: "KeyError: 'n'" }]);
});

for (const [what, list, text] of [
  ['weights that are not 100 together', [entry('0.0.1', 50), entry('0.0.2', 40)], /weights of its models add up to 90/],
  ['a version twice', [entry('0.0.1', 50), entry('0.0.1', 50)], /version 0\.0\.1 is in its models twice/],
  ['a version that is not registered', [entry('9.0.0')], /no model "reader" 9\.0\.0 \(it has reader 0\.0\.1, reader 0\.0\.2\)/],
  [
    'two models',
    [entry('0.0.1', 50), { ...entry('0.0.1', 50), model_name: 'other' }],
    /versions of one model, and not of reader and other/,
  ],
] as const) {
  test(`a list of models with ${what} is refused before anything starts`, async (t) => {
    const bench = await withModels(t, ['one', 'two']);
    const sources = [join(bench.root, 'packages/0')];
    await bench.machine.models.register({ key: 'o.1', run: 'r', name: 'other', type: 'Custom', sources });
    const failed = stepOf(await bench.run(flow(), given(...list)), 'serve');
    assert.equal(failed.status, 'create_failed');
    assert.match(failed.error!.message.replace(', other 0.0.1', ''), text);
    assert.deepEqual(bench.machine.services.list(), []);
  });
}
