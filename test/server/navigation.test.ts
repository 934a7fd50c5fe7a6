// Definition, references, highlights and rename: from any place of a name to all its places.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResponseError, type TextDocumentEdit } from 'vscode-languageserver/node';
import type { Position } from '../../core/text/source.ts';
import { definition, highlights, references } from '../../server/features/navigation.ts';
import { prepareRename, rename } from '../../server/features/rename.ts';
import { contextOf, uri } from './context.ts';
import { applied } from './session.ts';
import { pointer, workflow } from './workflow.ts';

const context = contextOf(workflow);
const { at, show, textOf } = pointer(workflow);
const textDocument = { uri };

const targets = (position: Position) => definition(context, { textDocument, position }).map(({ range }) => show(range));
const uses = (position: Position, includeDeclaration = true) =>
  references(context, { textDocument, position, context: { includeDeclaration } }).map(({ range }) => show(range));

test('a use leads to its declaration, whatever it is a use of', () => {
  assert.deepEqual(targets(at('steps.rel|ease')), ['13: release']);
  assert.deepEqual(targets(at('outputs.lab|eled')), ['18: labeled']);
  assert.deepEqual(targets(at('parameters.lim|it')), ['8: limit']);
  assert.deepEqual(targets(at('storages.out|put')), ['5: output']);
  assert.deepEqual(targets(at('data.pict|ures')), ['11: pictures']);
  assert.deepEqual(targets(at('[training, ch|eck]')), ['35: check']);
  assert.deepEqual(targets(at('[reg|ister]')), ['39: register']);
  assert.deepEqual(targets(at('[release, train|ing]')), ['19: training']);
});

test('both ends of a name count, other words do not', () => {
  assert.deepEqual(targets(at('steps.|release')), ['13: release']);
  assert.deepEqual(targets(at('steps.release|.outputs')), ['13: release']);
  assert.deepEqual(targets(at('st|eps.release')), []);
  assert.deepEqual(targets(at('ty|pe: job')), []);
});

test('references are all uses in order, with or without the declaration', () => {
  const all = ['19: training', '37: training', '37: training', '37: training', '41: training', '43: training', '47: training'];
  assert.deepEqual(uses(at('  train|ing:')), all);
  assert.deepEqual(uses(at('[train|ing, check]')), all);
  assert.deepEqual(uses(at('  train|ing:'), false), all.slice(1));
  assert.deepEqual(uses(at('model_out|put')), ['45: model_output']);
});

test('highlights tell the declaration from its uses', () => {
  const found = highlights(context, { textDocument, position: at('parameters.lim|it') });
  assert.deepEqual(
    found.map(({ range, kind }) => [show(range), kind]),
    [
      ['8: limit', 3],
      ['37: limit', 2],
    ],
  );
});

function renamed(position: Position, newName: string, text = workflow): string {
  const edit = rename(contextOf(text), { textDocument, position, newName });
  const [{ edits, textDocument: bound }] = edit!.documentChanges as [TextDocumentEdit];
  assert.equal(bound.version, 1);
  let result = text;
  for (const each of [...edits].reverse()) {
    assert.ok('newText' in each);
    result = applied(result, { range: each.range, text: each.newText });
  }
  return result;
}

test('a renamed step has its new name everywhere, and nothing new is wrong', () => {
  const after = renamed(at('steps.train|ing.outputs.train_url'), 'teaching');
  assert.doesNotMatch(after, /training/);
  assert.equal(after.match(/teaching/g)!.length, 7);
  assert.deepEqual(
    contextOf(after).analysis.diagnostics.map(({ code }) => code),
    context.analysis.diagnostics.map(({ code }) => code),
  );
});

