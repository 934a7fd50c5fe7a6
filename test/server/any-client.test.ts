// The server as any editor gets it, by `weft lsp --stdio`: nothing of VS Code is assumed. Columns in the units that the client asks for,
// nothing registered or asked for later, one root instead of folders, texts without marks.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import {
  type ClientCapabilities,
  CodeLensRequest,
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  CompletionResolveRequest,
  DefinitionRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  type Hover,
  HoverRequest,
  InlayHintRequest,
  type Location,
  type MarkupContent,
  type Position,
  type Range,
  ReferencesRequest,
  RenameRequest,
  type SymbolInformation,
  SelectionRangeRequest,
  type SemanticTokens,
  SemanticTokensRequest,
} from 'vscode-languageserver/node';
import { type Document, Session } from './session.ts';

const text = `name: 图🙂
description: "é 图 🙂"
parameters:
  轮次: { type: int, default: 3, description: 训练轮次 }
data:
  pictures: { type: dataset }
steps:
  发布:
    type: release_dataset
    inputs: { input_data: "\${{ data.pictures }}" } # 🙂
    outputs: { 带标签: {} }
  训练:
    type: job
    algorithm: { code_dir: ./源码, boot_file: main.py, parameters: { "🙂图": "\${{ parameters.轮次 }}" } }
    inputs: { 数据: "\${{ steps.发布.outputs.带标签 }}" }
    outputs: { "🙂": { obs_path: /b/x/ } }
`;

const widths: Readonly<Record<string, (text: string) => number>> = {
  'utf-8': (part) => Buffer.byteLength(part),
  'utf-16': (part) => part.length,
  'utf-32': (part) => [...part].length,
};

/** A client that counts columns in its own way, written down independently of the server. */
class Columns {
  private readonly lines: readonly string[];
  private readonly width: (text: string) => number;
  readonly document: Document;

  constructor(document: Document, encoding: string) {
    this.document = document;
    this.lines = document.text.split('\n');
    this.width = widths[encoding]!;
  }

  at(pattern: string, occurrence = 1): Position {
    const [before, after] = pattern.split('|') as [string, string];
    let offset = -1;
    for (let count = 0; count < occurrence; count++) offset = this.document.text.indexOf(before + after, offset + 1);
    assert.ok(offset >= 0, pattern);
    const lines = this.document.text.slice(0, offset + before.length).split('\n');
    return { line: lines.length - 1, character: this.width(lines.at(-1)!) };
  }

  /** The text of a range on one line. */
  show({ start, end }: Range): string {
    assert.equal(start.line, end.line);
    const line = this.lines[start.line]!;
    return line.slice(this.unit(line, start.character), this.unit(line, end.character));
  }

  unit(line: string, column: number): number {
    for (let at = 0; at <= line.length; at += line.codePointAt(at)! > 0xffff ? 2 : 1) {
      if (this.width(line.slice(0, at)) === column) return at;
    }
    assert.fail(`column ${column} is between two characters of ${line}`);
  }

  lineOf(position: Position): string {
    return this.lines[position.line]!.slice(0, this.unit(this.lines[position.line]!, position.character));
  }
}

const capabilitiesOf = (positionEncodings: string[] | undefined): ClientCapabilities => ({
  ...(positionEncodings && { general: { positionEncodings } }),
  textDocument: { synchronization: { dynamicRegistration: false } },
});

