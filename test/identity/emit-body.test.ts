// Workflow files as request bodies: valid for the service, readable by the engine, with everything computed that a file leaves out.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { emitBody, type JsonObject } from '../../core/ir/emit-body.ts';
import { makePlan } from '../../core/plan/plan.ts';
import { bindText } from '../rules/analyze.ts';
import { assertWorkflowParam, bodyOf, readBody } from './wire.ts';

const examples = ['digits/digits', 'digits-python/digits-python'];
const exampleText = (name: string) => readFileSync(new URL(`../../examples/${name}.workflow.yaml`, import.meta.url), 'utf8');

/** What stands at a path of keys; items of lists by their name. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  for (const key of path) {
    if (Array.isArray(value)) value = value.find((item: JsonObject, index) => item.name === key || index === key);
    else value = (value as JsonObject | undefined)?.[key];
  }
  return value;
}

for (const name of examples) {
  test(`${name}: the service takes the body, and the engine reads and plans it`, () => {
    const body = bodyOf(exampleText(name));
    assertWorkflowParam(body);
    const { workflow } = readBody(body);
    const planned = makePlan(workflow);
    assert.equal(planned.kind, 'plan');
    assert.deepEqual(
      workflow.steps.map((step) => step.name.text),
      (body.steps as JsonObject[]).map((step) => step.name),
    );
  });
}

test('dependencies that the file leaves to be derived are written', () => {
  const body = bodyOf(exampleText('digits/digits'));
  const depend = Object.fromEntries((body.steps as JsonObject[]).map((step) => [step.name, step.depend_steps]));
  assert.deepEqual(depend, {
    collect: [],
    release: ['collect'],
    train_wide: ['release'],
    train_narrow: ['release'],
    choose: ['train_wide', 'train_narrow'],
    export_wide: ['choose'],
    export_narrow: ['choose'],
    register: ['export_wide', 'export_narrow'],
    serve: ['register'],
  });
});

test('what a declaration is used by is computed, also through other declarations', () => {
  const body = bodyOf(`
name: used
parameters:
  model: { type: str, default: m }
  spare: { type: str, default: s }
data:
  models: { type: model_list, model_name: "\${{ parameters.model }}" }
steps:
  serve:
    type: service
    inputs: { models: "\${{ data.models }}" }
    outputs: { service: { infer_type: real-time } }
`);
  assert.deepEqual(at(body, 'parameters', 'model', 'used_steps'), ['serve']);
  assert.equal(at(body, 'parameters', 'spare', 'used_steps'), undefined);
  assert.deepEqual(at(body, 'data_requirements', 'models'), {
    name: 'models',
    type: 'model_list',
    delay: true,
    used_steps: ['serve'],
    conditions: [{ attribute: 'model_name', operator: 'equal', value: '$ref/parameters/model' }],
  });
});

test('references, conditions, kinds and names of enumerations take their wire form', () => {
  const body = bodyOf(exampleText('digits/digits'));
  assert.deepEqual(at(body, 'steps', 'choose', 'conditions'), [
    {
      type: '>=',
      left: '$ref/consumptions/train_wide/metrics/accuracy',
      right: '$ref/consumptions/train_narrow/metrics/accuracy',
    },
  ]);
  assert.deepEqual(at(body, 'steps', 'register', 'inputs', 'package'), {
    name: 'package',
    type: 'obs',
    data: { data_list: ['$ref/consumptions/export_wide/package_url', '$ref/consumptions/export_narrow/package_url'] },
  });
  assert.deepEqual(at(body, 'steps', 'release', 'properties'), { train_evaluate_sample_ratio: '0.8', label_task_type: 0 });
  assert.equal(at(body, 'steps', 'train_wide', 'properties', 'metadata', 'name'), 'weft-digits-train_wide');
  assert.equal(at(body, 'steps', 'train_wide', 'properties', 'spec', 'resource', 'node_count'), 1);
  assert.deepEqual(at(body, 'policy', 'scenes', 'train only', 'steps'), ['collect', 'release', 'train_wide', 'train_narrow']);
  assert.equal(at(body, 'storages', 'output', 'with_execution_id'), true);
});

test('an inline parameter becomes a declaration', () => {
  const body = bodyOf(exampleText('digits-python/digits-python'));
  assert.deepEqual(at(body, 'parameters', 'flavor'), {
    name: 'flavor',
    type: 'json',
    default: { flavor_id: 'modelarts.vm.cpu.2u' },
    format: 'train_flavor',
    used_steps: ['train'],
  });
  assert.equal(at(body, 'steps', 'train', 'properties', 'spec', 'resource', 'flavor'), '$ref/parameters/flavor');
});

const job = (inputs: string, algorithm = 'code_dir: ./src/, command: node x.mjs, engine: { image_url: a/b:c }') => `
name: paths
storages:
  out: { kind: output, default: /bucket/out/ }
data:
  train-data_url: { type: obs, value: /bucket/other/ }
steps:
  train:
    type: job
    algorithm: { ${algorithm} }
    inputs: { ${inputs} }
    outputs: { train_url: { obs_path: "\${{ storages.out }}/train/" } }
    spec: { resource: { flavor_id: modelarts.vm.cpu.2u } }
`;

test('data given at an input is declared under a name that is free', () => {
  const body = bodyOf(
    job('data_url: /bucket/pictures/, more: { dataset_name: d, version_name: V001 }, from: "${{ storages.out }}/x/"'),
  );
  assert.deepEqual(at(body, 'data'), [
    { name: 'train-data_url', type: 'obs', value: { obs_url: '/bucket/other/' } },
    { name: 'train-data_url-2', type: 'obs', value: { obs_url: '/bucket/pictures/' }, used_steps: ['train'] },
    { name: 'train-more', type: 'dataset', value: { dataset_name: 'd', version_name: 'V001' }, used_steps: ['train'] },
    { name: 'train-from', type: 'obs', value: { obs_url: '$ref/storages/out/x/' }, used_steps: ['train'] },
  ]);
  assert.deepEqual(at(body, 'steps', 'train', 'inputs', 'more'), { name: 'more', data: '$ref/data/train-more', type: 'dataset' });
  readBody(body);
});

test('local paths are given to the loader, boot files with the folder that they are relative to', () => {
  const asked: string[] = [];
  const paths = (path: string, place: { readonly kind: string }) => {
    asked.push(`${place.kind} ${path}`);
    return path.replace(/^\.\//, 'file:///here/');
  };
  const text = job('data_url: ./pictures/', 'code_dir: ./src, boot_file: main.py, engine: { engine_id: e }');
  const body = bodyOf(text, { paths });
  assert.deepEqual(asked.sort(), ['any ./pictures/', 'file ./src/main.py', 'folder ./src']);
  assert.equal(at(body, 'steps', 'train', 'properties', 'algorithm', 'boot_file'), 'file:///here/src/main.py');
  assert.equal(at(body, 'data', 'train-data_url-2', 'value', 'obs_url'), 'file:///here/pictures/');
});

test('boot files: below a storage, and whole paths as they are', () => {
  const boot = (algorithm: string) =>
    at(bodyOf(job('data_url: /bucket/pictures/', algorithm)), 'steps', 'train', 'properties', 'algorithm', 'boot_file');
  const engine = 'engine: { engine_id: e }';
  assert.equal(boot(`code_dir: /b/code/, boot_file: a/main.py, ${engine}`), '/b/code/a/main.py');
  assert.equal(boot(`code_dir: /b/code/, boot_file: /b/code/main.py, ${engine}`), '/b/code/main.py');
  assert.equal(
    boot(`code_dir: "\${{ storages.out }}/code/", boot_file: main.py, ${engine}`),
    '$ref/storages(create_dir=False)/out/code/main.py',
  );
});

test('a storage makes no directory of a file, unless the file says so', () => {
  const body = bodyOf(`
name: flags
storages:
  out: { kind: output, default: /bucket/out/ }
  in: { default: /bucket/in/ }
steps:
  train:
    type: job
    algorithm: { algorithm_id: a }
    inputs: { data_url: /bucket/in/ }
    outputs:
      one: { metric_files: ["\${{ storages.out }}/m.json"] }
      two: { metric_files: ["\${{ storages.out(create_dir=true) }}/m.json"] }
      three: { metric_files: ["\${{ storages.in }}/m.json"] }
    spec: { resource: { flavor_id: f } }
`);
  const file = (output: string) => at(body, 'steps', 'train', 'outputs', output, 'config', 'metric_files', 0);
  assert.equal(file('one'), '$ref/storages(create_dir=False)/out/m.json');
  assert.equal(file('two'), '$ref/storages/out/m.json');
  assert.equal(file('three'), '$ref/storages/in/m.json');
});

test('members below x-body reach the wire as they are, at their place', () => {
  const body = bodyOf(`
name: beyond
x-body: { extend: { weft: { source: /f } }, policy: { later: 1 } }
steps:
  train:
    type: job
    x-body: { properties: { endpoints: { ssh: {} } } }
    algorithm: { algorithm_id: a, x-body: { remote: [1, "1"] } }
    inputs: { data_url: { data: { obs_path: /b/, x-body: { fast: true } } } }
    outputs: { train_url: { obs_path: /b/out/, x-body: { config: { more: null } } } }
    spec: { resource: { flavor_id: f } }
scenes: { all: [train] }
`);
  assert.deepEqual(body.extend, { weft: { source: '/f' } });
  assert.deepEqual(body.policy, { scenes: [{ name: 'all', steps: ['train'] }], later: 1 });
  assert.deepEqual(at(body, 'steps', 'train', 'properties', 'endpoints'), { ssh: {} });
  assert.deepEqual(at(body, 'steps', 'train', 'properties', 'algorithm'), { id: 'a', remote: [1, '1'] });
  assert.deepEqual(at(body, 'data', 'train-data_url', 'value'), { obs_url: '/b/', fast: true });
  assert.deepEqual(at(body, 'steps', 'train', 'outputs', 'train_url', 'config'), { obs_url: '/b/out/', more: null });
});

test('a workflow with errors is emitted as far as it could be read', () => {
  const text = exampleText('digits/digits');
  for (let cut = 0; cut < text.length; cut += 97) {
    const body = emitBody(bindText(text.slice(0, cut)).bound);
    assert.equal(typeof JSON.stringify(body), 'string');
  }
});
