// Prepared answers: what a values file says beforehand to a step that waits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareAnswer } from '../../core/run/answers.ts';
import type { Need } from '../../core/run/events.ts';

const models: Need = { kind: 'data', name: 'models', type: 'model_list' };
const epochs: Need = { kind: 'parameter', name: 'epochs', type: 'int' };
const work: Need = { kind: 'work', name: 'label', type: 'labeling' };
const newest = () => [{ model_name: 'digits', model_version: '0.0.3' }];

const answer = (given: unknown, ...needs: Need[]) => prepareAnswer(given, 'serve', needs, newest);

test('newest stands for the model lists that are asked for', () => {
  assert.deepEqual(answer('newest', models), {
    kind: 'values',
    values: { parameters: [], data: [{ name: 'models', value: newest() }] },
  });
});

test("continue answers a person's work and no value", () => {
  assert.deepEqual(answer('continue', work), { kind: 'values', values: { parameters: [], data: [] } });
  const unfit = answer('continue', epochs);
  assert.match(unfit.kind === 'unfit' ? unfit.message : '', /step "serve".*waits for epochs \(int\)/);
});

test('values by name, and a single value, go where they are asked for', () => {
  assert.deepEqual(answer({ epochs: 3, models: [] }, epochs, models), {
    kind: 'values',
    values: { parameters: [{ name: 'epochs', value: 3 }], data: [{ name: 'models', value: [] }] },
  });
  assert.deepEqual(answer('7', epochs), { kind: 'values', values: { parameters: [{ name: 'epochs', value: '7' }], data: [] } });
});

test('an answer that does not fit says what is still needed', () => {
  const message = (given: unknown, ...needs: Need[]) => {
    const prepared = answer(given, ...needs);
    return prepared.kind === 'unfit' ? prepared.message : 'fits';
  };
  assert.match(message({ epochs: 3 }, epochs, models), /still needs models \(model_list\)/);
  assert.match(message('newest', epochs), /"newest" answers a list of models, and it waits for epochs/);
  assert.match(message(true, epochs, models), /write continue, newest, a list of models, or values by name/);
  const none = prepareAnswer('newest', 'serve', [models], () => undefined);
  assert.match(none.kind === 'unfit' ? none.message : '', /no registered model/);
});
