// Values as a debugger prints and takes apart, and paths to them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePath, pathOf } from '../../debug/paths.ts';
import { briefly, wholly } from '../../debug/printing.ts';
import { partOf, valueOf, withPart } from '../../debug/values.ts';

test('a value is printed as JSON, and cut where it is long, however it is nested', () => {
  for (const value of [1, 'a "quote"', true, null, [], {}, [1, { a: [null, 'x'] }], { 'a b': {}, c: [[]] }]) {
    assert.equal(briefly(value), JSON.stringify(value));
  }
  assert.equal(briefly(undefined), 'no value');
  assert.equal(briefly([1, 2, 3, 4], 4), '[1,2…');
  assert.equal(briefly({ name: 'abcdef' }, 12), '{"name":"abc…');
  assert.equal(briefly('abcdef', 3), '"ab…');
  const large = Array.from({ length: 200_000 }, (_, index) => ({ index, text: 'x'.repeat(10) }));
  const nested = { large, more: { large } };
  let looked = 0;
  const counting = new Proxy(large, { get: (of, key) => (looked++, Reflect.get(of, key)) });
  assert.ok(briefly(nested).length < 500);
  assert.ok(briefly(counting).length < 500);
  assert.ok(looked < 1_000, `looked at ${looked} members`);
});

test('the clipboard gets a text as it is and all else as JSON', () => {
  assert.equal(wholly('a "b"'), 'a "b"');
  assert.equal(wholly({ a: [1] }), '{\n  "a": [\n    1\n  ]\n}');
});

test('what is typed is JSON where it is JSON, else a text', () => {
  assert.deepEqual(['1', '"1"', '[1]', 'true', 'hello', '1.2.3', ''].map(valueOf), [1, '1', [1], true, 'hello', '1.2.3', '']);
});

test('a path is read as it is written', () => {
  for (const names of [
    ['parameters', 'epochs'],
    ['steps', 'my step', 'outputs', "it's"],
    ['data', 'a-b', '3'],
  ]) {
    assert.deepEqual(parsePath(pathOf(names[0]!, ...names.slice(1))), names);
  }
  assert.equal(pathOf('parameters', 'list', 3), 'parameters.list[3]');
  assert.deepEqual(parsePath('parameters.list[3].x'), ['parameters', 'list', '3', 'x']);
  assert.deepEqual(parsePath('${{ steps["a b"].outputs.x }}'), ['steps', 'a b', 'outputs', 'x']);
  for (const text of ['', 'a b', 'a.', '.a', 'a[x]', 'a > 1', "a['x]", 'a[1']) assert.equal(parsePath(text), undefined, text);
});

test('a part is found and replaced without changing what it is part of', () => {
  const value = { sizes: [1, 2], deep: { x: 1 } };
  assert.equal(partOf(value, ['sizes', '1']), 2);
  assert.equal(partOf(value, ['sizes', '7']), undefined);
  assert.equal(partOf(value, ['toString']), undefined);
  assert.deepEqual(withPart(value, ['sizes', '1'], 'two'), { sizes: [1, 'two'], deep: { x: 1 } });
  assert.deepEqual(withPart(value, ['deep', 'y'], 2), { sizes: [1, 2], deep: { x: 1, y: 2 } });
  assert.equal(withPart(value, [], 5), 5);
  assert.deepEqual(value, { sizes: [1, 2], deep: { x: 1 } });
  assert.throws(() => withPart(value, ['sizes', '2'], 3), /has 2 items, and no \[2\]/);
  assert.throws(() => withPart(value, ['deep', 'x', 'y'], 3), /"y" cannot be set/);
  // A member with the name of the prototype stays a member.
  assert.deepEqual(Object.keys(withPart(JSON.parse('{"__proto__": 1}'), ['a'], 2) as object), ['__proto__', 'a']);
});
