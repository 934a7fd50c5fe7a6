// Workflows in TypeScript over the protocol: run by the server's own confined processes, as an editor has them.
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  CodeActionRequest,
  CodeLensRefreshRequest,
  CodeLensRequest,
  type Command,
  CompletionRequest,
  DefinitionRequest,
  DidOpenTextDocumentNotification,
  type Diagnostic,
  type DocumentSymbol,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  HoverRequest,
  type Location,
  type MarkupContent,
  ReferencesRequest,
  type TextDocumentEdit,
  type TextEdit,
} from 'vscode-languageserver/node';
import {
  type CompileResult,
  compileRequest,
  type GraphResult,
  graphRequest,
  trustedNotification,
} from '../../core/protocol/lsp.ts';
import { SourceText } from '../../core/text/source.ts';
import { type Document, Session, textAt } from './session.ts';

const program = `import * as wf from 'weft';

// 训练 🚀
const output = wf.storage.output('output');
const pictures = wf.data.dataset('pictures', { data_type: 'IMAGE' });
const label = wf.labeling('label', {
  title: '数据标注',
  inputs: { pictures },
  properties: { task_type: 'IMAGE_CLASSIFICATION', task_name: 'flowers' },
  outputs: ['labels'],
});
const release = wf.releaseDataset('release', {
  inputs: { labels: label.outputs.labels },
  outputs: ['version'],
});
const train = wf.job('train', {
  depend_steps: ['release'],
  algorithm: { code_dir: './src/', boot_file: 'train.py', engine: { image_url: 'a/b:1' } },
  inputs: { data_url: release.outputs.version },
  outputs: { metrics: { metric_files: [output.join('/m.json')] } },
  spec: { resource: { flavor_id: 'cpu' } },
});
const again = ['one', 'two'].map((name) =>
  wf.job(\`again_\${name}\`, {
    depend_steps: [train],
    algorithm: { code_dir: './src/', command: 'node x.mjs', engine: { image_url: 'a/b:1' } },
    inputs: { data_url: release.outputs.version },
    outputs: { result: { obs_path: output.join(\`/\${name}/\`) } },
    spec: { resource: { flavor_id: 'cpu' } },
  }),
);
export default wf.workflow('flow', { scenes: { short: ['label', release, train] } }, [label, release, train, again]);
`;

function folder(t: TestContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'weft-program-')));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const said = (document: Document, found: readonly Diagnostic[]) =>
  found.map(
    ({ code, severity, range }) =>
      `${severity === 1 ? 'error' : severity === 2 ? 'warning' : 'note'} ${code} ${textAt(document, range)}`,
  );

