// `/weft/v1/datasets`, `models`, `services` and `artifacts` over HTTP, with a real run and a real service behind them.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { artifactHandlers } from '../../engine/http/handlers/artifacts.ts';
import { datasetHandlers } from '../../engine/http/handlers/datasets.ts';
import { modelHandlers } from '../../engine/http/handlers/models.ts';
import { serviceHandlers } from '../../engine/http/handlers/services.ts';
import { startHttp } from '../../engine/http/server.ts';
import { createRegistries } from '../../engine/registries/create.ts';
import { type Client, createClient, RemoteError } from '../../remote/client.ts';
import { type StepBench, statusesOf, stepBench } from './step-bench.ts';

const server = `
import { createServer } from 'node:http';
createServer((request, response) => {
  request.setEncoding('utf8');
  let body = '';
  request.on('data', (chunk) => (body += chunk)).on('end', () => {
    if (request.url === '/health') return response.end();
    const given = JSON.parse(body);
    if (given.as === 'text') return response.writeHead(given.status, { 'content-type': 'text/plain' }).end('plain');
    response.writeHead(given.status, { 'content-type': 'application/json' }).end(JSON.stringify({ at: request.url, given }));
  });
}).listen(Number(process.env.PORT), process.env.HOST);
`;

const workflow = `
name: flow
steps:
  collect:
    type: create_dataset
    inputs: { pictures: { data: { obs_path: /b/pictures/ } } }
    properties: { dataset_name: pets, data_type: IMAGE }
    outputs: { dataset: { obs_path: /datasets/ } }
  release:
    type: release_dataset
    inputs: { dataset: \${{ steps.collect.outputs.dataset }} }
    outputs: { version: { version_name: first } }
  pack:
    type: job
    algorithm: { code_dir: ./src/, command: sh pack.sh }
    inputs: { data_url: \${{ steps.release.outputs.version }} }
    outputs: { package_url: { obs_path: /b/package/ } }
  register:
    type: model
    inputs: { package: \${{ steps.pack.outputs.package_url }} }
    outputs: { model: { model_type: Custom, model_name: reader } }
  serve:
    type: service
    depend_steps: [register]
    outputs: { service: { service_name: reader } }
`;

async function served(t: TestContext): Promise<{ readonly bench: StepBench; readonly client: Client; readonly run: string }> {
  const bench = stepBench(t);
  bench.write({
    'b/pictures/1.png': '',
    'src/pack.sh': 'cp service.mjs config.json ../b/package/',
    'src/service.mjs': server,
    'src/config.json': JSON.stringify({ apis: [{ url: '/predict', method: 'POST' }] }),
  });
  const state = await bench.run(workflow);
  assert.deepEqual(
    statusesOf(state).filter((step) => !step.endsWith(' completed')),
    [],
  );
  const registries = createRegistries(bench.machine);
  const http = await startHttp({
    token: 'key',
    port: 0,
    report: (error) => assert.fail(error as Error),
    handlers: {
      ...datasetHandlers(registries),
      ...modelHandlers(registries),
      ...serviceHandlers(registries),
      ...artifactHandlers(registries, (run) => bench.scheduler.stateOf(run)!),
    },
  });
  t.after(() => http.close());
  const client = createClient({ baseUrl: `http://127.0.0.1:${http.port}`, token: 'key', projectId: 'local' });
  return { bench, client, run: state.id };
}

test('what a run made is listed, and its service is asked and stopped', async (t) => {
  const { bench, client, run } = await served(t);
  const [dataset] = await client.call('ListDatasets');
  assert.deepEqual(
    [dataset!.name, dataset!.dataType, dataset!.samples, dataset!.versions[0]!.name],
    ['pets', 'IMAGE', 1, 'first'],
  );
  const [model] = await client.call('ListModels');
  assert.deepEqual([model!.name, model!.versions.map(({ version, run: from }) => [version, from])], ['reader', [['0.0.1', run]]]);

  const files = await client.call('ListArtifacts', { path: { execution_id: run } });
  assert.deepEqual(
    files.map(({ step, output, path }) => [step, output, path.split('/').at(-1)]),
    [
      ['release', 'version', 'first.manifest'],
      ['pack', 'package_url', 'config.json'],
      ['pack', 'package_url', 'service.mjs'],
    ],
  );
  assert.equal(files[2]!.path, join(bench.root, 'b/package/service.mjs'));
  assert.equal(files[2]!.bytes, server.length);

  const [service] = await client.call('ListServices');
  assert.equal(service!.status, 'running');
  const path = { service_id: service!.id };
  const given = { status: 200, n: 1 };
  assert.deepEqual(await client.call('PredictService', { path, body: given }), { at: '/predict', given });
  const refused = client.call('PredictService', { path, body: { status: 400 } });
  await assert.rejects(refused, (error) => error instanceof RemoteError && error.status === 400);
  const broken = client.call('PredictService', { path, body: { status: 500, as: 'text' } });
  await assert.rejects(broken, /the service answered 500: plain/);

  assert.equal((await client.call('StopService', { path })).status, 'stopped');
  await assert.rejects(client.call('PredictService', { path, body: {} }), /service "reader" is stopped; run its workflow/);
  const gone = client.call('StopService', { path: { service_id: 'gone' } });
  await assert.rejects(gone, (error) => error instanceof RemoteError && error.code === 'ModelArts.7541');
});
