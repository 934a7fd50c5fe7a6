// A whole session over stdio: findings come with every edit, in the right place, and go again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { Session, textAt } from './session.ts';

const digits = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../examples/digits/digits.workflow.yaml'), 'utf8');

describe('diagnostics', () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  it('finds nothing wrong with the example', async () => {
    const [, found] = await session.open(digits);
    assert.deepEqual(found, []);
  });

  it('marks the very name that leads nowhere, and only it, until it is right again', async () => {
    const [document] = await session.open(digits);
    const found = await session.replace(
      document,
      'data_url: ${{ steps.release.outputs.version }} #',
      'data_url: ${{ steps.relaese.outputs.version }} #',
    );
    assert.deepEqual(
      found.map(({ code, severity, range }) => [code, severity, textAt(document, range)]),
      [['ref-step-unknown', DiagnosticSeverity.Error, 'relaese']],
    );
    assert.deepEqual(await session.replace(document, 'relaese', 'release'), []);
  });

  it('goes on after a text that is broken in the middle of a key', async () => {
    const [document] = await session.open(digits);
    const found = await session.replace(document, '    type: model\n', '    ty\n');
    assert.ok(found.length > 0);
    assert.deepEqual(await session.replace(document, '    ty\n', '    type: model\n'), []);
  });

  it('takes several changes of one notification in their order', async () => {
    const [document] = await session.open('name: a\n');
    const zero = { line: 0, character: 0 };
    const found = await session.change(document, [
      { range: { start: zero, end: zero }, text: '# one\n' },
      {
        range: { start: { line: 1, character: 6 }, end: { line: 1, character: 7 } },
        text: 'b\nlabels: {}\nworkspace_id: [c]',
      },
    ]);
    assert.equal(document.text, '# one\nname: b\nlabels: {}\nworkspace_id: [c]\n');
    assert.deepEqual(
      found.map(({ range }) => textAt(document, range)),
      ['b', '{}', '[c]'],
    );
  });

  it('checks request bodies in JSON', async () => {
    const [document, found] = await session.open(
      '{ "name": "w", "steps": [{ "name": "a", "type": "jobb" }] }',
      'body.workflow.json',
    );
    assert.deepEqual(
      found.map(({ code, range }) => [code, textAt(document, range)]),
      [['step-type-unknown', '"jobb"']],
    );
  });

  it('speaks Chinese to a Chinese editor', async () => {
    const chinese = await Session.start({ locale: 'zh-cn' });
    const [, found] = await chinese.open('name: a\nsteps:\n  b: { type: nothing }\n');
    assert.match(String(found[0]!.message), /\p{Script=Han}/u);
    await chinese.stop();
  });

  it('survives what no client should send', async () => {
    const [document] = await session.open('name: a\n');
    const send = (method: string, params: unknown) => session.connection.sendNotification(method, params as object);
    await send('textDocument/didChange', { textDocument: { uri: document.uri, version: 2 } });
    await send('textDocument/didChange', { textDocument: { uri: 'file:///nowhere', version: 1 }, contentChanges: [] });
    await send('textDocument/didOpen', {});
    await send('textDocument/didClose', null);
    await send('weft/unknown', { any: 'thing' });
    await assert.rejects(session.connection.sendRequest('textDocument/hover', {}));
    await assert.rejects(session.connection.sendRequest('textDocument/unknown', {}));
    assert.equal(
      await session.connection.sendRequest('textDocument/hover', {
        textDocument: { uri: 'file:///nowhere' },
        position: { line: 0, character: 0 },
      }),
      null,
    );
    const far = { line: 1e6, character: 1e6 };
    assert.equal(
      await session.connection.sendRequest('textDocument/hover', { textDocument: { uri: document.uri }, position: far }),
      null,
    );
    const found = await session.change(document, [{ range: { start: far, end: { line: -1, character: -5 } }, text: 'x' }]);
    assert.ok(Array.isArray(found));
  });
});