test('a name that needs brackets gets them', () => {
  const after = renamed(at('  epo|chs: {'), 'number of epochs');
  assert.match(after, /\$\{\{ parameters\['number of epochs'\] \}\}/);
  assert.match(after, /^ {2}number of epochs: \{ type: int/m);
  assert.match(after, /^ {8}epochs: /m, 'the algorithm parameter is another name');
});

test('renaming starts at names only, with the name to edit', () => {
  const prepared = prepareRename(context, { textDocument, position: at('steps.rel|ease') });
  assert.ok(prepared && 'placeholder' in prepared);
  assert.equal(prepared.placeholder, 'release');
  assert.equal(textOf(prepared.range), 'release');
  assert.equal(prepareRename(context, { textDocument, position: at('ty|pe: job') }), null);
});

test('a name that is taken, or none, is refused with the reason', () => {
  const position = at('  train|ing:');
  const refused = (newName: string) => {
    try {
      rename(context, { textDocument, position, newName });
    } catch (error) {
      assert.ok(error instanceof ResponseError);
      return error.message;
    }
    return undefined;
  };
  assert.match(refused('check') ?? '', /step `check` already/);
  assert.match(refused('  ') ?? '', /empty/);
  assert.equal(refused('teaching'), undefined);
});

test('in a request body names are renamed in their wire form', () => {
  const body =
    '{"name":"w","parameters":[{"name":"p","type":"int"}],"steps":[{"name":"a","type":"job","properties":{"algorithm":{"parameters":[{"name":"x","value":"$ref/parameters/p"}]}}}]}';
  const edit = rename(contextOf(body, { form: 'body', documentChanges: false }), {
    textDocument,
    position: { line: 0, character: body.indexOf('"p"') + 1 },
    newName: 'q',
  });
  assert.deepEqual(
    edit!.changes![uri]!.map(({ newText }) => newText),
    ['"q"', 'q'],
  );
});

test('a renamed name keeps its quotes, escapes and lines, whatever its scalar looks like', () => {
  const text = `parameters:
  a b: { type: int, default: 1 }
steps:
  s t:
    type: job
    outputs: { "o": { metric_files: [/b/m.json] } }
    algorithm:
      parameters:
        plain: \${{ parameters['a b'] }}
        single: '\${{ parameters[''a b''] }}'
        double: "\${{ parameters['a b'] }}"
        escaped: "\${{ parameters['a\\x20b'] }}"
  c:
    type: condition
    conditions:
      - >-
        steps['s t'].outputs.o.x >
          parameters['a b'] &&
        parameters['a b'] < 3
      - steps['s t'].outputs.o.x > 1
        || parameters['a b'] == 2
      - 'steps[''s t''].outputs.o.loss > parameters[''a b'']'
      - "steps['s t'].outputs.o.y == 'a b\\u0020' || parameters['a b'] == 1"
    if_then_steps: [d]
  d: { type: job, depend_steps: ["s t", 'c'] }
`;
  const problems = (of: string) =>
    contextOf(of)
      .analysis.diagnostics.map(({ code }) => code)
      .filter((code) => !code.endsWith('name-format'));
  const uses = (of: string, name: string) =>
    references(contextOf(of), { textDocument, position: pointer(of).at(name), context: { includeDeclaration: true } }).length;
  const rename_ = (place: string, to: string, from = text) => {
    const edit = rename(contextOf(from, { documentChanges: false }), {
      textDocument,
      position: pointer(from).at(place),
      newName: to,
    })!;
    return [...edit.changes![uri]!]
      .reverse()
      .reduce((result, { range, newText }) => applied(result, { range, text: newText }), from);
  };
  const simple = rename_('a |b: {', 'n');
  assert.match(
    simple,
    /plain: \$\{\{ parameters\['n'\] \}\}\n {8}single: '\$\{\{ parameters\[''n''\] \}\}'\n {8}double: "\$\{\{ parameters\['n'\] \}\}"\n {8}escaped: "\$\{\{ parameters\['n'\] \}\}"/,
  );
  assert.match(simple, /- >-\n {8}steps\['s t'\]\.outputs\.o\.x >\n {10}parameters\['n'\] &&\n {8}parameters\['n'\] < 3\n/);
  assert.match(simple, /\|\| parameters\['n'\] == 2\n/);
  assert.match(simple, /- 'steps\[''s t''\]\.outputs\.o\.loss > parameters\[''n''\]'\n/);
  assert.match(simple, /== 'a b ' \|\| parameters\['n'\] == 1"/);
  for (const to of ['n', 'it\'s "x" \\ 🙂', '图']) {
    for (const [place, name] of [
      ['a |b: {', 'parameters'],
      ['s |t:', 'steps'],
      ['"|o"', 'outputs'],
    ] as const) {
      const after = rename_(place, to);
      assert.deepEqual(problems(after), problems(text), `${name} to ${to}: ${after}`);
      assert.equal(
        uses(after, name === 'parameters' ? 'parameters:\n  |' : name === 'steps' ? 'steps:\n  |' : 'outputs: { |'),
        uses(text, place),
      );
      assert.equal(contextOf(after).analysis.bound.workflow.steps.length, 3);
    }
  }
});
