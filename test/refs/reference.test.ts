// References of files and of bodies, read and printed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Reference } from '../../core/ir/workflow.ts';
import {
  escapeLiteral,
  parseReference,
  parseWireReference,
  printReference,
  printWireReference,
} from '../../core/refs/reference.ts';
import type { Origin } from '../../core/text/origin.ts';
import { spanOf } from '../../core/text/origin.ts';

const originOf = (text: string): Origin => ({ anchor: { offset: 0 }, from: 0, to: text.length });
const read = (text: string) => parseReference(text, originOf(text));

/** What is said of the text, with the range it is said about. */
function complaint(text: string, reading = read(text)) {
  assert.ok(reading && reading.kind === 'broken', `${text} should be broken`);
  const { start, end } = spanOf(reading.finding.origin);
  return [reading.finding.code, text.slice(start, end)];
}

/** The reference without origins. */
function plain(reference: Reference): object {
  return JSON.parse(JSON.stringify(reference, (key, value) => (key === 'origin' ? undefined : value)));
}

function target(text: string): object {
  const reading = read(text);
  assert.ok(reading?.kind === 'reference', JSON.stringify(reading));
  return plain(reading.reference);
}

test('plain text is no reference', () => {
  for (const text of ['', 'abc', '$', '{{ x }}', '${x}', '${staging}/a']) assert.equal(read(text), undefined);
});

test('every root is read, with names in either spelling', () => {
  assert.deepEqual(target('${{ parameters.batch-size }}'), { root: 'parameters', name: { text: 'batch-size' } });
  assert.deepEqual(target("${{parameters['a b']}}"), { root: 'parameters', name: { text: 'a b' } });
  assert.deepEqual(target('${{ data.图片 }}'), { root: 'data', name: { text: '图片' } });
  assert.deepEqual(target('${{ data_requirements.x }}'), { root: 'data', section: 'data_requirements', name: { text: 'x' } });
  assert.deepEqual(target("${{ steps.train.outputs.m['it''s'] }}"), {
    root: 'steps',
    step: { text: 'train' },
    output: { text: 'm' },
    key: { text: "it's" },
  });
});

test('a storage takes flags and a path behind the braces', () => {
  assert.deepEqual(target('${{ storages.out }}'), { root: 'storages', name: { text: 'out' }, path: '' });
  assert.deepEqual(target('${{ storages.out(create_dir=false, with_execution_id=true) }}/m/a.json'), {
    root: 'storages',
    name: { text: 'out' },
    createDir: false,
    withExecutionId: true,
    path: '/m/a.json',
  });
});

test('the origin of a name is the very name', () => {
  const text = '${{ steps.train.outputs.model }}';
  const origin: Origin = { anchor: { offset: 100 }, from: 20, to: 20 + text.length + 2 };
  const reading = parseReference(text, origin);
  assert.ok(reading?.kind === 'reference' && reading.reference.root === 'steps');
  assert.deepEqual(spanOf(reading.reference.step.origin), { start: 100 + 21 + 10, end: 100 + 21 + 15 });
});

test('a scalar with escapes gives its whole origin', () => {
  const text = "${{ data['a'] }}";
  const origin: Origin = { anchor: { offset: 0 }, from: 5, to: 5 + text.length + 7 };
  const reading = parseReference(text, origin);
  assert.ok(reading?.kind === 'reference' && reading.reference.root === 'data');
  assert.deepEqual(reading.reference.name.origin, origin);
});

test('what is wrong is said once, at the place', () => {
  assert.deepEqual(complaint('${{ paramters.x }}'), ['ref-root-unknown', 'paramters']);
  assert.deepEqual(complaint('${{ env.x }}'), ['ref-root-unknown', 'env']);
  assert.deepEqual(complaint('${{ parameters.x.y }}'), ['expression-syntax', '.']);
  assert.deepEqual(complaint('${{ parameters. }}'), ['expression-syntax', ' ']);
  assert.deepEqual(complaint('${{ steps.a.b }}'), ['expression-syntax', '.']);
  assert.deepEqual(complaint('${{ parameters.x'), ['expression-syntax', '${{ parameters.x']);
  assert.deepEqual(complaint('${{ parameters.x > 1 }}'), ['expression-syntax', '>']);
  assert.deepEqual(complaint('${{ }}'), ['expression-syntax', '}}']);
  assert.deepEqual(complaint('${{ parameters.x }}-suffix'), ['expression-mixed-text', '-suffix']);
  assert.deepEqual(complaint('a-${{ parameters.x }}'), ['expression-mixed-text', '${{ parameters.x }}']);
  assert.deepEqual(complaint('${{ storages.x }}/a/${{ parameters.y }}'), ['expression-mixed-text', '/a/${{ parameters.y }}']);
  assert.deepEqual(complaint('${{ storages.x(keep=true) }}'), ['expression-syntax', 'keep']);
});

