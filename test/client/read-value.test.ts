// What a person types into the form of a value, by the declared type.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readValue, writeValue } from '../../client/forms/read-value.ts';

const value = (read: unknown) => ({ kind: 'value', value: read });
const wrong = (expected: string) => ({ kind: 'wrong', expected });

test('scalars by their type', () => {
  assert.deepEqual(readValue('int', ' 12 '), value(12));
  assert.deepEqual(readValue('int', '1.5'), wrong('int'));
  assert.deepEqual(readValue('int', '12345678901234567890'), wrong('int'));
  assert.deepEqual(readValue('float', '1e-3'), value(0.001));
  assert.deepEqual(readValue('float', 'much'), wrong('float'));
  assert.deepEqual(readValue('bool', 'True'), value(true));
  assert.deepEqual(readValue('bool', 'yes'), wrong('bool'));
});

test('a text stays as it is typed, and may be empty', () => {
  assert.deepEqual(readValue('str', ' 1.10 '), value(' 1.10 '));
  assert.deepEqual(readValue('str', ''), value(''));
});

test('JSON where the type asks for it', () => {
  assert.deepEqual(readValue('json', '{"flavor_id": "cpu"}'), value({ flavor_id: 'cpu' }));
  assert.deepEqual(readValue('json', '[1]'), value([1]));
  assert.deepEqual(readValue('json', 'cpu'), wrong('json'));
  assert.deepEqual(readValue('list', '[1, 2]'), value([1, 2]));
  assert.deepEqual(readValue('list', '{}'), wrong('list'));
});

test('data is a path, or an object as JSON; a list of models a list', () => {
  assert.deepEqual(readValue('obs', '/bucket/key/'), value('/bucket/key/'));
  assert.deepEqual(readValue('dataset', '{"dataset_name": "a"}'), value({ dataset_name: 'a' }));
  assert.deepEqual(readValue('dataset', '{"dataset_name'), wrong('json'));
  assert.deepEqual(readValue('obs', ''), wrong('value'));
  assert.deepEqual(readValue('model_list', '[{"model_name": "m"}]'), value([{ model_name: 'm' }]));
  assert.deepEqual(readValue('model_list', 'newest'), wrong('list'));
});

test('a value is asked for again as it was typed', () => {
  assert.equal(writeValue('text'), 'text');
  assert.equal(writeValue({ a: 1 }), '{"a":1}');
  assert.equal(writeValue(undefined), '');
});