for (const [encodings, chosen] of [
  [['utf-8', 'utf-16'], 'utf-8'],
  [['utf-16'], 'utf-16'],
  [['utf-32', 'utf-8', 'utf-16'], 'utf-32'],
  [['utf-7', 'utf-8'], 'utf-8'],
  [undefined, 'utf-16'],
] as const) {
  test(`columns in ${chosen} for a client that names ${encodings?.join(', ') ?? 'nothing'}`, async (t) => {
    const session = await Session.start({
      command: ['cli/main.ts', 'lsp', '--stdio'],
      capabilities: capabilitiesOf(encodings && [...encodings]),
    });
    t.after(() => session.process.kill());
    assert.equal(session.initialized.capabilities.positionEncoding, chosen);
    const [document, found] = await session.open(text, 'a.workflow.yaml');
    const columns = new Columns(document, chosen);
    assert.deepEqual(
      found.filter(({ severity }) => severity === 1).map(({ range, code }) => `${code} ${columns.show(range)}`),
      [
        'workflow-name-format 图🙂',
        'declaration-name-format 轮次',
        'release-label-task-type-missing 带标签',
        'slot-name-format 带标签',
        'job-flavor-missing 训练',
        'job-algorithm-incomplete algorithm',
        'slot-name-format 数据',
        'slot-name-format "🙂"',
      ],
    );
    const ask = { textDocument: document, position: columns.at('parameters.轮|次') };
    const hover = (await session.ask(HoverRequest.type, ask)) as Hover;
    assert.equal(columns.show(hover.range!), '轮次');
    assert.match((hover.contents as MarkupContent).value, /训练轮次/);
    const [declared] = (await session.ask(DefinitionRequest.type, ask)) as Location[];
    assert.deepEqual(declared!.range.start, columns.at('  |轮次'));
    const places = (await session.ask(ReferencesRequest.type, { ...ask, context: { includeDeclaration: true } })) as Location[];
    assert.deepEqual(
      places.map(({ range }) => [range.start, columns.show(range)]),
      [
        [columns.at('  |轮次'), '轮次'],
        [columns.at('parameters.|轮次'), '轮次'],
      ],
    );
    const renamed = await session.ask(RenameRequest.type, { ...ask, newName: '🙂' });
    assert.deepEqual(
      renamed!.changes![document.uri]!.map(({ range, newText }) => [columns.show(range), newText]),
      [
        ['轮次', "'🙂'"],
        ['.轮次', `['🙂']`],
      ],
    );
    const list = (await session.ask(CompletionRequest.type, {
      textDocument: document,
      position: columns.at('steps.发布.outputs.|带'),
    })) as CompletionList;
    const [output] = list.items;
    assert.ok(output!.textEdit && 'range' in output!.textEdit);
    assert.equal(columns.show(output!.textEdit.range), '带标签');
    assert.equal(output!.command, undefined, 'no command of VS Code');
    const symbols = (await session.ask(DocumentSymbolRequest.type, { textDocument: document })) as SymbolInformation[];
    assert.ok(symbols.some(({ name }) => name === '训练'));
    const whole = { start: { line: 0, character: 0 }, end: { line: document.text.split('\n').length - 1, character: 0 } };
    const hints = (await session.ask(InlayHintRequest.type, { textDocument: document, range: whole }))!;
    assert.deepEqual(
      hints.map(
        ({ position, label }) =>
          `${columns.lineOf(position).slice(-12)} ${typeof label === 'string' ? label : label.map(({ value }) => value).join('')}`,
      ),
      ['  训练: depend_steps: [发布]', 'e: dataset } asked before the run', 'eters.轮次 }}" = 3'],
    );
    const links = (await session.ask(DocumentLinkRequest.type, { textDocument: document }))!;
    assert.deepEqual(
      links.map(({ range, target }) => [columns.show(range), target]),
      [['main.py', `file:///work/${encodeURIComponent('源码')}/main.py`]],
    );
    assert.ok((await session.ask(FoldingRangeRequest.type, { textDocument: document }))!.length > 0);
    const [selection] = (await session.ask(SelectionRangeRequest.type, {
      textDocument: document,
      positions: [columns.at('发布.outputs.带|标签')],
    }))!;
    assert.equal(columns.show(selection!.range), '带标签');
    const { data } = (await session.ask(SemanticTokensRequest.type, { textDocument: document })) as SemanticTokens;
    const coloured: string[] = [];
    for (let at = 0, line = 0, column = 0; at < data.length; at += 5) {
      column = data[at]! > 0 ? data[at + 1]! : column + data[at + 1]!;
      line += data[at]!;
      coloured.push(columns.show({ start: { line, character: column }, end: { line, character: column + data[at + 2]! } }));
    }
    assert.equal(coloured.join(' '), '轮次 pictures 发布 input_data pictures 带标签 训练 轮次 数据 发布 带标签 "🙂"');
    assert.deepEqual(await session.ask(CodeLensRequest.type, { textDocument: document }), []);

    // Edits are counted so too, several in one message, each in the text that the one before left.
    const { start } = { start: columns.at('🙂|\ndescription') };
    const edited = await session.changeRaw(
      document,
      [
        { range: { start, end: start }, text: '图' },
        {
          range: {
            start: { ...start, character: start.character + widths[chosen]!('图') },
            end: { ...start, character: start.character + widths[chosen]!('图') },
          },
          text: '!',
        },
        { range: { start: columns.at('steps.发|布'), end: columns.at('steps.发布|') }, text: '行' },
      ],
      text.replace('name: 图🙂', 'name: 图🙂图!').replace('steps.发布', 'steps.发行'),
    );
    const after = new Columns(document, chosen);
    assert.deepEqual(
      edited.filter(({ code }) => code === 'ref-step-unknown').map(({ range }) => after.show(range)),
      ['发行'],
    );
    assert.deepEqual(session.asked, [], 'nothing is asked of the client');
    await session.stop();
  });
}

describe('a client that says little', () => {
  it('has the language of its surroundings, texts without marks, and no findings about files that are not ours', async (t) => {
    const session = await Session.start({
      command: ['cli/main.ts', 'lsp', '--stdio'],
      locale: null,
      env: { LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' },
      rootUri: 'file:///work',
      capabilities: { textDocument: { hover: { contentFormat: ['plaintext'] } } },
    });
    t.after(() => session.process.kill());
    const [document] = await session.open('steps:\n  a:\n    type: job\n', 'b.workflow.yml');
    const hover = (await session.ask(HoverRequest.type, {
      textDocument: document,
      position: { line: 2, character: 5 },
    })) as Hover;
    const { kind, value } = hover.contents as MarkupContent;
    assert.equal(kind, 'plaintext');
    assert.doesNotMatch(value, /[`*]/);
    assert.match(value, /取值/);
    const list = (await session.ask(CompletionRequest.type, {
      textDocument: document,
      position: { line: 3, character: 0 },
    })) as CompletionList;
    const item = list.items.find(({ label }) => label === 'parameters') as CompletionItem;
    const resolved = await session.ask(CompletionResolveRequest.type, item);
    assert.equal((resolved.documentation as MarkupContent).kind, 'plaintext');
    await session.openOther('key: [', 'docker-compose.yaml', 'yaml');
    const other = { uri: 'file:///work/docker-compose.yaml' };
    assert.equal(await session.ask(HoverRequest.type, { textDocument: other, position: { line: 0, character: 0 } }), null);
    assert.deepEqual(session.publishedFor(other.uri), undefined);
    await session.stop();
  });

  it('gets one line about a wrong argument', () => {
    const main = join(import.meta.dirname, '../../cli/main.ts');
    const { status, stderr } = spawnSync(process.execPath, [main, 'lsp', '--port=1'], { encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, /^weft: weft lsp speaks on stdin and stdout only[^\n]*\n$/);
  });
});
