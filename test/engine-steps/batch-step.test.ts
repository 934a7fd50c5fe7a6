// Batch services: every file of a folder, or every row of CSV files, is asked, and the service ends with its data.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { applyRule, MappingError, parseCsv } from '../../engine/services/batch.ts';
import { outputOf, type StepBench, statusesOf, stepBench, stepOf } from './step-bench.ts';

const server = `
import { createServer } from 'node:http';
createServer((request, response) => {
  request.setEncoding('utf8');
  let body = '';
  request.on('data', (chunk) => (body += chunk)).on('end', () => {
    if (request.url === '/health') return response.end();
    const field = /name="([^"]*)"; filename="([^"]*)"/.exec(body);
    const text = field ? field[1] + ' ' + field[2] + ' ' + /\\r\\n\\r\\n([^]*?)\\r\\n--/.exec(body)[1].trim() : body;
    response.statusCode = text.includes('bad') ? 400 : 200;
    response.end(request.url + ' ' + text);
  });
}).listen(Number(process.env.PORT), process.env.HOST);
`;
const apis = [{ url: '/read', method: 'post', request: { data: { type: 'object', properties: { image: { type: 'file' } } } } }];

const flow = `
name: flow
data:
  models: { type: model_list }
steps:
  serve:
    type: service
    inputs: { models: \${{ data.models }} }
    outputs: { answers: { infer_type: batch, service_name: reader } }
`;

async function bench(t: TestContext, files: Readonly<Record<string, string>>): Promise<StepBench> {
  const made = stepBench(t);
  made.write({ 'package/config.json': JSON.stringify({ apis }), 'package/service.mjs': server, ...files });
  const sources = [join(made.root, 'package')];
  await made.machine.models.register({ key: 'm.1', run: 'r', name: 'reader', type: 'Custom', sources });
  return made;
}

const entry = { model_name: 'reader', model_version: '0.0.1', src_path: '/b/in/', dest_path: '/b/out/' };
const given = (settings: object) => ({ data: [{ name: 'models', value: [{ ...entry, ...settings }] }] });
const rule = {
  type: 'object',
  properties: { length: { type: 'number', index: 0 }, note: { type: 'string', index: -1 }, fresh: { type: 'boolean', index: 2 } },
};

test('files are sent as the parameter of the interface, answers lie beside each other, and the service has ended', async (t) => {
  const { root, machine, run } = await bench(t, { 'b/in/1.txt': 'one', 'b/in/more/2.txt': 'two' });
  const state = await run(flow, given({ mapping_type: 'file' }));
  assert.deepEqual(statusesOf(state), ['serve completed']);
  assert.equal(readFileSync(join(root, 'b/out/1.txt_result.txt'), 'utf8'), '/read image 1.txt one\n');
  assert.equal(readFileSync(join(root, 'b/out/more/2.txt_result.txt'), 'utf8'), '/read image 2.txt two\n');
  const { obs_url, service_name } = outputOf(state, 'serve', 'answers');
  assert.deepEqual([obs_url, service_name], ['/b/out/', 'reader']);
  assert.deepEqual(
    machine.services.listed().map(({ status }) => status),
    ['stopped'],
  );
});

test('rows become requests by the mapping rule', async (t) => {
  const { root, run } = await bench(t, { 'b/in/rows.csv': '5.1,"A, or bad",true\r\n4,B,false\n', 'b/in/notes.md': 'not data' });
  const state = await run(flow, given({ mapping_type: 'csv', mapping_rule: rule, req_uri: '/rows' }));
  assert.deepEqual(statusesOf(state), ['serve completed']);
  assert.equal(
    readFileSync(join(root, 'b/out/rows.csv_result.txt'), 'utf8'),
    '/rows {"length":5.1,"fresh":true}\n/rows {"length":4,"fresh":false}\n',
  );
  assert.ok(!existsSync(join(root, 'b/out/notes.md_result.txt')));
});

test('some refused requests are warned about, and only refused ones fail the step', async (t) => {
  const some = await bench(t, { 'b/in/1.txt': 'bad', 'b/in/2.txt': 'good' });
  const warned = await some.run(flow, given({}));
  assert.deepEqual(statusesOf(warned), ['serve completed']);
  assert.match(warned.warnings[0]!.message, /1 of 2 requests were refused, first 1\.txt: 400 \/read image 1\.txt bad/);
  const all = await bench(t, { 'b/in/1.txt': 'bad' });
  assert.equal(stepOf(await all.run(flow, given({})), 'serve').error?.code, 'batch-refused');
});

for (const [what, settings, code, text] of [
  ['no data folder', { src_path: undefined }, 'batch-settings', /needs src_path, a folder with the data, and dest_path/],
  ['a rule that is missing', { mapping_type: 'csv' }, 'batch-settings', /mapping_type csv needs a mapping_rule/],
  ['a row that does not fit', { mapping_type: 'csv', mapping_rule: rule }, 'mapping-rule', /rows\.csv:1: "long" is no number/],
] as const) {
  test(`${what} fails the step and leaves no service`, async (t) => {
    const { machine, run } = await bench(t, { 'b/in/rows.csv': 'long,B,true\n' });
    const failed = stepOf(await run(flow, given(settings)), 'serve');
    assert.deepEqual([failed.status, failed.error?.code], ['create_failed', code]);
    assert.match(failed.error!.message, text);
    assert.equal(machine.services.running(), 0);
  });
}

test('rows of comma-separated values: quotes, commas and line ends in them, empty values, blank lines', () => {
  assert.deepEqual(parseCsv('a,"b ""c"", d\ne",\r\n\n,f'), [
    ['a', 'b "c", d\ne', ''],
    ['', 'f'],
  ]);
  assert.deepEqual(parseCsv('a,b\n'), [['a', 'b']]);
  assert.deepEqual(parseCsv(''), []);
});

test('a mapping rule makes objects and lists; a column that is not there is an error with its place', () => {
  const nested = { type: 'object', properties: { rows: { type: 'array', items: [{ type: 'integer', index: 1 }] } } };
  assert.deepEqual(applyRule(nested, ['x', '7'], 'f:1'), { rows: [7] });
  assert.throws(
    () => applyRule(nested, ['x'], 'f:1'),
    new MappingError('f:1 has 1 columns, and the mapping rule reads column 1'),
  );
});
