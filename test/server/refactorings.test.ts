// Code actions of a session, text to text: what declares, extracts, fills in and rewrites, at a cursor, and what the text is afterwards.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type CodeAction, CodeActionRequest, type Diagnostic, type TextDocumentEdit } from 'vscode-languageserver/node';
import { emitBody } from '../../core/ir/emit-body.ts';
import { codeActions } from '../../server/features/actions.ts';
import { contextOf, uri } from './context.ts';
import { bindText } from '../rules/analyze.ts';
import { type Document, marked, Session } from './session.ts';
import { applied } from './session.ts';

const bodyOf = (text: string) => emitBody(bindText(text).bound);

let session: Session;
before(async () => {
  session = await Session.start();
});
after(() => session.stop());

interface Asked {
  readonly document: Document;
  readonly actions: readonly CodeAction[];
}

async function actionsAt(text: string, only?: string[]): Promise<Asked> {
  const cursor = marked(text);
  const [document, diagnostics] = await session.open(cursor.text);
  const { line, character } = cursor.position;
  const here = diagnostics.filter(
    ({ range: { start, end } }: Diagnostic) => start.line === line && start.character <= character && character <= end.character,
  );
  const actions = (await session.ask(CodeActionRequest.type, {
    textDocument: document,
    range: { start: cursor.position, end: cursor.position },
    context: { diagnostics: here, ...(only && { only }) },
  })) as CodeAction[];
  return { document, actions };
}

