// Formatting through the protocol: a document, a selection, and who is asked for it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  RegistrationRequest,
  type TextEdit,
} from 'vscode-languageserver/node';
import { applied, type Document, editorCapabilities, Session } from './session.ts';

let session: Session;
before(async () => {
  session = await Session.start();
});
after(() => session.stop());

const options = { tabSize: 2, insertSpaces: true };

function taking({ text }: Document, edits: TextEdit[] | null): string {
  assert.ok(edits);
  return edits.toReversed().reduce((result, { range, newText }) => applied(result, { range, text: newText }), text);
}

const text =
  'name:    图🙂   # 名称\nsteps:\n    训练:\n        type:   job   \n        inputs: {a:   /b/🙂,b: /c/}\n    b:   {type: job}\n';

describe('formatting', () => {
  it('of a document', async () => {
    const [document] = await session.open(text);
    const edits = await session.ask(DocumentFormattingRequest.type, { textDocument: document, options });
    assert.equal(
      taking(document, edits),
      'name: 图🙂   # 名称\nsteps:\n  训练:\n    type: job\n    inputs: { a: /b/🙂, b: /c/ }\n  b: { type: job }\n',
    );
  });

  it('by the width that the editor has', async () => {
    const [document] = await session.open('a:\n  b: 1\n');
    const edits = await session.ask(DocumentFormattingRequest.type, {
      textDocument: document,
      options: { ...options, tabSize: 4 },
    });
    assert.equal(taking(document, edits), 'a:\n    b: 1\n');
  });

  it('of lines: what cannot be indented by itself keeps its place', async () => {
    const [document] = await session.open(text);
    const lines = async (from: number, to: number) =>
      taking(
        document,
        await session.ask(DocumentRangeFormattingRequest.type, {
          textDocument: document,
          range: { start: { line: from, character: 3 }, end: { line: to, character: 0 } },
          options,
        }),
      );
    assert.equal(await lines(0, 1), text.replace('name:    ', 'name: '));
    assert.equal(await lines(3, 4), text.replace('type:   job   ', 'type: job'));
    assert.equal(await lines(2, 6), (await lines(0, 6)).replace('name: ', 'name:    '));
  });

  it('of a broken text or a request body is none', async () => {
    const [broken] = await session.open('a:   {b: 1\n');
    assert.deepEqual(await session.ask(DocumentFormattingRequest.type, { textDocument: broken, options }), []);
    const [body] = await session.open('{"name":   "w"}', 'body.workflow.json');
    assert.equal(await session.ask(DocumentFormattingRequest.type, { textDocument: body, options }), null);
  });

  it('is registered for our language where the client takes that, so that JSON and TypeScript keep theirs', async (t) => {
    assert.equal(session.initialized.capabilities.documentFormattingProvider, true);
    const dynamicRegistration = true;
    const registered: unknown[] = [];
    const later = await Session.start({
      capabilities: {
        ...editorCapabilities,
        textDocument: {
          ...editorCapabilities.textDocument,
          formatting: { dynamicRegistration },
          rangeFormatting: { dynamicRegistration },
        },
      },
      before: (connection) =>
        connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
          for (const { method, registerOptions } of registrations) registered.push([method, registerOptions]);
        }),
    });
    t.after(() => later.process.kill());
    assert.equal(later.initialized.capabilities.documentFormattingProvider, undefined);
    const [document] = await later.open(text);
    const edits = await later.ask(DocumentFormattingRequest.type, { textDocument: document, options });
    assert.ok(edits!.length > 0);
    const documentSelector = [{ language: 'modelarts-workflow' }];
    assert.deepEqual(registered, [
      ['textDocument/formatting', { documentSelector }],
      ['textDocument/rangeFormatting', { documentSelector }],
    ]);
    await later.stop();
  });
});
