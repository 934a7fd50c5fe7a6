// Conditions: what is read, what is compiled to the service's trees, and what is printed again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Condition, Value } from '../../core/ir/workflow.ts';
import { maxClauses, parseCondition, printCondition } from '../../core/refs/expression.ts';
import { printTarget } from '../../core/refs/reference.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';

const originOf = (text: string): Origin => ({ anchor: { offset: 0 }, from: 0, to: text.length });
const parse = (text: string) => parseCondition(text, originOf(text));

/** A tree as nested lists: `[left, operator, right]`. */
function tree(operand: Condition | Value | undefined): unknown {
  switch (operand?.kind) {
    case 'condition':
      return [tree(operand.left), operand.operator, tree(operand.right)];
    case 'reference':
      return printTarget(operand.reference);
    case 'scalar':
      return operand.value;
    case 'list':
      return operand.items.map(tree);
    default:
      return undefined;
  }
}

function clauses(text: string): unknown[] {
  const { conditions, finding } = parse(text);
  assert.equal(finding, undefined, finding?.message.en);
  return conditions.map(tree);
}

function complaint(text: string): unknown[] {
  const { conditions, finding } = parse(text);
  assert.deepEqual(conditions, []);
  assert.ok(finding, `${text} should be broken`);
  const { start, end } = spanOf(finding.origin);
  return [finding.code, text.slice(start, end)];
}

test('a comparison takes references, numbers, booleans, texts and lists', () => {
  assert.deepEqual(clauses('steps.t.outputs.m.accuracy < 0.5'), [['steps.t.outputs.m.accuracy', '<', 0.5]]);
  assert.deepEqual(clauses("${{ parameters.mode == 'it''s' }}"), [['parameters.mode', '==', "it's"]]);
  assert.deepEqual(clauses('parameters.mode != "a b"'), [['parameters.mode', '!=', 'a b']]);
  assert.deepEqual(clauses("parameters.mode in ['a', 2, -3e5, true]"), [['parameters.mode', 'in', ['a', 2, -3e5, true]]]);
  assert.deepEqual(clauses('10>=parameters.n'), [[10, '>=', 'parameters.n']]);
});

test('a reference alone is compared with true', () => {
  assert.deepEqual(clauses('parameters.retrain'), [['parameters.retrain', '==', true]]);
  assert.deepEqual(clauses('!parameters.retrain'), [['parameters.retrain', '==', false]]);
});

test('and-terms are clauses of the list', () => {
  assert.deepEqual(clauses('parameters.a > 1 && parameters.b && parameters.c < 3'), [
    ['parameters.a', '>', 1],
    ['parameters.b', '==', true],
    ['parameters.c', '<', 3],
  ]);
});

test('or-terms keep their parentheses', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => [`parameters.${name}`, '==', true]);
  assert.deepEqual(clauses('parameters.a || parameters.b || parameters.c'), [[[a, 'or', b], 'or', c]]);
  assert.deepEqual(clauses('parameters.a || (parameters.b || parameters.c)'), [[a, 'or', [b, 'or', c]]]);
});

test('an and below an or is distributed, and a negation is pushed down', () => {
  const flag = (name: string, value = true) => [`parameters.${name}`, '==', value];
  assert.deepEqual(clauses('parameters.a && parameters.b || parameters.c'), [
    [flag('a'), 'or', flag('c')],
    [flag('b'), 'or', flag('c')],
  ]);
  assert.deepEqual(clauses('!(parameters.a || parameters.n > 3)'), [flag('a', false), ['parameters.n', '<=', 3]]);
  assert.deepEqual(clauses('!(parameters.a && !parameters.b)'), [[flag('a', false), 'or', flag('b')]]);
});

test('a comparison can be an operand', () => {
  assert.deepEqual(clauses('(parameters.n > 3) == parameters.flag'), [[['parameters.n', '>', 3], '==', 'parameters.flag']]);
});

test('an unknown operator is kept for the rule that reports it', () => {
  const text = 'parameters.n =~ 3';
  const { conditions } = parse(text);
  assert.equal(conditions[0]!.operator, '=~');
  assert.deepEqual(spanOf(conditions[0]!.operatorOrigin), { start: 13, end: 15 });
});

