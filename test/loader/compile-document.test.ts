// What the editor gets for a run: the body for the engine, every obstacle, and the values that are still to be given.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { compileDocument } from '../../loader/compile-document.ts';

function folder(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'weft-compile-')));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const flow = `name: flow
parameters:
  epochs: { type: int }
  mode: { type: enum, enum: [fast, slow], description: How }
steps:
  one:
    type: job
    algorithm:
      code_dir: ./src/
      boot_file: main.mjs
      engine: { image_url: weft/node }
      parameters: { epochs: "\${{ parameters.epochs }}", mode: "\${{ parameters.mode }}" }
    spec: { resource: { flavor_id: cpu } }
`;
const config = 'engines:\n  local: { type: local, values: run.values.yaml }\n  cloud: { type: modelarts }\n';
const compile = (root: string, text: string, engine?: string) =>
  compileDocument({ file: join(root, 'flows/a.workflow.yaml'), text, engine, language: 'en' });

test('local code is used in place, and only what no file gives is missing', async (t) => {
  const root = folder(t, { 'weft.config.yaml': config, 'run.values.yaml': 'parameters: { epochs: 3 }\n', 'flows/x': '' });
  const { body, errors, missing, values } = await compile(root, flow);
  assert.deepEqual(errors, []);
  assert.deepEqual(missing, [{ kind: 'parameter', name: 'mode', type: 'enum', enum: ['fast', 'slow'], description: 'How' }]);
  assert.deepEqual(values.parameters, [{ name: 'epochs', value: 3, text: '3' }]);
  const { steps, extend } = body as { steps: { properties: { algorithm: object } }[]; extend: object };
  assert.deepEqual(extend, { weft: { source: join(root, 'flows/a.workflow.yaml'), config: root } });
  assert.partialDeepStrictEqual(steps[0]!.properties.algorithm, {
    code_dir: `file://${root}/flows/src/`,
    boot_file: `file://${root}/flows/src/main.mjs`,
  });
  const cloud = (await compile(root, flow, 'cloud')).body as typeof body & { steps: { properties: { algorithm: object } }[] };
  assert.partialDeepStrictEqual(cloud.steps[0]!.properties.algorithm, { code_dir: '${staging}/src/' });
});

test('mistakes of the text, of the configuration and of values files each stop it, with their reason', async (t) => {
  const root = folder(t, { 'weft.config.yaml': config, 'flows/x': '' });
  const reasons = async (text: string, engine?: string) =>
    (await compile(root, text, engine)).errors.map(({ code, message }) => `${code}: ${message}`);
  assert.match(
    (await reasons(flow))[0]!,
    /^values-file: The values file of engine "local" cannot be read: ENOENT.*run\.values\.yaml/,
  );
  assert.match((await reasons(flow, 'other'))[0]!, /^engine-unknown: .*weft\.config\.yaml has no engine "other"/);
  writeFileSync(join(root, 'run.values.yaml'), 'parameters: { epochs: many }\n');
  assert.deepEqual(await reasons(flow), ['value: Parameter "epochs" takes an int, not "many".']);
  writeFileSync(join(root, 'run.values.yaml'), '');
  const typo = await compile(root, flow.replace('type: job', 'type: jobb'));
  assert.deepEqual(
    [typo.body, typo.errors.map(({ code, range }) => [code, range?.start.line])],
    [undefined, [['step-type-unknown', 6]]],
  );
  writeFileSync(join(root, 'weft.config.yaml'), 'engines: [a]\n');
  assert.match((await reasons(flow))[0]!, /weft\.config\.yaml: /);
});
