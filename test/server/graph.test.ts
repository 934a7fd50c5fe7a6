// The graph over the protocol, laid out by the real worker; and request bodies by the real loader.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import {
  type CompileResult,
  compileRequest,
  type GraphChangedParams,
  type GraphResult,
  graphChangedNotification,
  graphRequest,
} from '../../core/protocol/lsp.ts';
import { generatedWorkflow } from '../support/generated/workflow.ts';
import { type Document, Session } from './session.ts';
import { pointer, workflow } from './workflow.ts';

describe('weft/graph', () => {
  let session: Session;
  const changes: GraphChangedParams[] = [];
  let onChange: () => void = () => {};
  before(async () => {
    session = await Session.start();
    session.connection.onNotification(graphChangedNotification, (params: GraphChangedParams) => {
      changes.push(params);
      onChange();
    });
  });
  after(() => session.stop());

  const graph = (document: Document, more: object = {}) =>
    session.connection.sendRequest<GraphResult | null>(graphRequest, { uri: document.uri, ...more });

  /** The next notice about the document. */
  async function changed(document: Document): Promise<GraphChangedParams> {
    for (;;) {
      const index = changes.findIndex(({ uri, version }) => uri === document.uri && version === document.version);
      if (index >= 0) return changes.splice(index, 1)[0]!;
      await new Promise<void>((resolve) => {
        onChange = resolve;
      });
    }
  }

  it('has every step with its place in the picture and in the text', async () => {
    const [document] = await session.open(workflow);
    const result = await graph(document);
    assert.ok(result);
    assert.equal(result.name, 'small');
    assert.equal(result.version, 1);
    assert.deepEqual(
      result.graph.nodes.map(({ name }) => name),
      ['release', 'training', 'check', 'register'],
    );
    assert.deepEqual(result.layout.nodes.map(({ name }) => name).sort(), ['check', 'register', 'release', 'training']);
    const { textOf } = pointer(workflow);
    assert.deepEqual(
      result.ranges.map((range) => textOf(range).split(':')[0]),
      ['release', 'training', 'check', 'register'],
    );
    assert.deepEqual(result.scenes, [{ name: 'first half', steps: ['release', 'training'] }]);
    assert.deepEqual(result.findings, []);
    const x = (name: string) => result.layout.nodes.find((node) => node.name === name)!.x;
    assert.ok(x('release') < x('training') && x('training') < x('register'), 'the work flows to the right');
  });

  it('tells once when what is drawn changes, marks included, and not before the graph was asked for', async () => {
    const [document] = await session.open(workflow);
    await session.replace(document, 'title: Train', 'title: Learn');
    assert.deepEqual(changes, []);
    await graph(document);
    await session.replace(document, 'description: to look at', 'description: to look at it');
    await session.replace(document, 'title: Learn', 'title: Teach');
    assert.deepEqual(await changed(document), { uri: document.uri, version: 4 });
    assert.deepEqual(changes, [], 'the description is not drawn');
    await session.replace(document, '[training, check]', '[training, chek]');
    await changed(document);
    assert.deepEqual((await graph(document))?.findings, [{ step: 'register', errors: 1, warnings: 0 }]);
  });

  it('answers null for a document without steps, and for one that is not open', async () => {
    const [document] = await session.open('name: w\n');
    assert.equal(await graph(document), null);
    assert.equal(await graph({ ...document, uri: 'file:///nowhere.workflow.yaml' }), null);
  });

  it('gives up a request that was cancelled', async () => {
    // The server is busy with the large document while request and cancellation arrive.
    const uri = 'file:///work/large.workflow.yaml';
    const opened = session.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'modelarts-workflow', version: 1, text: generatedWorkflow(600) },
    });
    const source = new CancellationTokenSource();
    const answer = session.connection.sendRequest(graphRequest, { uri }, source.token);
    source.cancel();
    await assert.rejects(answer, /cancel/i);
    await opened;
  });
});

describe('weft/compile', () => {
  let session: Session;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'weft-server-'));
    writeFileSync(join(folder, 'weft.config.yaml'), 'engines:\n  local: { type: local }\n');
    session = await Session.start();
  });
  after(async () => {
    await session.stop();
    rmSync(folder, { recursive: true });
  });

  const compile = (uri: string) => session.connection.sendRequest<CompileResult>(compileRequest, { uri });

  it('makes the body of the text in the editor, saved or not', async () => {
    const uri = pathToFileURL(join(folder, 'a.workflow.yaml')).href;
    await session.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'modelarts-workflow', version: 1, text: workflow },
    });
    const { body, errors, steps, missing } = await compile(uri);
    assert.deepEqual(errors, []);
    assert.equal(body?.['name'], 'small');
    assert.deepEqual(steps, ['release', 'training', 'check', 'register']);
    assert.deepEqual(missing.map(({ name }) => name).sort(), ['pictures', 'resource']);
  });

  it('says what stands in the way', async () => {
    const uri = pathToFileURL(join(folder, 'b.workflow.yaml')).href;
    await session.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'modelarts-workflow', version: 1, text: 'name: b\nsteps: { a: { type: jobb } }\n' },
    });
    const { body, errors } = await compile(uri);
    assert.equal(body, undefined);
    assert.deepEqual(
      errors.map(({ code, range }) => [code, range?.start]),
      [['step-type-unknown', { line: 1, character: 20 }]],
    );
  });

  it('asks for a file where there is none yet', async () => {
    const uri = 'untitled:Untitled-1';
    await session.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'modelarts-workflow', version: 1, text: workflow },
    });
    assert.deepEqual(
      (await compile(uri)).errors.map(({ code }) => code),
      ['not-a-file'],
    );
    await assert.rejects(compile('file:///not/open.workflow.yaml'), /not open/);
  });
});
