// body → file → body for generated bodies: every member of every kind of step and declaration, references, conditions, awkward
// texts, and members that the language does not know. `WEFT_SEED=n` draws others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { emitBody } from '../../core/ir/emit-body.ts';
import { emitFile } from '../../core/ir/emit-file.ts';
import { bindText } from '../rules/analyze.ts';
import { drawBody } from './draw-body.ts';
import { type JsonMap, normalForm } from './normal-form.ts';
import { errorsOf } from './wire.ts';

const seed = Number(process.env.WEFT_SEED ?? 20_240_611);

/** Without shrinking: a body is found again by its seed and path. */
function forBodies(numRuns: number, unknown: boolean, check: (body: JsonMap) => void): void {
  fc.assert(
    fc.property(fc.gen(), (draw) => check(drawBody(draw, unknown))),
    { numRuns, seed, endOnFailure: true },
  );
}

function codesOf(errors: readonly string[]): ReadonlySet<string> {
  return new Set(errors.map((error) => error.split(':')[0]!));
}

test(`500 bodies come back as they were (seed ${seed})`, () => {
  let sound = 0;
  forBodies(500, true, (body) => {
    const read = bindText(JSON.stringify(body), 'json');
    const errors = codesOf(errorsOf(read.diagnostics));
    if (errors.size === 0) sound++;
    const file = emitFile(read.workflow);
    const again = bindText(file);
    const back = normalForm(emitBody(again.bound));
    const before = normalForm(body);
    if (!isDeepStrictEqual(back, before)) assert.deepEqual(back, before, file);
    const added = [...codesOf(errorsOf(again.diagnostics))].filter((code) => !errors.has(code));
    assert.deepEqual(added, [], `the file has errors that the body has not:\n${file}`);
  });
  assert.ok(sound > 400, `only ${sound} bodies are without errors`);
});

test(`what the language knows needs no x-body (seed ${seed})`, () => {
  forBodies(150, false, (body) => {
    const text = JSON.stringify(body);
    // An environment variable may have that name.
    if (text.includes('x-body')) return;
    assert.doesNotMatch(emitFile(bindText(text, 'json').workflow), /x-body/, text);
  });
});

test('a generated body is one that the identity can fail on: a lost member is noticed', () => {
  const [body] = fc.sample(
    fc.gen().map((draw) => drawBody(draw, true)),
    { numRuns: 1, seed },
  );
  const step = (body!.steps as JsonMap[])[0]!;
  assert.notDeepEqual(normalForm({ ...body, steps: [{ ...step, title: 'another' }] }), normalForm(body));
});
