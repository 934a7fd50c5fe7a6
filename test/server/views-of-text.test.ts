// What the editor shows beside and above the text: hover, outline, lenses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentSymbol, SymbolInformation } from 'vscode-languageserver/node';
import type { LensTarget } from '../../core/protocol/lsp.ts';
import { hover } from '../../server/features/hover.ts';
import { lenses } from '../../server/features/lenses.ts';
import { outline } from '../../server/features/outline.ts';
import { contextOf, uri } from './context.ts';
import { pointer, workflow } from './workflow.ts';

const context = contextOf(workflow);
const { show, textOf } = pointer(workflow);

function hoverAt(pattern: string, occurrence = 1, from = context): { text: string; over: string | undefined } {
  const found = hover(from, { textDocument: { uri }, position: pointer(from.analysis.source.text).at(pattern, occurrence) });
  const contents = found?.contents;
  const text = contents && typeof contents === 'object' && 'value' in contents ? contents.value : '';
  return { text, over: found?.range && pointer(from.analysis.source.text).textOf(found.range) };
}

test('a key is described by the schema: type, text, default, source', () => {
  const { text, over } = hoverAt('boot_|file');
  assert.equal(over, 'boot_file');
  assert.match(text, /^```yaml\nboot_file: path or a reference\n```\n/);
  assert.match(text, /Source: guide/);
  assert.match(hoverAt('ti|tle: Train').text, /Shown in the graph/);
});

test('in Chinese for a Chinese editor', () => {
  assert.match(hoverAt('boot_|file', 1, contextOf(workflow, { language: 'zh' })).text, /出处/);
});

test('a value of an enumeration, and a type of step', () => {
  assert.match(hoverAt('data_type: IM|AGE').text, /Images/);
  assert.match(hoverAt('type: jo|b').text, /Runs code/);
});

test('a reference shows what it leads to, with its value', () => {
  const parameter = hoverAt('parameters.ep|ochs');
  assert.equal(parameter.over, 'epochs');
  assert.match(parameter.text, /^```yaml\nparameter epochs: int = 3\n```\n/);
  assert.match(parameter.text, /passes over the data/);
  assert.match(parameter.text, /Default: `3`/);
  assert.match(hoverAt('outputs.lab|eled').text, /\noutput labeled: dataset\n```\n\nof the step `release`/);
  assert.match(hoverAt('steps.train|ing.outputs.metrics').text, /Waits for: `release` \(derived/);
  assert.match(hoverAt('data.pict|ures').text, /Asked for before a run/);
});

test('a condition shows the list that the service gets', () => {
  const { text } = hoverAt('&|& !(');
  assert.match(text, /3 conditions; all must hold/);
  assert.match(text, /`steps\.training\.outputs\.metrics\.loss <= 1`/);
});

test('a finding shows why it is one', () => {
  const broken = contextOf(workflow.replace('[training, check]', '[training, chek]'));
  assert.match(hoverAt('che|k]', 1, broken).text, /\*\*depend-unknown\*\*: /);
});

test('nothing is shown where nothing stands', () => {
  assert.deepEqual(hoverAt('# two| steps'), { text: '', over: undefined });
});

const lines = (symbols: readonly DocumentSymbol[], depth = 0): string[] =>
  symbols.flatMap((symbol) => [
    `${'  '.repeat(depth)}${symbol.name}${symbol.detail ? ` (${symbol.detail})` : ''}`,
    ...lines(symbol.children ?? [], depth + 1),
  ]);

test('the outline has collections, entries and slots', () => {
  const symbols = outline(context) as DocumentSymbol[];
  assert.deepEqual(lines(symbols), [
    'storages',
    '  output (/bucket/out/)',
    'parameters',
    '  epochs (int)',
    '  limit (float)',
    '  resource (json)',
    'data',
    '  pictures (dataset)',
    'steps',
    '  release (release_dataset)',
    '    input_data',
    '    labeled',
    '  training (job)',
    '    data_url',
    '    train_url',
    '    metrics',
    '  check (condition)',
    '  register (model)',
    '    model_input',
    '    model_output',
    'scenes',
    '  first half (release, training)',
  ]);
  const steps = symbols[3]!;
  assert.equal(show(steps.selectionRange), '12: steps');
  assert.match(textOf(steps.children![1]!.range), /^training:\n {4}type: job\n[^]*parameters\.resource \}\}" \}$/);
});

test('every symbol of the outline holds its name and its children', () => {
  const merged = 'x-a: &a\n  type: job\nsteps:\n  one: &one { <<: *a, outputs: [o] }\n  two: *one\n  "": {}\n';
  for (const text of [workflow, merged]) {
    const inside = (outer: DocumentSymbol['range'], inner: DocumentSymbol['range']) =>
      pointer(text).textOf(outer).includes(pointer(text).textOf(inner));
    const walk = (symbol: DocumentSymbol): void => {
      assert.ok(symbol.name);
      assert.ok(inside(symbol.range, symbol.selectionRange), symbol.name);
      symbol.children?.forEach(walk);
    };
    (outline(contextOf(text)) as DocumentSymbol[]).forEach(walk);
  }
});

test('a client without hierarchies gets a flat outline', () => {
  const symbols = outline(contextOf(workflow, { hierarchicalSymbols: false })) as SymbolInformation[];
  assert.deepEqual(
    symbols.filter(({ containerName }) => containerName === 'training').map(({ name }) => name),
    ['data_url', 'train_url', 'metrics'],
  );
});

test('the outline of a request body', () => {
  const body = contextOf(
    '{ "name": "w", "steps": [{ "name": "a", "type": "job" }], "parameters": [{ "name": "p", "type": "int" }] }',
    { form: 'body' },
  );
  assert.deepEqual(lines(outline(body) as DocumentSymbol[]), ['steps', '  a (job)', 'parameters', '  p (int)']);
});

test('lenses stand at the workflow, at each step and at each scene', () => {
  const found = lenses(context).map(({ range, command }) => {
    const { step, scene } = command!.arguments![0] as LensTarget;
    return `${show(range)} | ${command!.title} | ${command!.command} ${step ?? scene ?? ''}`.trim();
  });
  assert.deepEqual(found, [
    '2: name | Run | weft.run',
    '2: name | Debug | weft.debug',
    '2: name | Show Graph | weft.showGraph',
    '13: release | Run from Here | weft.runFrom release',
    '19: training | Run from Here | weft.runFrom training',
    '35: check | Run from Here | weft.runFrom check',
    '39: register | Run from Here | weft.runFrom register',
    '47: first half | Run Scene | weft.run first half',
    '47: first half | Debug Scene | weft.debug first half',
  ]);
  assert.deepEqual(lenses(contextOf('name: nothing yet\n')), []);
});
