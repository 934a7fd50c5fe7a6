// The JSON Schema for other editors: valid, and of one mind with the language about files and the mistakes that it can see.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { emitFile } from '../../core/ir/emit-file.ts';
import { bindText } from '../rules/analyze.ts';
import { drawBody } from './draw-body.ts';
import { errorsOf } from './wire.ts';

const root = new URL('../../', import.meta.url);
const schema = JSON.parse(readFileSync(new URL('schemas/published/workflow.schema.json', root), 'utf8')) as object;
const ajv = new Ajv2020({ allErrors: false, allowUnionTypes: true });
const validate = ajv.compile(schema);

function assertAccepted(text: string): void {
  assert.ok(validate(parseYaml(text)), `${ajv.errorsText(validate.errors)}\n${text}`);
}

test('it is a schema of 2020-12 in standard keywords', () => {
  assert.equal(ajv.validateSchema(schema), true, ajv.errorsText(ajv.errors));
  // The compiler above is strict: it throws at a keyword that it does not know.
  const members = new Set<string>();
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, each] of Object.entries(value)) {
        if (name !== 'properties') members.add(name);
        collect(name === 'properties' ? Object.values(each as object) : each);
      }
    }
  };
  const { $defs, ...document } = schema as { readonly $defs: object };
  collect([document, ...Object.values($defs)]);
  assert.deepEqual(
    [...members].filter((name) => name.startsWith('x-')),
    [],
  );
});

const files = globSync('{examples,test/identity/files}/**/*.workflow.yaml', { cwd: fileURLToPath(root) });

for (const file of files) {
  test(`${file} is accepted`, () => assertAccepted(readFileSync(new URL(file, root), 'utf8')));
}

test('files that the language finds no mistake in are accepted', () => {
  const seed = Number(process.env.WEFT_SEED ?? 20_240_611);
  let accepted = 0;
  const draws = fc.gen().map((draw) => drawBody(draw, true));
  for (const body of fc.sample(draws, { numRuns: 100, seed })) {
    const file = emitFile(bindText(JSON.stringify(body), 'json').workflow);
    if (errorsOf(bindText(file).diagnostics).length > 0) continue;
    assertAccepted(file);
    accepted++;
  }
  assert.ok(accepted > 60, `${accepted} files`);
});

const digits = readFileSync(new URL('examples/digits/digits.workflow.yaml', root), 'utf8');
const mistakes: readonly (readonly [what: string, from: string, to: string])[] = [
  ['an unknown value of an enumeration', 'import_type: DIR', 'import_type: FOLDER'],
  ['an unknown type of a step', 'type: release_dataset', 'type: release'],
  ['an unknown member of a step', 'if_then_steps:', 'then_steps:'],
  ['an unknown member at the root', 'parameters:\n  epochs', 'params:\n  epochs'],
  ['a missing name', 'name: digits\n', ''],
  ['a list in place of a map', 'spec:\n      resource:\n        flavor: ${{ parameters.flavor }}', 'spec: [1]'],
  ['a number out of range', 'infer_type: real-time', 'infer_type: 7'],
];

for (const [what, from, to] of mistakes) {
  test(`it rejects ${what}, as the language does`, () => {
    const text = digits.replace(from, () => to);
    assert.notEqual(text, digits);
    assert.equal(validate(parseYaml(text)), false);
    assert.notDeepEqual(errorsOf(bindText(text).diagnostics), []);
  });
}
