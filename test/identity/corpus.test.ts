// The valid request bodies of the corpus come back from the file that an import writes of them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { emitBody } from '../../core/ir/emit-body.ts';
import { emitFile } from '../../core/ir/emit-file.ts';
import { bindText } from '../rules/analyze.ts';
import { assertIdentity } from './round-trip.ts';
import { bodyOf } from './wire.ts';

const folder = new URL('../corpus/bodies/', import.meta.url);
const bodies = readdirSync(folder).map((file) => ({
  file,
  body: (JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { readonly body: unknown }).body,
}));

for (const { file, body } of bodies.filter((each) => each.file.startsWith('_valid'))) {
  test(`${file} comes back, and the language can say all of it`, () => {
    assert.doesNotMatch(assertIdentity(body), /x-body/);
  });
}

test('bodies with errors are written as far as they could be read', () => {
  for (const { body } of bodies) {
    const read = bindText(JSON.stringify(body), 'json');
    const again = bindText(emitFile(read.workflow));
    assert.equal(again.workflow.steps.length, read.workflow.steps.length);
    assert.equal(typeof JSON.stringify(emitBody(again.bound)), 'string');
  }
});

for (const example of ['digits/digits', 'digits-python/digits-python']) {
  test(`${example}: the body of a file comes back`, () => {
    const text = readFileSync(new URL(`../../examples/${example}.workflow.yaml`, import.meta.url), 'utf8');
    assert.doesNotMatch(assertIdentity(bodyOf(text)), /x-body|depend_steps: \[(?!register)/);
  });
}
