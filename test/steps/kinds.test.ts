// What each step kind offers: its snippet is a step without findings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepKind, stepKinds } from '../../core/steps/step-kinds.ts';
import { stepTypes } from '../../core/steps/step-types.ts';
import { analyze } from '../rules/analyze.ts';

/** A snippet as it is inserted: every stop with its preset text or its first choice. */
function expand(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]+)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll('\\$', '$');
}

test('every type has a kind of its own', () => {
  assert.deepEqual(
    stepKinds.map(({ type }) => type),
    stepTypes,
  );
  for (const type of stepTypes) assert.equal(stepKind(type).type, type);
});

for (const { type, snippet } of stepKinds) {
  test(`the snippet of ${type} is a step without mistakes but for names that are yet to be declared`, () => {
    const entry = expand(snippet);
    assert.match(entry, new RegExp(`^\\w+:\\n  type: ${type}\\n`));
    const text = `name: flow\nsteps:\n${entry.replace(/^(?=.)/gm, '  ')}`;
    const found = analyze(text).filter(({ severity }) => severity === 'error' || severity === 'warning');
    const undeclared = /^(?:ref-(?:parameter|storage|data|step)|depend|branch-target)-unknown$/;
    assert.deepEqual(
      found.filter(({ code }) => !undeclared.test(code)).map(({ code, message }) => `${code}: ${message.en}`),
      [],
    );
  });
}
