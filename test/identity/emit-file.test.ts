// What an import writes: the form of a file that a person would write, and the cases that need another form.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emitFile } from '../../core/ir/emit-file.ts';
import { bindText } from '../rules/analyze.ts';
import type { JsonMap } from './normal-form.ts';
import { assertIdentity, roundTrip } from './round-trip.ts';
import { bodyOf } from './wire.ts';

const spec = { resource: { flavor_id: 'f', node_count: 1 } };
const job = (name: string, inputs: JsonMap[], more: JsonMap = {}): JsonMap => ({
  name,
  type: 'job',
  inputs,
  outputs: [{ name: 'out', type: 'obs', config: { obs_url: `/b/${name}/` } }],
  properties: { kind: 'job', metadata: { name: `weft-w-${name}` }, algorithm: { id: 'a' }, spec },
  ...more,
});
const reads = (...steps: string[]) =>
  steps.map((step, index) => ({ name: `i${index}`, type: 'obs', data: `$ref/consumptions/${step}/out` }));
const start = [{ name: 'in', type: 'obs', data: '$ref/data/src' }];
const data = [{ name: 'src', type: 'obs', value: { obs_url: '/b/in/' } }];

/** The lines of a step of the file, without its indentation. */
function stepIn(file: string, name: string): string {
  const lines = file.split('\n');
  const from = lines.indexOf(`  ${name}:`);
  assert.ok(from >= 0, file);
  const length = lines.slice(from + 1).findIndex((line) => line === '' || /^ {0,2}\S/.test(line));
  return lines.slice(from + 1, from + 1 + length).join('\n');
}

test('what a body computes or has by default is left out', () => {
  const file = assertIdentity({ name: 'w', data, steps: [job('a', start, { title: 'a', depend_steps: [] })] });
  assert.equal(
    file,
    `name: w

data:
  src:
    type: obs
    value: /b/in/

steps:
  a:
    type: job
    inputs:
      in: \${{ data.src }}
    algorithm:
      algorithm_id: a
    spec:
      resource:
        flavor_id: f
    outputs:
      out:
        obs_path: /b/a/
`,
  );
});

test('dependencies are written exactly where they are not those that follow from what is read', () => {
  const steps = [
    job('a', start),
    job('b', reads('a'), { depend_steps: ['a'] }),
    job('c', reads('a', 'b'), { depend_steps: ['b'] }),
    job('d', reads('a', 'b'), { depend_steps: ['a', 'b'] }),
    job('e', reads('a'), { depend_steps: ['d', 'a'] }),
    job('f', [], { depend_steps: [] }),
  ];
  const file = assertIdentity({ name: 'w', data, steps });
  const written = steps.map(({ name }) => /depend_steps: (.*)/.exec(stepIn(file, name as string))?.[1]);
  assert.deepEqual(written, [undefined, undefined, undefined, '[a, b]', '[d, a]', undefined]);
});

test('one written list can change what follows for another step, which then is written too', () => {
  // Derived, c would not wait for a, since b would reach it; but b waits for nothing.
  const steps = [job('a', start), job('b', reads('a'), { depend_steps: [] }), job('c', reads('a', 'b'), { depend_steps: ['b'] })];
  const file = emitFile(bindText(JSON.stringify({ name: 'w', data, steps }), 'json').workflow);
  assert.match(stepIn(file, 'b'), /depend_steps: \[\]/);
  assert.match(stepIn(file, 'c'), /depend_steps: \[b\]/);
});

test('a name that occurs twice is written as a list, never merged', () => {
  const twice = { ...job('a', [...start, ...start]), outputs: [] };
  const body = { name: 'w', data: [...data, { ...data[0], value: { obs_url: '/b/other/' } }], steps: [twice, twice] };
  const read = bindText(JSON.stringify(body), 'json');
  const file = emitFile(read.workflow);
  assert.match(file, /^data:\n {2}- name: src\n {4}type: obs\n {4}value: \/b\/in\/\n {2}- name: src\n/m);
  const again = bindText(file).workflow;
  assert.deepEqual(
    again.steps.map((step) => step.inputs.map((input) => input.name.text)),
    [
      ['in', 'in'],
      ['in', 'in'],
    ],
  );
});

