// Incremental equals full: after every one of many random edits, what the analysis says is what an analysis made anew says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstFailure } from './property.ts';

/** Another one by `WEFT_SEED=...`. */
const seed = Number(process.env['WEFT_SEED'] ?? 20_000);

test(`20,000 random edits, seed ${seed}: diagnostics, symbols, workflow and graph equal those of an analysis made anew`, () => {
  console.log(`seed ${seed}`);
  const failure = firstFailure(seed, 20_000);
  assert.equal(failure?.text, undefined);
});
