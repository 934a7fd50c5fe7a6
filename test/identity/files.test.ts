// Files that use every kind of step: their bodies are valid for the service, read by the engine, and come back from an import.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { makePlan } from '../../core/plan/plan.ts';
import { stepTypes } from '../../core/steps/step-types.ts';
import { assertIdentity } from './round-trip.ts';
import { assertWorkflowParam, bodyOf, readBody } from './wire.ts';

const folder = new URL('files/', import.meta.url);
const files = readdirSync(folder);

for (const file of files) {
  test(`${file}: the body is valid, is planned, and comes back`, () => {
    const body = bodyOf(readFileSync(new URL(file, folder), 'utf8'));
    assertWorkflowParam(body);
    assert.equal(makePlan(readBody(body).workflow).kind, 'plan');
    assert.doesNotMatch(assertIdentity(body), /x-body/);
  });
}

test('together they have steps of every type', () => {
  const types = files.flatMap((file) =>
    readBody(bodyOf(readFileSync(new URL(file, folder), 'utf8'))).workflow.steps.map((step) => step.type),
  );
  assert.deepEqual(new Set(types), new Set(stepTypes));
});
