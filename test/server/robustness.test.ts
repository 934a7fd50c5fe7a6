// No feature throws, whatever the text and wherever the cursor; and what a broken client sends does not end the process.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HoverRequest, SemanticTokensBuilder } from 'vscode-languageserver/node';
import type { Range } from '../../core/text/source.ts';
import { codeActions } from '../../server/features/actions.ts';
import { completion } from '../../server/features/completion.ts';
import { folderQuestion } from '../../server/features/completion-paths.ts';
import { diagnostics } from '../../server/features/diagnostics.ts';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from '../../server/features/call-hierarchy.ts';
import { folding } from '../../server/features/folding.ts';
import { format, formatRange } from '../../server/features/format.ts';
import { drawing } from '../../server/features/graph.ts';
import { hover } from '../../server/features/hover.ts';
import { inlayHints } from '../../server/features/inlay-hints.ts';
import { lenses } from '../../server/features/lenses.ts';
import { links } from '../../server/features/links.ts';
import { definition, highlights, references } from '../../server/features/navigation.ts';
import { outline } from '../../server/features/outline.ts';
import { prepareRename, rename } from '../../server/features/rename.ts';
import { selection } from '../../server/features/selection.ts';
import { semanticTokens } from '../../server/features/semantic-tokens.ts';
import type { Position } from '../../core/text/source.ts';
import { contextOf, uri } from './context.ts';
import { Session } from './session.ts';
import { workflow } from './workflow.ts';

const textDocument = { uri };

function askAll(text: string, form: 'file' | 'body', position: Position): unknown {
  const context = contextOf(text, { form });
  const end = context.analysis.source.positionAt(text.length);
  const range: Range = { start: { line: 0, character: 0 }, end };
  const at = { textDocument, position };
  const completed = completion(context, at);
  for (const text_ of completed.documentation) text_?.();
  folderQuestion(context, at);
  const symbol = prepareRename(context, at);
  semanticTokens(context, new SemanticTokensBuilder(), range);
  return [
    completed.list,
    diagnostics(context),
    codeActions(context, { textDocument, range, context: { diagnostics: [] } }),
    codeActions(context, { textDocument, range, context: { diagnostics: [], only: ['source'] } }),
    hover(context, at),
    definition(context, at),
    references(context, { ...at, context: { includeDeclaration: true } }),
    highlights(context, at),
    symbol && rename(context, { ...at, newName: 'another name' }),
    outline(context),
    lenses(context),
    folding(context),
    links(context),
    selection(context, { textDocument, positions: [position] }),
    inlayHints(context, { textDocument, range }),
    drawing(context),
    format(context, { textDocument, options: { tabSize: 2, insertSpaces: true } }),
    formatRange(context, { textDocument, range: { start: position, end }, options: { tabSize: 2, insertSpaces: true } }),
    ...(prepareCallHierarchy(context, at) ?? []).flatMap((item) => [
      item,
      incomingCalls(context, { item }),
      outgoingCalls(context, { item }),
    ]),
    codeActions(context, { textDocument, range: { start: position, end: position }, context: { diagnostics: [] } }),
  ];
}

/** Every range of an answer lies in the text and is the right way round. */
function checkRanges(answer: unknown, lines: number): void {
  JSON.stringify(answer, (key, value: unknown) => {
    if (key === 'range' || key === 'selectionRange') {
      const { start, end } = value as Range;
      assert.ok(start.line < lines && end.line < lines, 'in the text');
      assert.ok(start.line < end.line || (start.line === end.line && start.character <= end.character), 'the right way round');
    }
    return value;
  });
}

const body =
  '{ "name": "w", "steps": [{ "name": "a", "type": "job", "inputs": [{ "name": "i", "data": "$ref/data/d" }] }], "data": [{ "name": "d" }] }';
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.oneof(fc.nat({ max: 8 }), fc.nat({ max: 200 })),
    insert: fc.constantFrom(
      '',
      '\n',
      '  ',
      '- ',
      '${{ ',
      ' }}',
      '"',
      "'",
      '{',
      '}',
      '[',
      ': ',
      '&a ',
      '*a',
      '<<: *a',
      '\t',
      '\r\n',
      '#',
      '|\n',
      '\u{1f600}',
      '!',
    ),
  }),
  { minLength: 1, maxLength: 5 },
);

for (const [form, start] of [['file', workflow] as const, ['body', body] as const]) {
  test(`every feature answers for a broken ${form}, at every place`, () => {
    fc.assert(
      fc.property(edits, fc.double({ min: 0, max: 1, noNaN: true }), (list, where) => {
        let text = start;
        for (const { at, remove, insert } of list) {
          const from = Math.floor(at * (text.length + 1));
          text = text.slice(0, from) + insert + text.slice(from + remove);
        }
        const position = contextOf(text, { form }).analysis.source.positionAt(Math.floor(where * (text.length + 1)));
        checkRanges(askAll(text, form, position), text.split('\n').length);
      }),
      { numRuns: 150 },
    );
  });
}

test('a text that nests without end has one finding and no more', () => {
  const staircase = `a:\n${Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth + 1)}b:`).join('\n')}`;
  for (const text of [staircase, '['.repeat(20_000), '{a: '.repeat(5000), `${'- '.repeat(5000)}x`]) {
    const found = contextOf(text).analysis.diagnostics;
    assert.deepEqual(
      found.map(({ code }) => code),
      ['yaml-syntax'],
      text.slice(0, 20),
    );
    assert.match(found[0]!.message.en, /too deep/);
  }
  const condition = (text: string) =>
    contextOf(`steps:\n  c:\n    type: condition\n    conditions: ${text}\n`).analysis.diagnostics;
  for (const text of ['('.repeat(20_000), `${'!'.repeat(20_000)}parameters.x`, Array(5000).fill('parameters.x').join(' || ')]) {
    assert.ok(
      condition(text).some(({ code }) => code === 'condition-too-complex'),
      text.slice(0, 20),
    );
  }
});

test('a chain of ten thousand steps is analysed, in either order', () => {
  for (const type of ['job', 'dataset_import']) {
    const steps = Array.from({ length: 10_000 }, (_, index) => {
      const from =
        index > 0
          ? `    inputs: { a: "\${{ steps.s${index - 1}.outputs.o }}" }\n`
          : '    policy: { skip_conditions: parameters.p }\n';
      return `  s${index}:\n    type: ${type}\n${from}    outputs: { o: {} }\n`;
    });
    for (const ordered of [steps, steps.toReversed()]) {
      const { analysis } = contextOf(`name: w\nparameters: { p: { type: bool, default: true } }\nsteps:\n${ordered.join('')}`);
      assert.equal(analysis.graph().edges.length, 2 * 9999);
      assert.ok(!analysis.diagnostics.some(({ code }) => code === 'read-may-be-skipped'));
    }
  }
});

test('bytes that are no messages do not end the process', async () => {
  const session = await Session.start();
  const [document] = await session.open('name: w\n');
  const raw = (text: string) => session.process.stdin.write(text);
  raw('Content-Length: 9\r\n\r\n{ broken }'.slice(0, -1));
  raw('Content-Length: 4\r\n\r\nnull');
  raw('Content-Length: 2\r\n\r\n[]');
  raw(`Content-Length: 38\r\n\r\n{"jsonrpc":"2.0","id":7,"method":1234}`);
  const answer = await session.ask(HoverRequest.type, { textDocument: document, position: { line: 0, character: 1 } });
  assert.match(JSON.stringify(answer), /Name of the workflow/);
  await session.stop();
});