/** The text after the action of that title. */
async function taking(text: string, title: string): Promise<string> {
  const { document, actions } = await actionsAt(text);
  const action = actions.find((each) => each.title === title);
  assert.ok(action, `${title} among: ${actions.map((each) => each.title).join('; ')}`);
  const [change] = action.edit!.documentChanges as [TextDocumentEdit];
  const sorted = [...change.edits].sort(
    (a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
  );
  return sorted.reduce(
    (result, edit) => applied(result, { range: edit.range, text: (edit as { newText: string }).newText }),
    document.text,
  );
}

const titles = async (text: string, only?: string[]) => (await actionsAt(text, only)).actions.map(({ title }) => title);

describe('a name that leads nowhere is declared', () => {
  it('a parameter, typed by its place, where parameters stand', async () => {
    const text = (parameters: string, value: string) =>
      `name: 图🙂\n${parameters}steps:\n  a:\n    type: job\n    spec: { resource: { node_count: "${value}" } }\n`;
    assert.equal(
      await taking(text('', '${{ parameters.no‸des }}'), 'Declare the parameter `nodes`'),
      text('parameters:\n  nodes: { type: int }\n', '${{ parameters.nodes }}'),
    );
    assert.equal(
      await taking(
        text('parameters: # all\n  x: { type: int } # one\n\n', '${{ parameters.no‸des }}'),
        'Declare the parameter `nodes`',
      ),
      text('parameters: # all\n  x: { type: int } # one\n  nodes: { type: int }\n\n', '${{ parameters.nodes }}'),
    );
    assert.equal(
      await taking(text('parameters: { x: { type: int } }\n', '${{ parameters.no‸des }}'), 'Declare the parameter `nodes`'),
      text('parameters: { x: { type: int }, nodes: { type: int } }\n', '${{ parameters.nodes }}'),
    );
    assert.equal(
      await taking(
        text('parameters:\n  - name: x\n    type: int\n', "${{ parameters['a: 🙂‸'] }}"),
        'Declare the parameter `a: 🙂`',
      ),
      text('parameters:\n  - name: x\n    type: int\n  - name: "a: 🙂"\n    type: int\n', "${{ parameters['a: 🙂'] }}"),
    );
    assert.equal(
      await taking(text('parameters:\n', '${{ parameters.no‸des }}'), 'Declare the parameter `nodes`'),
      text('parameters:\n  nodes: { type: int }\n', '${{ parameters.nodes }}'),
    );
    assert.equal(
      await taking(
        text('parameters: {}\n', '${{ parameters.no‸des }}').replaceAll('\n', '\r\n'),
        'Declare the parameter `nodes`',
      ),
      text('parameters: { nodes: { type: int } }\n', '${{ parameters.nodes }}').replaceAll('\n', '\r\n'),
    );
  });

  it('a resource, and operands of conditions by what they are compared with', async () => {
    assert.match(
      await taking(
        'steps:\n  a:\n    type: job\n    spec:\n      resource:\n        flavor: ${{ parameters.fla‸vor }}\n',
        'Declare the parameter `flavor`',
      ),
      /^parameters:\n {2}flavor: \{ type: json, format: train_flavor \}\nsteps:/,
    );
    const condition = (text: string) => `steps:\n  c:\n    type: condition\n    conditions: ${text}\n`;
    for (const [written, type] of [
      ['parameters.x‸ > 0.5', 'float'],
      ["parameters.x‸ == 'a'", 'str'],
      ['parameters.x‸ == true', 'bool'],
      ['1 == 1 || parameters.x‸ == 3', 'int'],
      ["parameters.x‸ in ['a', 'b']", 'str'],
    ] as const) {
      assert.match(
        await taking(condition(written), 'Declare the parameter `x`'),
        new RegExp(`^parameters:\\n {2}x: \\{ type: ${type} \\}\\n`),
        written,
      );
    }
  });

  it('data of a kind that the step takes, storages, outputs', async () => {
    const input = (type: string) => `steps:\n  a:\n    type: ${type}\n    inputs:\n      x: \${{ data.d‸ }}\n`;
    assert.match(await taking(input('labeling'), 'Declare the data `d`'), /^data:\n {2}d: \{ type: dataset \}\n/);
    assert.match(await taking(input('model'), 'Declare the data `d`'), /^data:\n {2}d: \{ type: (?:obs|model|swr) \}\n/);
    assert.match(
      await taking(
        'steps:\n  a:\n    type: job\n    outputs:\n      x: { obs_path: "${{ storages.o‸ }}/x/" }\n',
        'Declare the storage `o`',
      ),
      /^storages:\n {2}o: \{ kind: output \}\nsteps:/,
    );
    const reading = (outputs: string) =>
      `steps:\n  a:\n    type: job\n${outputs}  b:\n    type: job\n    inputs: { x: "\${{ steps.a.outputs.o‸ }}" }\n`;
    assert.equal(
      await taking(reading(''), 'Add the output `o` to the step `a`'),
      reading('    outputs: { o: {} }\n').replace('‸', ''),
    );
    assert.equal(
      await taking(reading('    outputs: [p]\n'), 'Add the output `o` to the step `a`'),
      reading('    outputs: [p, o]\n').replace('‸', ''),
    );
    assert.equal(
      await taking(reading('    outputs:\n      - p\n'), 'Add the output `o` to the step `a`'),
      reading('    outputs:\n      - p\n      - o\n').replace('‸', ''),
    );
  });

  it('beside the nearest name', async () => {
    const text =
      'parameters:\n  epochs: { type: int }\nsteps:\n  a: { type: job, algorithm: { parameters: { x: "${{ parameters.epoch‸ }}" } } }\n';
    const offered = await titles(text);
    assert.deepEqual(offered.slice(0, 2), ['Change to `epochs`', 'Declare the parameter `epoch`']);
  });
});

describe('what is not used is removed', () => {
  const text = (parameters: string) =>
    `name: w\n# kept\n${parameters}steps:\n  a: { type: job, algorithm: { parameters: { x: "\${{ parameters.x }}" } } }\n`;
  it('with its lines and its comment', async () => {
    assert.equal(
      await taking(
        text('parameters:\n  # about x\n  x: { type: int }\n  # about y\n  y‸:\n    type: int\n    default: 1\n'),
        'Remove the parameter `y`',
      ),
      text('parameters:\n  # about x\n  x: { type: int }\n'),
    );
    assert.equal(
      await taking(text('parameters: { y‸: { type: int }, x: { type: int } }\n'), 'Remove the parameter `y`'),
      text('parameters: { x: { type: int } }\n'),
    );
    assert.equal(
      await taking(text('parameters:\n  - name: x\n    type: int\n  - name: y‸\n    type: int\n'), 'Remove the parameter `y`'),
      text('parameters:\n  - name: x\n    type: int\n'),
    );
  });

  it('and its section, when it was the last', async () => {
    assert.equal(
      await taking(text('parameters:\n  x: { type: int }\ndata:\n  d‸: { type: dataset }\n'), 'Remove the data `d`'),
      text('parameters:\n  x: { type: int }\n'),
    );
  });
});

describe('a literal becomes a parameter', () => {
  const text = (parameters: string, value: string) =>
    `name: w\n${parameters}steps:\n  train:\n    type: job\n    algorithm:\n      code_dir: ./src\n      boot_file: main.py\n      engine: { image_url: a/b:1 }\n      parameters:\n        batch_size: ${value}\n`;

  it('with its value as the default, typed by it', async () => {
    for (const [written, type, value] of [
      ['6‸4', 'int', '64'],
      ['0.‸5', 'float', '0.5'],
      ['tr‸ue', 'bool', 'true'],
      ['rel‸u # why', 'str', 'relu'],
      ['"a b‸"', 'str', '"a b"'],
      ["'it''s‸'", 'str', "'it''s'"],
      ['a, b‸', 'str', '"a, b"'],
      ['图‸🙂', 'str', '图🙂'],
    ] as const) {
      const comment = written.includes('#') ? ' # why' : '';
      assert.equal(
        await taking(text('', written), 'Extract to the parameter `batch_size`'),
        text(`parameters:\n  batch_size: { type: ${type}, default: ${value} }\n`, `\${{ parameters.batch_size }}${comment}`),
        written,
      );
    }
  });

  it('quoted where it stands in brackets, with a name that is free', async () => {
    const before = text(
      'parameters:\n  batch_size: { type: int }\n',
      '{ parameter: batch_size_2, type: int, default: 1 }',
    ).replace('        batch_size:', '        b: { value: 6‸4 }\n        batch_size:');
    assert.match(await taking(before, 'Extract to the parameter `b`'), / {8}b: \{ value: "\$\{\{ parameters\.b \}\}" \}\n/);
    assert.match(
      await taking(text('parameters:\n  batch_size: { type: int }\n', '6‸4'), 'Extract to the parameter `batch_size_2`'),
      /parameters:\n {2}batch_size: \{ type: int \}\n {2}batch_size_2: \{ type: int, default: 64 \}\n/,
    );
  });

  it('not where no reference can stand: names, types, titles, engines', async () => {
    for (const place of ['type: jo‸b', 'na‸me: w', 'boot_fi‸le: main.py']) {
      const before = text('', '64').replace(place.replace('‸', ''), place);
      assert.deepEqual(
        (await titles(before, ['refactor.extract'])).filter((title) => title.includes('parameter')),
        [],
        place,
      );
    }
  });

  it('is what was asked for only', async () => {
    assert.deepEqual(await titles(text('', '6‸4'), ['quickfix']), []);
    assert.deepEqual(await titles(text('', '6‸4'), ['refactor.extract.parameter']), ['Extract to the parameter `batch_size`']);
    assert.deepEqual(await titles(text('', '6‸4'), ['refactor.rewrite']), []);
    assert.deepEqual(await titles(text('', '6‸4')), ['Extract to the parameter `batch_size`']);
  });
});

describe('data written in an input becomes data of the workflow, and the body stays the same', () => {
  const text = (data: string, value: string) =>
    `name: w\nstorages:\n  s: { kind: input }\n${data}steps:\n  train:\n    type: job\n    inputs:\n      data_url: ${value}\n`;
  for (const [title, written, declaration] of [
    ['a path', '/buc‸ket/pictures/', '{ type: obs, value: /bucket/pictures/ }'],
    ['a dataset', '{ dataset_name: a, version_‸name: v1 }', '{ type: dataset, value: { dataset_name: a, version_name: v1 } }'],
    [
      'a dataset in lines',
      '# mine\n        dataset_name: a\n        # more\n        version_‸name: v1',
      '{ type: dataset, value: { dataset_name: a, version_name: v1 } }',
    ],
    ['a place in a storage', '${{ storages.s‸ }}/in/', '\n    type: obs\n    value: ${{ storages.s }}/in/'],
  ] as const) {
    it(title, async () => {
      const before = text('', written);
      const after = await taking(before, 'Extract to the data `train-data_url`');
      const mapped = declaration.startsWith('\n') ? declaration : ` ${declaration}`;
      assert.equal(after, text(`data:\n  train-data_url:${mapped}\n`, '${{ data.train-data_url }}'));
      assert.deepEqual(bodyOf(after), bodyOf(before.replace('‸', '')));
    });
  }

  it('not where it is a reference already', async () => {
    assert.deepEqual(await titles(text('data:\n  d: { type: obs }\n', '${{ data.d‸ }}'), ['refactor.extract']), []);
  });
});

describe('a parameter declared where it is used', () => {
  it('moves to the others, and the body stays the same', async () => {
    const text = (parameters: string, value: string) =>
      `name: w\n${parameters}steps:\n  train:\n    type: job\n    algorithm:\n      parameters:\n        size: ${value}\n        more: 1\n`;
    for (const written of [
      '{ parameter: batch, type: enum, enum: [16, 32], def‸ault: 16 }',
      '\n          parameter: bat‸ch\n          type: enum\n          enum: [16, 32]\n          default: 16',
    ]) {
      const after = await taking(text('', written), 'Move the declaration of `batch` to `parameters`');
      assert.equal(after, text('parameters:\n  batch: { type: enum, enum: [16, 32], default: 16 }\n', '${{ parameters.batch }}'));
      assert.deepEqual(bodyOf(after), bodyOf(text('', written).replace('‸', '')));
    }
  });
});

describe('what a map needs is filled in', () => {
  const at = async (text: string) => {
    const title = (await titles(text)).find((each) => each.startsWith('Fill in'));
    return title === undefined ? 'nothing' : taking(text, title);
  };

  it('at a step what its kind needs', async () => {
    assert.equal(
      await at('steps:\n  a‸:\n    type: labeling\n    inputs: { x: /b/ }\n    outputs: [o]\n'),
      'steps:\n  a:\n    type: labeling\n    inputs: { x: /b/ }\n    outputs: [o]\n    properties: { task_type: IMAGE_CLASSIFICATION, task_name: my_task }\n',
    );
    const job = await at('steps:\n  图🙂‸:\n    type: job # to fill\n');
    assert.match(
      job,
      /^steps:\n {2}图🙂:\n {4}type: job # to fill\n {4}algorithm:\n {6}code_dir: \.\/src\n {6}boot_file: main\.py\n {6}engine:\n {8}engine_name: PyTorch\n/,
    );
    assert.match(job, /\n {4}spec:\n {6}resource:\n {8}flavor: \$\{\{ parameters\.flavor \}\}\n$/);
    assert.equal(await at('steps:\n  a‸: {}\n'), 'steps:\n  a: { type: job }\n');
    assert.equal(await at('steps:\n  a‸:\n'), 'steps:\n  a:\n    type: job\n');
  });

  it('as a quick fix of what is missing, and not where all is there', async () => {
    const text = 'parameters:\n  a‸: { default: 1 }\n';
    const { actions } = await actionsAt(text, ['quickfix']);
    assert.deepEqual(
      actions.filter(({ title }) => title.startsWith('Fill')).map(({ title, diagnostics }) => [title, diagnostics![0]!.code]),
      [['Fill in `type`', 'member-missing']],
    );
    assert.equal(await at(text), 'parameters:\n  a: { default: 1, type: int }\n');
    assert.equal(await at('parameters:\n  a‸: { type: int, default: 1 }\n'), 'nothing');
  });
});

describe('what a step waits for', () => {
  const text = (list: string) => `name: w
steps:
  a: { type: job, outputs: { o: { obs_path: /b/ } } }
  b: { type: job, inputs: { x: "\${{ steps.a.outputs.o }}" }, outputs: { o: { obs_path: /b/ } } }
  c:
    type: job
    inputs: { x: "\${{ steps.b.outputs.o }}", y: "\${{ steps.a.outputs.o }}" }
${list}`;
  it('is written out, and left out again where the same is derived; the body stays the same', async () => {
    const derived = text('');
    const written = await taking(derived.replace('  c:', '  c‸:'), 'Write out what the step waits for');
    assert.equal(written, text('    depend_steps: [b]\n'));
    assert.deepEqual(bodyOf(written), bodyOf(derived));
    assert.equal(
      await taking(written.replace('depend_steps', 'depend_‸steps'), 'Leave out `depend_steps`: the same is derived'),
      derived,
    );
    assert.deepEqual(await titles(text('    depend_‸steps: [a, b]\n'), ['refactor.rewrite.dependencies']), []);
    assert.deepEqual(await titles(text('    depend_‸steps: []\n'), ['refactor.rewrite.dependencies']), []);
  });
});

describe('a name that was made up', () => {
  it('can be changed at once, where the client has a command for that', () => {
    const cursor = marked('# 图🙂\nsteps:\n  a:\n    type: job\n    algorithm: { parameters: { size: 6‸4 } }\n');
    const context = contextOf(cursor.text, { commands: { rename: 'rename' } });
    const [action] = codeActions(context, {
      textDocument: { uri },
      range: { start: cursor.position, end: cursor.position },
      context: { diagnostics: [], only: ['refactor.extract'] },
    });
    // Two lines more above, and behind `"${{ parameters.`.
    const position = { line: 6, character: '    algorithm: { parameters: { size: "${{ parameters.'.length };
    assert.deepEqual(action!.command, { title: '', command: 'rename', arguments: [{ uri, position }] });
  });
});