test('what is wrong is said once, at the place', () => {
  assert.deepEqual(complaint('parameters.mode == train'), ['expression-syntax', 'train']);
  assert.deepEqual(complaint('parameters.a == True'), ['expression-syntax', 'True']);
  assert.deepEqual(complaint('parameters.a and parameters.b'), ['expression-syntax', 'and']);
  assert.deepEqual(complaint('paramters.a > 1'), ['ref-root-unknown', 'paramters']);
  assert.deepEqual(complaint('(parameters.a > 1'), ['expression-syntax', '']);
  assert.deepEqual(complaint('parameters.a >'), ['expression-syntax', '']);
  assert.deepEqual(complaint('true'), ['expression-syntax', 'true']);
  assert.deepEqual(complaint("parameters.a == 'x"), ['expression-syntax', "'x"]);
  assert.deepEqual(complaint('${{ parameters.a > 1'), ['expression-syntax', '']);
  assert.deepEqual(complaint("!(parameters.a in ['x'])"), ['condition-negation', "(parameters.a in ['x'])"]);
});

test('more clauses than the service can take are an error of their own', () => {
  const pair = (name: string) => `(parameters.${name} && parameters.${name}2)`;
  assert.equal(clauses(['a', 'b', 'c', 'd'].map(pair).join(' || ')).length, maxClauses);
  const text = ['a', 'b', 'c', 'd', 'e'].map(pair).join(' || ');
  assert.deepEqual(complaint(text), ['condition-too-complex', text]);
});

test('a clause without a text form is not printed', () => {
  const origin = originOf('');
  const right: Value = { kind: 'map', origin, entries: [] };
  assert.equal(
    printCondition([{ kind: 'condition', origin, operator: '==', operatorOrigin: origin, left: right, right }]),
    undefined,
  );
  assert.equal(printCondition([]), undefined);
});

const origin = originOf('');
const name = fc.constantFrom('a', '训练', 'a b', "it's").map((text) => ({ text, origin }));
const leaf: fc.Arbitrary<Value> = fc.oneof(
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => (value === 0 ? 0 : value))
    .map((value) => ({ kind: 'scalar' as const, origin, text: String(value), value, quoted: false })),
  fc.boolean().map((value) => ({ kind: 'scalar' as const, origin, text: String(value), value, quoted: false })),
  fc.string().map((value) => ({ kind: 'scalar' as const, origin, text: value, value, quoted: true })),
  name.map((each) => ({ kind: 'reference' as const, origin, reference: { root: 'parameters' as const, name: each } })),
  fc.tuple(name, name, name).map(([step, output, key]) => ({
    kind: 'reference' as const,
    origin,
    reference: { root: 'steps' as const, step, output, key },
  })),
);
const list: fc.Arbitrary<Value> = fc.array(leaf, { maxLength: 3 }).map((items) => ({ kind: 'list' as const, origin, items }));
const condition = fc.letrec<{ compare: Condition; or: Condition; any: Condition }>((tie) => ({
  compare: fc
    .record({
      left: fc.oneof({ depthSize: 'small' }, leaf, tie('compare')),
      operator: fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in'),
      right: fc.oneof({ depthSize: 'small' }, leaf, list, tie('any')),
    })
    .map((parts) => ({ kind: 'condition' as const, origin, operatorOrigin: origin, ...parts })),
  or: fc
    .record({ left: tie('any'), right: tie('any') })
    .map((parts) => ({ kind: 'condition' as const, origin, operatorOrigin: origin, operator: 'or', ...parts })),
  any: fc.oneof({ depthSize: 'small' }, tie('compare'), tie('or')),
})).any;

test('clauses that are printed read back as the same trees', () => {
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), (conditions) => {
      const text = printCondition(conditions);
      assert.ok(text !== undefined);
      assert.deepEqual(clauses(text), conditions.map(tree), text);
    }),
  );
});

test('any text is read without a throw', () => {
  const part = fc.constantFrom(
    'parameters',
    '.',
    'a',
    ' ',
    '&&',
    '||',
    '!',
    '(',
    ')',
    '==',
    '1',
    "'",
    '[',
    ']',
    ',',
    'in',
    '${{',
    '}}',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
      const { conditions, finding } = parse(parts.join(''));
      assert.ok(finding === undefined ? conditions.length > 0 : conditions.length === 0);
    }),
  );
});
