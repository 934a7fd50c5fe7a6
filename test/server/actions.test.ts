// Quick fixes: a finding, the edit that mends it, and a text without the finding.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type CodeAction, CodeActionRequest, type TextDocumentEdit, type TextEdit } from 'vscode-languageserver/node';
import { codeActions } from '../../server/features/actions.ts';
import { diagnostics } from '../../server/features/diagnostics.ts';
import { contextOf, uri } from './context.ts';
import { applied, Session } from './session.ts';
import { pointer, workflow } from './workflow.ts';

const editsOf = (action: CodeAction): readonly TextEdit[] => {
  const [change] = action.edit!.documentChanges as [TextDocumentEdit];
  return change.edits as TextEdit[];
};

/** Edits of one action do not overlap: taken from the end they keep each other's places. */
function mended(text: string, action: CodeAction): string {
  const { source } = contextOf(text).analysis;
  const sorted = [...editsOf(action)].sort((a, b) => source.offsetAt(b.range.start) - source.offsetAt(a.range.start));
  return sorted.reduce((result, { range, newText }) => applied(result, { range, text: newText }), text);
}

function actionsFor(text: string, only?: string[], about?: string) {
  const context = contextOf(text);
  const found = diagnostics(context);
  const everywhere = { start: { line: 0, character: 0 }, end: context.analysis.source.positionAt(text.length) };
  return codeActions(context, {
    textDocument: { uri },
    range: only ? everywhere : (found.find(({ code }) => !about || code === about)?.range ?? everywhere),
    context: { diagnostics: found, ...(only && { only }) },
  });
}

test('a misspelt name has its repair, bound to the finding and to the version', () => {
  const broken = workflow.replace('[training, check]', '[training, chek]');
  const [action] = actionsFor(broken, undefined, 'depend-unknown');
  assert.equal(action?.title, 'Change to `check`');
  assert.equal(action.kind, 'quickfix');
  assert.equal(action.isPreferred, true);
  assert.equal(action.diagnostics?.[0]?.code, 'depend-unknown');
  assert.equal(mended(broken, action), workflow);
});

test('the same mistake at several places can be mended at once', () => {
  const broken = workflow.replaceAll('steps.training.', 'steps.trainin.');
  const all = actionsFor(broken).find(({ title }) => title.startsWith('Fix all'));
  assert.equal(all?.title, 'Fix all `ref-step-unknown` (4)');
  assert.equal(mended(broken, all), workflow);
});

test('on request everything that has a preferred fix is mended', () => {
  const broken = workflow.replace('type: model\n', 'type: modl\n').replace('parameters.epochs', 'parameter.epochs');
  const [all, ...others] = actionsFor(broken, ['source.fixAll']);
  assert.deepEqual(others, []);
  assert.equal(all?.kind, 'source.fixAll.weft');
  assert.equal(mended(broken, all), workflow);
  assert.deepEqual(actionsFor(workflow, ['source.fixAll']), []);
});

test('kinds that were not asked for are not offered', () => {
  const broken = workflow.replace('[training, check]', '[training, chek]');
  assert.deepEqual(actionsFor(broken, ['refactor']), []);
  assert.ok(actionsFor(broken, ['quickfix']).length > 0);
  assert.equal(
    actionsFor(broken).some(({ kind }) => kind === 'source.fixAll.weft'),
    false,
  );
});

test('every fix of a text that is broken in many ways leaves less to report', () => {
  const broken =
    'name: w\nsteps:\n  a:\n    typ: job\n    inputs: { x: ${{ data.d }} }\n  b:\n\ttype: model\n  c: { type: "job }\n';
  const count = contextOf(broken).analysis.diagnostics.length;
  const context = contextOf(broken);
  const { source } = context.analysis;
  const range = { start: { line: 0, character: 0 }, end: source.positionAt(broken.length) };
  const actions = codeActions(context, { textDocument: { uri }, range, context: { diagnostics: [] } });
  assert.ok(actions.length > 2);
  for (const action of actions) {
    assert.ok(contextOf(mended(broken, action)).analysis.diagnostics.length <= count + 1, action.title);
    assert.notEqual(mended(broken, action), broken, action.title);
  }
});

describe('in a session', () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  it('the example is broken, mended by its fix, and has nothing to report again', async () => {
    const digits = readFileSync(
      join(dirname(fileURLToPath(import.meta.url)), '../../examples/digits/digits.workflow.yaml'),
      'utf8',
    );
    const [document, clean] = await session.open(digits);
    assert.deepEqual(clean, []);
    const [finding, ...more] = await session.replace(document, 'package-wide/', 'package-wide/\n    polici: {}');
    assert.deepEqual(more, []);
    assert.equal(pointer(document.text).textOf(finding!.range), 'polici');
    const actions = await session.ask(CodeActionRequest.type, {
      textDocument: document,
      range: finding!.range,
      context: { diagnostics: [finding!] },
    });
    const [action] = actions as CodeAction[];
    const changes = editsOf(action!).map(({ range, newText }) => ({ range, text: newText }));
    assert.deepEqual(await session.change(document, changes), []);
  });
});
