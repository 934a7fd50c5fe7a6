// Folding, growing selections, links, inlay hints and colours.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Range,
  type SelectionRange,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensDelta,
  SemanticTokensDeltaRequest,
  SemanticTokensRequest,
} from 'vscode-languageserver/node';
import { folding } from '../../server/features/folding.ts';
import { inlayHints } from '../../server/features/inlay-hints.ts';
import { links } from '../../server/features/links.ts';
import { selection } from '../../server/features/selection.ts';
import { legend, semanticTokens } from '../../server/features/semantic-tokens.ts';
import { contextOf, uri } from './context.ts';
import { Session } from './session.ts';
import { pointer, workflow } from './workflow.ts';

const textDocument = { uri };

test('entries, lists and comments fold, one-line entries do not', () => {
  const text = `# one
# two
name: w
steps:
  a:
    type: job
    depend_steps:
      - b
      - c
    inputs: {
      x: y
    }
  b: { type: job }
# region more
data:
  d:
    value: |
      text
      text
# endregion
`;
  const found = folding(contextOf(text)).map(
    ({ startLine, endLine, kind }) => `${startLine + 1}-${endLine + 1}${kind ? ` ${kind}` : ''}`,
  );
  assert.deepEqual(found, ['1-2 comment', '4-13', '5-12', '7-9', '10-11', '14-20 region', '15-19', '16-19', '17-19']);
});

test('a selection grows from the name to the document', () => {
  const { at, textOf } = pointer(workflow);
  const [range] = selection(contextOf(workflow), { textDocument, positions: [at('storages.out|put }}/model/"')] });
  const steps: string[] = [];
  for (let each: SelectionRange | undefined = range; each; each = each.parent) steps.push(textOf(each.range));
  assert.deepEqual(steps.slice(0, 6), [
    'output',
    '${{ storages.output }}',
    '${{ storages.output }}/model/',
    '"${{ storages.output }}/model/"',
    'obs_path: "${{ storages.output }}/model/"',
    '{ obs_path: "${{ storages.output }}/model/" }',
  ]);
  assert.equal(steps.at(-1), workflow);
  for (const [index, step] of steps.entries()) assert.ok(index === 0 || step.includes(steps[index - 1]!));
});

test('files of this machine are linked, folders and bucket paths are not', () => {
  const text = `steps:
  a:
    type: job
    algorithm: { code_dir: ./src/train, boot_file: main.py }
  b:
    type: job
    algorithm: { code_dir: /bucket/src/, boot_file: main.py }
  c:
    type: job
    algorithm: { code_dir: ./src/, boot_file: "sub folder/main.py" }
`;
  const found = links(contextOf(text)).map(({ range, target }) => [pointer(text).show(range), target]);
  assert.deepEqual(found, [
    ['4: main.py', 'file:///work/src/train/main.py'],
    ['10: sub folder/main.py', 'file:///work/src/sub%20folder/main.py'],
  ]);
  // A client that can show folders has a command for it.
  const withFolders = links(contextOf(text, { commands: { revealFolder: 'show' } })).map(({ range, target }) => [
    pointer(text).show(range),
    target,
  ]);
  assert.deepEqual(withFolders.toSpliced(1, 1).toSpliced(2, 1), [
    ['4: ./src/train', 'command:show?%5B%22file%3A%2F%2F%2Fwork%2Fsrc%2Ftrain%22%5D'],
    ['10: ./src/', 'command:show?%5B%22file%3A%2F%2F%2Fwork%2Fsrc%2F%22%5D'],
  ]);
});

/** `text before the hint <hint>` of each. */
function shownHints(text: string, options: Parameters<typeof contextOf>[1] = {}): readonly string[] {
  const context = contextOf(text, options);
  const { source } = context.analysis;
  const range = { start: { line: 0, character: 0 }, end: source.positionAt(text.length) };
  return inlayHints(context, { textDocument, range })
    .sort((a, b) => source.offsetAt(a.position) - source.offsetAt(b.position))
    .map(({ position, label }) => {
      const line = text.split('\n')[position.line]!.slice(0, position.character).trim();
      return `${line} <${typeof label === 'string' ? label : label.map(({ value }) => value).join('')}>`;
    });
}