test('a misspelt root is mended by its fix', () => {
  const text = '${{ paramters.x }}';
  const reading = read(text);
  assert.ok(reading?.kind === 'broken');
  const [edit] = reading.finding.fixes!()[0]!.edits;
  assert.deepEqual(edit, { span: { start: 4, end: 13 }, text: 'parameters' });
});

test('escaped braces are text, and text is escaped back', () => {
  assert.deepEqual(read('$${{ x }}'), { kind: 'literal', text: '${{ x }}' });
  assert.deepEqual(read('a $${{ x'), { kind: 'literal', text: 'a ${{ x' });
  assert.equal(escapeLiteral('${{ x }}'), '$${{ x }}');
});

test('a raw reference of a body is text in a file, with a warning that mends it', () => {
  const reading = read('$ref/consumptions/a/b/c');
  assert.ok(reading?.kind === 'literal' && reading.finding?.code === 'reference-wire-form');
  assert.equal(reading.text, '$ref/consumptions/a/b/c');
  assert.equal(reading.finding.fixes!()[0]!.edits[0]!.text, '"${{ steps.a.outputs.b.c }}"');
});

test('the wire form parts names by slashes only', () => {
  const wire = (text: string) => {
    const reading = parseWireReference(text, originOf(text));
    assert.ok(reading?.kind === 'reference', JSON.stringify(reading));
    return plain(reading.reference);
  };
  assert.deepEqual(wire('$ref/parameters/train_step-use_fp16'), { root: 'parameters', name: { text: 'train_step-use_fp16' } });
  assert.deepEqual(wire('$ref/data_requirements/a.b'), { root: 'data', section: 'data_requirements', name: { text: 'a.b' } });
  assert.deepEqual(wire('$ref/storages(with_execution_id=True, create_dir=False)/out/a/b/'), {
    root: 'storages',
    name: { text: 'out' },
    withExecutionId: true,
    createDir: false,
    path: '/a/b/',
  });
  assert.deepEqual(complaint('$ref/nothing/x', parseWireReference('$ref/nothing/x', originOf('$ref/nothing/x'))), [
    'ref-root-unknown',
    'nothing',
  ]);
  const short = '$ref/consumptions/step';
  assert.deepEqual(complaint(short, parseWireReference(short, originOf(short))), ['expression-syntax', short]);
  assert.equal(parseWireReference('/bucket/a', originOf('/bucket/a')), undefined);
});

const nameText = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/),
  fc.constantFrom('训练 a', "it's", 'a.b', 'x"y', '0', '-', '}}'),
);
const here: Origin = { anchor: { offset: 0 }, from: 0, to: 0 };
const name = nameText.map((text) => ({ text, origin: here }));
const anyReference: fc.Arbitrary<Reference> = fc.oneof(
  fc.record({ root: fc.constant('parameters' as const), name }),
  fc.record({ root: fc.constant('data' as const), name }),
  fc.record(
    {
      root: fc.constant('storages' as const),
      name,
      createDir: fc.boolean(),
      withExecutionId: fc.boolean(),
      path: fc.constantFrom('', '/', '/a b/c.json'),
    },
    { requiredKeys: ['root', 'name', 'path'] },
  ),
  fc.record(
    { root: fc.constant('steps' as const), step: name, output: name, key: name },
    { requiredKeys: ['root', 'step', 'output'] },
  ),
);

test('what is printed reads back the same, in the file and on the wire', () => {
  fc.assert(
    fc.property(anyReference, (reference) => {
      const text = printReference(reference);
      assert.deepEqual(target(text), plain(reference));
      const wire = printWireReference(reference);
      const reading = parseWireReference(wire, originOf(wire));
      assert.ok(reading?.kind === 'reference');
      const expected = reference.root === 'data' ? { ...reference, section: 'data' as const } : reference;
      assert.deepEqual(plain(reading.reference), plain(expected));
    }),
  );
});

test('any text is read without a throw, and broken ones say why', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom('${{', '}}', ' ', 'steps', '.', 'a', "['", "']", 'storages', '(', ')', '/', '$ref/', 'data', '='),
        { maxLength: 12 },
      ),
      (parts) => {
        const text = parts.join('');
        const reading = read(text);
        if (reading?.kind === 'broken') {
          const { start, end } = spanOf(reading.finding.origin);
          assert.ok(start >= 0 && end <= text.length && start <= end);
        }
      },
    ),
  );
});
