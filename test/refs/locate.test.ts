// What is being typed inside of an expression.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ExpressionPlace, locateInExpression } from '../../core/refs/locate.ts';

/** `<|>` is the cursor; the span is shown as the text it covers. */
function at(marked: string, place: ExpressionPlace = 'value') {
  const offset = marked.indexOf('<|>');
  const text = marked.replace('<|>', '');
  const slot = locateInExpression(text, offset, place);
  if (!slot) return undefined;
  const { span, ...rest } = slot;
  return { ...rest, over: text.slice(span.start, span.end) };
}

test('outside of braces nothing is located in a value', () => {
  assert.equal(at('ab<|>c'), undefined);
  assert.equal(at('$${{ para<|>'), undefined);
  assert.equal(at('${{ parameters.x }}<|>'), undefined);
});

test('a root, a name and what follows it are told apart while they are typed', () => {
  assert.deepEqual(at('${{ <|>'), { kind: 'root', over: '' });
  assert.deepEqual(at('${{ pa<|>ra }}'), { kind: 'root', over: 'para' });
  assert.deepEqual(at('${{ parameters.<|> }}'), { kind: 'name', root: 'parameters', over: '' });
  assert.deepEqual(at('${{ data.fl<|>owers }}'), { kind: 'name', root: 'data', over: 'flowers' });
  assert.deepEqual(at('${{ steps.<|>'), { kind: 'name', root: 'steps', over: '' });
  assert.deepEqual(at('${{ steps.train.<|>'), { kind: 'outputs', root: 'steps', name: 'train', over: '' });
  assert.deepEqual(at('${{ steps.train.outputs.m<|>'), { kind: 'output', root: 'steps', name: 'train', over: 'm' });
  assert.deepEqual(at('${{ steps.train.outputs.m.acc<|>uracy }}'), {
    kind: 'key',
    root: 'steps',
    name: 'train',
    output: 'm',
    over: 'accuracy',
  });
});

test('names in brackets are located, open and closed', () => {
  assert.deepEqual(at("${{ parameters['a <|>b'] }}"), { kind: 'name', root: 'parameters', bracket: true, over: 'a b' });
  assert.deepEqual(at("${{ steps['a b'].outputs.<|>"), { kind: 'output', root: 'steps', name: 'a b', over: '' });
});

test('the flags and the path of a storage are located', () => {
  assert.deepEqual(at('${{ storages.out(cr<|>'), { kind: 'flag', name: 'out', over: 'cr' });
  assert.deepEqual(at('${{ storages.out(create_dir=true, <|>'), { kind: 'flag', name: 'out', over: '' });
  assert.deepEqual(at('${{ storages.out }}/mo<|>del/'), { kind: 'path', name: 'out', over: '/model/' });
});

test('in a condition the braces are optional and operators follow operands', () => {
  assert.deepEqual(at('<|>', 'condition'), { kind: 'root', over: '' });
  assert.deepEqual(at('parameters.a<|>', 'condition'), { kind: 'name', root: 'parameters', over: 'a' });
  assert.deepEqual(at('parameters.a <|>', 'condition'), { kind: 'operator', over: '' });
  assert.deepEqual(at('parameters.a > 3 && steps.<|>', 'condition'), { kind: 'name', root: 'steps', over: '' });
  assert.deepEqual(at('(parameters.a == "x") <|>', 'condition'), { kind: 'operator', over: '' });
  assert.deepEqual(at("parameters.a == 'tr<|>ain'", 'condition'), { kind: 'literal', over: 'tr' });
  assert.deepEqual(at('!<|>', 'condition'), { kind: 'root', over: '' });
});