test('hints say what is derived, what is asked for, which defaults hold and what references come to', () => {
  const text = workflow.replace('    depend_steps: [training, check]\n', '    policy:\n      max_execution_minutes: 5\n');
  assert.deepEqual(shownHints(text), [
    'resource: { type: json, format: train_flavor } <asked before the run>',
    'pictures: { type: dataset, data_type: IMAGE } <asked before the run>',
    'training: <depend_steps: [release]>',
    'epochs: ${{ parameters.epochs }} <= 3>',
    'train_url: { obs_path: "${{ storages.output }}/model/" <= /bucket/out/‹run›/model/>',
    'metrics: { metric_files: ["${{ storages.output }}/model/metrics.json" <= /bucket/out/‹run›/model/metrics.json>',
    'check: <depend_steps: [training]>',
    'conditions: steps.training.outputs.metrics.accuracy > parameters.limit <= 0.5>',
    'register: <depend_steps: [check]>',
    'policy: <poll_interval_seconds: 1>',
  ]);
  const small = { start: { line: 18, character: 0 }, end: { line: 20, character: 0 } };
  assert.equal(inlayHints(contextOf(text), { textDocument, range: small }).length, 1);
});

test('hints tell of storages, optional and late values, and lead to the steps', () => {
  const text = `name: 图🙂
storages:
  输入: { kind: input }
  fixed: { kind: output, default: /b/🙂/, with_execution_id: false }
parameters:
  late: { type: int, delay: true }
  free: { type: str, required: false }
  表: { type: list, default: [1, 2] }
data:
  models: { type: model_list }
  given: { type: obs, value: "\${{ storages.fixed(with_execution_id=true) }}/x/" }
steps:
  一:
    type: job
    inputs: { x: "\${{ storages.fixed }}/x/", y: "\${{ data.given }}" }
    outputs: { o: { obs_path: "\${{ storages.输入 }}/x/" } }
    algorithm: { parameters: { p: "\${{ parameters.表 }}" } }
  二: { type: job, inputs: { x: "\${{ steps.一.outputs.o }}" } }
`;
  assert.deepEqual(shownHints(text), [
    '输入: { kind: input } <asked before the run>',
    'late: { type: int, delay: true } <asked at the step>',
    'free: { type: str, required: false } <may be left out>',
    'models: { type: model_list } <asked at the step>',
    'given: { type: obs, value: "${{ storages.fixed(with_execution_id=true) }}/x/" <= /b/🙂/‹run›/x/>',
    'inputs: { x: "${{ storages.fixed }}/x/" <= /b/🙂/x/>',
    'algorithm: { parameters: { p: "${{ parameters.表 }}" <= [1, 2]>',
    '二: { type: job, inputs: { x: "${{ steps.一.outputs.o }}" } } <depend_steps: [一]>',
  ]);
  assert.ok(shownHints(text, { language: 'zh' }).includes('models: { type: model_list } <运行到步骤时输入>'));
  const range = { start: { line: 17, character: 0 }, end: { line: 18, character: 0 } };
  const [{ label }] = inlayHints(contextOf(text), { textDocument, range }) as unknown as [
    { label: { value: string; location?: { range: Range } }[] },
  ];
  const { location } = label.find(({ value }) => value === '一')!;
  assert.equal(pointer(text).show(location!.range), '13: 一');
});

function decoded({ data }: SemanticTokens, text: string): readonly string[] {
  const lines = text.split('\n');
  const found: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [lines_, start, length, type, modifiers] = data.slice(at, at + 5) as [number, number, number, number, number];
    line += lines_;
    character = lines_ > 0 ? start : character + start;
    found.push(`${lines[line]!.slice(character, character + length)} ${legend.tokenTypes[type]}${modifiers ? ' declared' : ''}`);
  }
  return found;
}

function tokensOf(text: string): readonly string[] {
  const builder = new SemanticTokensBuilder();
  semanticTokens(contextOf(text), builder);
  return decoded(builder.build(), text);
}

test('names have the colour of what they are, where they lead somewhere', () => {
  assert.deepEqual(
    tokensOf(
      'parameters:\n  p: { type: int }\nsteps:\n  a:\n    type: job\n    algorithm: { parameters: { x: "${{ parameters.p }}", y: "${{ parameters.q }}" } }\n    outputs: [o]\n  b:\n    depend_steps: [a]\n',
    ),
    ['p parameter declared', 'a function declared', 'p parameter', 'o property declared', 'b function declared', 'a function'],
  );
});

test('an edit sends the difference of the colours only', async () => {
  const session = await Session.start();
  const [document] = await session.open(workflow);
  const first = (await session.ask(SemanticTokensRequest.type, { textDocument: document })) as SemanticTokens;
  assert.equal(decoded(first, workflow).filter((token) => token === 'training function').length, 6);
  await session.replace(document, 'first half:', 'the first half:');
  const delta = (await session.ask(SemanticTokensDeltaRequest.type, {
    textDocument: document,
    previousResultId: first.resultId!,
  })) as SemanticTokensDelta;
  assert.ok(delta.edits.length > 0);
  const data = [...first.data];
  for (const { start, deleteCount, data: inserted = [] } of [...delta.edits].reverse())
    data.splice(start, deleteCount, ...inserted);
  assert.ok(decoded({ data }, document.text).includes('the first half event declared'));
  await session.stop();
});
