// Folding, growing selections, links, inlay hints and colours.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
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

test('hints say what is derived, what is asked for and which defaults hold', () => {
  const text = workflow.replace('    depend_steps: [training, check]\n', '    policy:\n      max_execution_minutes: 5\n');
  const range = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
  const lines = text.split('\n');
  const shown = (hints: ReturnType<typeof inlayHints>) =>
    hints.map(({ position, label }) => `${lines[position.line]!.slice(0, position.character).trim()} <${label}>`);
  assert.deepEqual(shown(inlayHints(contextOf(text), { textDocument, range })), [
    'training: <depend_steps: [release]>',
    'check: <depend_steps: [training]>',
    'register: <depend_steps: [check]>',
    'policy: <poll_interval_seconds: 1>',
    'pictures: { type: dataset, data_type: IMAGE } <asked before the run>',
  ]);
  const small = { start: { line: 18, character: 0 }, end: { line: 20, character: 0 } };
  assert.equal(inlayHints(contextOf(text), { textDocument, range: small }).length, 1);
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
