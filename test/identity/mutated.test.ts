// Bodies that someone has changed somewhere: whatever the language finds no error in comes back as it was, known or not.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { emitBody } from '../../core/ir/emit-body.ts';
import { emitFile } from '../../core/ir/emit-file.ts';
import { bindText } from '../rules/analyze.ts';
import { chance, type Draw, pick } from './draw-shape.ts';
import { drawBody } from './draw-body.ts';
import { type Json, type JsonMap, normalForm } from './normal-form.ts';
import { errorsOf } from './wire.ts';

const seed = Number(process.env.WEFT_SEED ?? 20_240_611);
const corpus = new URL('../corpus/bodies/', import.meta.url);
const known = readdirSync(corpus)
  .filter((file) => file.startsWith('_valid'))
  .map((file) => (JSON.parse(readFileSync(new URL(file, corpus), 'utf8')) as { readonly body: JsonMap }).body);

const values: readonly Json[] = [
  ...[null, {}, [], '', 'x', 'yes', '5', 0, 1.5, true, false, { a: 1 }, { b: null }, [null], [{}]],
  ...['$ref/parameters/x', '${{ parameters.p }}', '$${{', './x/'],
  ...[{ 'x-body': 1 }, { parameter: 'p', type: 'int' }, { select: [] }, { data_list: [] }],
];
const added = [
  'value',
  'data',
  'id',
  'steps',
  'later',
  'config',
  'properties',
  'policy',
  'conditions',
  'description',
  'title',
  'default',
];

/** Every object and list of a body with one of its keys. */
function places(value: Json, into: (readonly [holder: JsonMap, key: string])[] = []): typeof into {
  if (typeof value !== 'object' || value === null) return into;
  for (const [key, each] of Object.entries(value)) {
    into.push([value as JsonMap, key]);
    places(each as Json, into);
  }
  return into;
}

/** What the normal form leaves to the reader is left alone: names and types that are missing, and one item for a list. */
function mutate(draw: Draw, body: JsonMap): void {
  const [holder, key] = pick(draw, places(body));
  const value = structuredClone(pick(draw, values));
  const inner = holder[key];
  if (chance(draw, 30) && typeof inner === 'object' && inner !== null && !Array.isArray(inner)) inner[pick(draw, added)] = value;
  else if (key === 'type' && value === null) return;
  else if (chance(draw, 30)) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else if (key !== 'name' && key !== 'type') delete holder[key];
  } else if (Array.isArray(inner) === Array.isArray(value)) holder[key] = value;
}

test(`changed bodies that have no errors come back (seed ${seed})`, () => {
  let sound = 0;
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const body = structuredClone(chance(draw, 50) ? pick(draw, known) : drawBody(draw, true));
      mutate(draw, body);
      const read = bindText(JSON.stringify(body), 'json');
      if (errorsOf(read.diagnostics).length > 0) return;
      sound++;
      const file = emitFile(read.workflow);
      const again = bindText(file);
      const back = normalForm(emitBody(again.bound));
      const before = normalForm(body);
      if (!isDeepStrictEqual(back, before)) assert.deepEqual(back, before, file);
      assert.deepEqual(errorsOf(again.diagnostics), [], file);
    }),
    { numRuns: 600, seed, endOnFailure: true },
  );
  assert.ok(sound > 200, `only ${sound} bodies are without errors`);
});
