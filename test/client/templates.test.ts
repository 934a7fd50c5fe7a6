// A new workflow from any template is without findings, and its training script is Python that runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { templates } from '../../client/templates.ts';
import { analyze } from '../rules/analyze.ts';

for (const template of templates) {
  test(`the template "${template.label.en}" has no findings`, () => {
    const found = analyze(template.text('my-training')).map(({ code, message }) => `${code}: ${message.en}`);
    assert.deepEqual(found, []);
  });
}