describe('a program in a trusted workspace', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({ trusted: true });
  });
  after(() => session.stop());

  const open = async (t: TestContext, text = program): Promise<[Document, Diagnostic[], string]> => {
    const root = folder(t);
    const [document, found] = await session.open(text, 'flow.workflow.ts', pathToFileURL(root).href);
    return [document, found, root];
  };
  const at = (document: Document, text: string, inside = 0) =>
    new SourceText(document.text).positionAt(document.text.indexOf(text) + inside);

  it('has no findings, and a graph with the place of each step', async (t) => {
    const [document, found] = await open(t);
    assert.deepEqual(said(document, found), []);
    const graph = (await session.connection.sendRequest<GraphResult | null>(graphRequest, { uri: document.uri }))!;
    assert.deepEqual(
      graph.graph.nodes.map(({ name }) => name),
      ['label', 'release', 'train', 'again_one', 'again_two'],
    );
    assert.deepEqual([...new Set(graph.graph.edges.map(({ from, to }) => `${from} ${to}`))].sort(), [
      'label release',
      'release again_one',
      'release again_two',
      'release train',
      'train again_one',
      'train again_two',
    ]);
    assert.ok(textAt(document, graph.ranges[2]!).startsWith("wf.job('train', {"));
  });

  for (const [what, from, to, expected] of [
    ['a wrong step name', "depend_steps: ['release']", "depend_steps: ['releas']", "error depend-unknown 'releas'"],
    ['a wrong enum value', "data_type: 'IMAGE'", "data_type: 'IMAG'", "error value-unknown 'IMAG'"],
    ['an output that does not exist', 'label.outputs.labels }', 'label.outputs.label }', 'error ref-output-unknown label'],
    ['a cycle', '  properties: { task', "  depend_steps: ['train'],\n  properties: { task", "error depend-cycle 'train'"],
    ['a mistake of syntax', "depend_steps: ['release'],", "depend_steps: ['release' 'x'],", "error typescript-syntax 'x'"],
  ] as const) {
    it(`${what} is marked on the value after an edit, and is gone when it is mended`, async (t) => {
      const [document] = await open(t);
      assert.deepEqual(said(document, await session.replace(document, from, to)), [expected]);
      assert.deepEqual(said(document, await session.replace(document, to, from)), []);
    });
  }

  it('a fix puts another word into a text or in place of a member, and is not offered where that would not be code', async (t) => {
    const [document] = await open(t);
    const fixed = async (from: string, to: string) => {
      const diagnostics = await session.replace(document, from, to);
      const actions: (CodeAction | Command)[] = [];
      for (const { range } of diagnostics)
        actions.push(
          ...(await session.ask(CodeActionRequest.type, { textDocument: document, range, context: { diagnostics } }))!,
        );
      await session.replace(document, to, from);
      return actions.flatMap((action) =>
        ((action as CodeAction).edit!.documentChanges![0] as TextDocumentEdit).edits.map((edit) => (edit as TextEdit).newText),
      );
    };
    assert.deepEqual(await fixed("data_type: 'IMAGE'", "data_type: 'IMAG'"), ["'IMAGE'"]);
    assert.deepEqual(await fixed("depend_steps: ['release']", "depend_steps: ['releas']"), ["'release'"]);
    assert.deepEqual(await fixed('label.outputs.labels }', 'label.outputs.label }'), ['labels']);
    assert.deepEqual(await fixed("task_name: 'flowers'", "task_nam: 'flowers'"), ['task_name']);
    assert.deepEqual(await fixed("data_type: 'IMAGE'", "data_type: `IM${'AG'}` as 'IMAGE'"), []);
  });

  it('while the text is broken the graph stays, and places move along with the text', async (t) => {
    const [document] = await open(t);
    const graph = () => session.connection.sendRequest<GraphResult | null>(graphRequest, { uri: document.uri });
    await graph();
    await session.replace(document, '// 训练 🚀', '// 训练 🚀\n\n\nconst x = ;');
    const now = (await graph())!;
    assert.equal(now.graph.nodes.length, 5);
    assert.ok(textAt(document, now.ranges[2]!).startsWith("wf.job('train', {"));
  });

  it('outline: the workflow with what it has, in order of the text', async (t) => {
    const [document] = await open(t);
    const outline = (await session.ask(DocumentSymbolRequest.type, { textDocument: document })) as DocumentSymbol[];
    assert.deepEqual(
      outline.map(({ name, children }) => [name, children!.map((each) => each.name)]),
      [['flow', ['output', 'pictures', 'label', 'release', 'train', 'again_one', 'again_two', 'short']]],
    );
  });

  it('lenses: run and graph above the workflow, run from each step; several at one place are told apart', async (t) => {
    const [document] = await open(t);
    const lenses = (await session.ask(CodeLensRequest.type, { textDocument: document }))!;
    const lines = document.text.split('\n');
    assert.deepEqual(
      lenses.map(({ range, command }) => `${lines[range.start.line]!.trim().slice(0, 22)} | ${command!.title}`),
      [
        'export default wf.work | Run',
        'export default wf.work | Debug',
        'export default wf.work | Show Graph',
        'const label = wf.label | Run from Here',
        'const release = wf.rel | Run from Here',
        "const train = wf.job(' | Run from Here",
        'wf.job(`again_${name}` | Run from again_one',
        'wf.job(`again_${name}` | Run from again_two',
        'export default wf.work | Run Scene',
        'export default wf.work | Debug Scene',
      ],
    );
  });

  it('who asks at once waits for the reading: lenses, outline and graph are those of the text', async (t) => {
    const root = folder(t);
    const uri = pathToFileURL(join(root, 'flow.workflow.ts')).href;
    const textDocument = { uri, languageId: 'typescript', version: 1, text: program };
    await session.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    const [lenses, outline, graph] = await Promise.all([
      session.ask(CodeLensRequest.type, { textDocument }),
      session.ask(DocumentSymbolRequest.type, { textDocument }),
      session.connection.sendRequest<GraphResult | null>(graphRequest, { uri }),
    ]);
    assert.deepEqual([lenses!.length, outline!.length, graph!.graph.nodes.length], [10, 1, 5]);
  });

  it('hover: a member, a value, a step by its name', async (t) => {
    const [document] = await open(t);
    const hover = async (text: string, inside = 1) => {
      const found = await session.ask(HoverRequest.type, { textDocument: document, position: at(document, text, inside) });
      return (found?.contents as MarkupContent | undefined)?.value ?? '';
    };
    assert.match(await hover('task_type'), /\ntask_type: one of the listed values/);
    assert.match(await hover("'IMAGE_CLASSIFICATION'"), /`IMAGE_CLASSIFICATION`/);
    assert.match(await hover("'release']"), /\nstep release\(.*\n```\n\nrelease_dataset/);
    assert.equal(await hover('import'), '');
  });

  it('names in texts lead to the call that declares them and are found there; names of the code are left to TypeScript', async (t) => {
    const [document] = await open(t);
    const go = async (text: string, inside: number) =>
      (
        (await session.ask(DefinitionRequest.type, {
          textDocument: document,
          position: at(document, text, inside),
        })) as Location[]
      ).map(({ range }) => [textAt(document, range), range.start.line]);
    assert.deepEqual(await go("['release']", 2), [["'release'", 11]]);
    assert.deepEqual(await go("['label', release", 2), [["'label'", 5]]);
    assert.deepEqual(await go('label.outputs.labels', 1), []);
    const uses = await session.ask(ReferencesRequest.type, {
      textDocument: document,
      position: at(document, "labeling('label'", 11),
      context: { includeDeclaration: false },
    });
    assert.deepEqual(
      uses!.map(({ range }) => textAt(document, range)),
      ['label', "'label'"],
    );
  });

  it('links lead to files of the code; completion is left to TypeScript', async (t) => {
    const [document, , root] = await open(t);
    const links = await session.ask(DocumentLinkRequest.type, { textDocument: document });
    assert.deepEqual(
      links!.map(({ range, target }) => [textAt(document, range), target]),
      [['train.py', pathToFileURL(join(root, 'src/train.py')).href]],
    );
    const position = at(document, "'IMAGE'", 3);
    assert.equal(await session.ask(CompletionRequest.type, { textDocument: document, position }), null);
  });

  it('a change of an imported file is seen', async (t) => {
    const root = folder(t);
    writeFileSync(join(root, 'names.ts'), "export const first = 'release';\n");
    const text = program
      .replace("depend_steps: ['release']", 'depend_steps: [first]')
      .replace("'weft';", "'weft';\nimport { first } from './names.ts';");
    const [document, found] = await session.open(text, 'flow.workflow.ts', pathToFileURL(root).href);
    assert.deepEqual(said(document, found), []);
    const next = session.nextDiagnostics(document);
    writeFileSync(join(root, 'names.ts'), "export const first = 'releas';\n");
    assert.deepEqual(said(document, await next), ['error depend-unknown first']);
  });

  it('an endless loop is stopped and told, and does not stand in the way of the next text', async (t) => {
    const [document] = await open(t);
    const loop = await session.replace(document, '// 训练 🚀', 'for (;;) {}');
    assert.deepEqual(said(document, loop), ['error typescript-endless for (;;)']);
    assert.deepEqual(said(document, await session.replace(document, 'for (;;) {}', '')), []);
  });

  it('what it writes to the console is in the log of the server, once for each time that it is another', async (t) => {
    const [document] = await open(t, `${program}console.log('steps', again.length);\n`);
    const lines = () => session.log.filter((line) => line.includes('steps'));
    assert.deepEqual(lines(), ['flow.workflow.ts: steps 2']);
    await session.replace(document, "title: '数据标注'", "title: 'x'");
    await session.replace(document, "['one', 'two']", "['one', 'two', 'three']");
    assert.deepEqual(lines(), ['flow.workflow.ts: steps 2', 'flow.workflow.ts: steps 3']);
  });

  it('is compiled to the body that the file makes', async (t) => {
    const [document, , root] = await open(t);
    writeFileSync(join(root, 'weft.config.yaml'), 'engines:\n  local: { type: local }\n');
    const { body, errors } = await session.connection.sendRequest<CompileResult>(compileRequest, { uri: document.uri });
    assert.deepEqual(errors, []);
    assert.deepEqual(
      (body!['steps'] as { name: string }[]).map(({ name }) => name),
      ['label', 'release', 'train', 'again_one', 'again_two'],
    );
  });
});

describe('a program in a workspace that is not trusted', () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  const noted = "note typescript-untrusted import * as wf from 'weft';";

  it('is not run: only its syntax is checked, and it cannot be compiled; once it is trusted it is run', async (t) => {
    const root = pathToFileURL(folder(t)).href;
    const loop = `${program}\nfor (;;) {}\n`;
    const [document, found] = await session.open(loop, 'flow.workflow.ts', root);
    assert.deepEqual(said(document, found), [noted]);
    assert.deepEqual(said(document, await session.replace(document, 'for (;;) {}', 'for (;;) {')), [
      'error typescript-syntax for (;;) {',
      noted,
    ]);
    await assert.rejects(session.connection.sendRequest(compileRequest, { uri: document.uri }), /only in a trusted workspace/);
    assert.deepEqual(said(document, await session.replace(document, 'for (;;) {', '')), [noted]);
    assert.deepEqual(await session.ask(CodeLensRequest.type, { textDocument: document }), []);
    const refreshed = new Promise<void>((resolve) => {
      session.connection.onRequest(CodeLensRefreshRequest.type, () => resolve());
    });
    const next = session.nextDiagnostics(document);
    await session.connection.sendNotification(trustedNotification);
    assert.deepEqual(said(document, await next), []);
    await refreshed;
    assert.equal((await session.ask(CodeLensRequest.type, { textDocument: document }))!.length, 10);
  });
});