test('the same name in both sections of data, and data that has no value', () => {
  const steps = [job('a', [...start, { name: 'asked', type: 'obs', data: '$ref/data_requirements/src' }])];
  const file = assertIdentity({
    name: 'w',
    data: [...data, { name: 'empty', type: 'obs' }],
    data_requirements: [{ name: 'src', type: 'obs', delay: true }],
    steps,
  });
  assert.match(file, /^ {2}empty:\n {4}type: obs\n {4}value:\n/m);
  assert.match(file, /asked: \$\{\{ data_requirements\.src \}\}/);
});

test('flags of storages: what the place or the storage says is not repeated', () => {
  const metrics = (...paths: string[]) => [{ name: 'm', type: 'metrics', config: { metric_files: paths } }];
  const file = assertIdentity({
    name: 'w',
    storages: [{ name: 's', type: 'obs', create_dir: true, with_execution_id: true }],
    data,
    steps: [
      job('a', start, {
        outputs: metrics(
          '$ref/storages(create_dir=False)/s/m.json',
          '$ref/storages/s/n.json',
          '$ref/storages(create_dir=True)/s/o.json',
        ),
      }),
    ],
  });
  assert.match(file, /kind: output/);
  assert.match(file, /- \$\{\{ storages\.s \}\}\/m\.json\n *- \$\{\{ storages\.s\(create_dir=true\) \}\}\/n\.json\n/);
});

test('conditions: each a line of its own; what an expression cannot say stays as the body has it', () => {
  const condition = (conditions: JsonMap[]) => ({
    name: 'c',
    type: 'condition',
    conditions,
    if_then_steps: [],
    else_then_steps: [],
  });
  const parameters = [{ name: 'p', type: 'int', default: 1 }];
  const plain = { type: '>', left: '$ref/parameters/p', right: 0.5 };
  const file = assertIdentity({
    name: 'w',
    parameters,
    steps: [condition([plain, { type: '!=', left: '$ref/parameters/p', right: 'it is' }])],
  });
  assert.match(file, /conditions:\n {6}- parameters\.p > 0\.5\n {6}- parameters\.p != 'it is'\n/);
  const strange = bindText(JSON.stringify({ name: 'w', parameters, steps: [condition([{ ...plain, right: null }])] }), 'json');
  assert.match(emitFile(strange.workflow), /x-body:\n {6}conditions:\n/);
});

test('texts that a file would read as something else', () => {
  const values = {
    yes: 'yes',
    version: '1.10',
    id: '007',
    dash: '- x',
    lines: 'a\n  b\n',
    reference: '${{ parameters.x }}',
    number: 7,
  };
  const parameters = Object.entries(values).map(([name, value]) => ({ name, value }));
  const algorithm = { id: 'a', parameters, environments: values };
  const properties = { kind: 'job', metadata: { name: 'weft-w-a' }, algorithm, spec };
  const { file, body } = roundTrip({ name: 'w', data, steps: [job('a', start, { properties })] });
  const [step] = body.steps as { properties: { algorithm: typeof algorithm } }[];
  assert.deepEqual(step!.properties.algorithm, algorithm);
  assert.match(file, /yes: "yes"|"yes": "yes"/);
  assert.match(file, /reference: \$\$\{\{ parameters\.x \}\}/);
});

test('a text parameter keeps what is written, also in lists; another value of an example is kept beside it', () => {
  const body = bodyOf(`
name: w
parameters:
  one: { type: str, default: 1.10 }
  many: { type: list, format: str, default: [007, 1.10, yes] }
steps: { a: { type: model, inputs: { i: /b/ }, outputs: { m: { model_name: "\${{ parameters.one }}" } } } }
`);
  const [one, many] = body.parameters as JsonMap[];
  assert.equal(one!.default, '1.10');
  assert.deepEqual(many!.default, ['007', '1.10', 'yes']);
  assertIdentity({ ...body, parameters: [{ ...one, example: 5 }, many!] });
});

test('a file that is written as a file keeps what its places imply', () => {
  const text = `
name: w
storages: { s: { kind: output } }
steps:
  a:
    type: job
    algorithm: { algorithm_id: a }
    inputs: { i: /b/ }
    outputs: { m: { metric_files: ["\${{ storages.s }}/m.json"] } }
    spec: { resource: { flavor_id: f } }
`;
  const file = emitFile(bindText(text).workflow, { form: 'file' });
  assert.deepEqual(bodyOf(file), bodyOf(text));
  assert.match(file, /- \$\{\{ storages\.s \}\}\/m\.json/);
});
