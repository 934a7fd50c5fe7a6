// What completion offers at a cursor, and what the text is after taking an offer. Asked of the feature in process: the way
// through the protocol has a test of its own at the end.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  CompletionRequest,
  CompletionResolveRequest,
  type CompletionItem,
  type CompletionList,
} from 'vscode-languageserver/node';
import { completion } from '../../server/features/completion.ts';
import { plainText } from '../../server/features/completion-offer.ts';
import { contextOf } from './context.ts';
import { applied, marked, Session } from './session.ts';

function at(text: string, abilities: Parameters<typeof contextOf>[1] = {}) {
  const cursor = marked(text);
  const context = contextOf(cursor.text, abilities);
  const answer = completion(context, { textDocument: { uri: context.uri }, position: cursor.position });
  return { ...answer, text: cursor.text };
}

function labels(text: string): readonly string[] {
  return [...at(text).list.items].sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1)).map(({ label }) => label);
}

/** The text after the offer of that label was taken, with stops of its snippet emptied. */
function taking(text: string, label: string): string {
  const answer = at(text);
  const item = answer.list.items.find((each) => each.label === label);
  assert.ok(item, `${label} is offered, among ${answer.list.items.map((each) => each.label).join(', ')}`);
  const edit = item.textEdit;
  assert.ok(edit && 'range' in edit);
  const inserted = item.insertTextFormat === 2 ? plainText(edit.newText) : edit.newText;
  const changes = [
    { range: edit.range, text: inserted },
    ...(item.additionalTextEdits ?? []).map((more) => ({ range: more.range, text: more.newText })),
  ];
  // From the end, so that they keep each other's places.
  changes.sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character);
  return changes.reduce(applied, answer.text);
}

const workflow = `name: w
storages:
  output: { kind: output }
parameters:
  epochs: { type: int, default: 3 }
  flavor: { type: json, format: train_flavor }
  a b: { type: str }
data:
  pictures: { type: dataset }
  files: { type: obs }
steps:
  release:
    type: release_dataset
    inputs:
      input_data: \${{ data.pictures }}
    outputs: [labeled]
  training:
    type: job
    inputs:
      data_url: \${{ steps.release.outputs.labeled }}
    outputs:
      train_url: { obs_path: "\${{ storages.output }}/m/" }
      metrics: { metric_files: ["\${{ storages.output }}/m/metrics.json"] }
HERE
  after:
    type: model
    inputs:
      model_input: \${{ steps.training.outputs.train_url }}
`;
const here = (text: string) => workflow.replace('HERE', text);

describe('keys', () => {
  it('offers the members of the document that are not there yet', () => {
    const offered = labels('name: a\n‸');
    for (const label of ['parameters', 'steps', 'scenes']) assert.ok(offered.includes(label), label);
    assert.ok(!offered.includes('name'));
  });

  it('offers them in an empty document too', () => {
    assert.equal(labels('‸')[0], 'name');
  });

  it('offers what the type of the step has', () => {
    const offered = labels(here('    ‸'));
    for (const label of ['algorithm', 'spec', 'depend_steps', 'policy']) assert.ok(offered.includes(label), label);
    assert.ok(!offered.includes('conditions'));
    assert.ok(!offered.includes('type'));
    assert.ok(labels('steps:\n  a:\n    type: condition\n    ‸').includes('conditions'));
  });

  it('offers a key while it is typed, above and between others', () => {
    assert.ok(labels('steps:\n  a:\n    al‸\n    type: job\n').includes('algorithm'));
    assert.ok(labels('steps:\n  a:\n    type: job\n    spe‸\n    inputs: {}\n').includes('spec'));
  });

  it('goes by the indentation of an empty line', () => {
    assert.ok(labels('steps:\n  a:\n    type: job\n    algorithm:\n      code_dir: ./x\n      ‸\n').includes('boot_file'));
    assert.ok(labels('steps:\n  a:\n    type: job\n    algorithm:\n      ‸\n').includes('boot_file'));
    assert.ok(labels('steps:\n  a:\n    type: job\n    algorithm:\n      code_dir: ./x\n    ‸\n').includes('inputs'));
    assert.ok(labels('steps:\n  a:\n    type: job\n‸\n').includes('scenes'));
  });

  it('writes a map with its first line, in flow style with braces', () => {
    assert.equal(
      taking('steps:\n  a:\n    type: job\n    ‸\n', 'algorithm'),
      'steps:\n  a:\n    type: job\n    algorithm:\n  \n',
    );
    assert.equal(taking('steps:\n  a: { type: job, ‸ }\n', 'algorithm'), 'steps:\n  a: { type: job, algorithm: {  } }\n');
  });

  it('replaces the key of an entry and leaves its value', () => {
    assert.equal(
      taking('steps:\n  a:\n    inp‸: {}\n    type: job\n', 'inputs'),
      'steps:\n  a:\n    inputs: {}\n    type: job\n',
    );
  });

  it('offers members of an entry in list form, with its name', () => {
    assert.ok(labels('parameters:\n  - ‸\n').includes('name'));
    assert.ok(labels('parameters:\n  - name: x\n    ‸\n').includes('default'));
  });

  it('offers whole steps among the steps', () => {
    assert.ok(labels(here('  ‸')).includes('labeling'));
    assert.match(taking('steps:\n  ‸\n', 'condition'), /^steps:\n {2}check:\n {2}type: condition\n/);
  });

  it('offers nothing in comments and free texts', () => {
    assert.deepEqual(labels('# n‸'), []);
    assert.deepEqual(labels('name: a # b ‸'), []);
    assert.deepEqual(labels('name: a\ndescription: |\n  some te‸\n'), []);
  });
});

describe('values', () => {
  it('offers the values of an enumeration', () => {
    assert.deepEqual(labels('parameters:\n  a: { type: ‸ }\n'), ['int', 'str', 'bool', 'float', 'enum', 'json', 'list']);
    assert.ok(labels('steps:\n  a:\n    type: ‸\n').includes('release_dataset'));
  });

  it('replaces the whole value, and keeps its quotes', () => {
    assert.equal(taking('parameters:\n  a: { type: "i‸nt" }\n', 'str'), 'parameters:\n  a: { type: "str" }\n');
  });

  it('offers true and false', () => {
    assert.deepEqual(labels('parameters:\n  a:\n    type: int\n    delay: ‸\n'), ['true', 'false']);
  });
});

describe('names of steps', () => {
  it('offers what a step can wait for: neither itself nor what waits for it, nor what is listed', () => {
    assert.deepEqual(labels(here('    depend_steps: [‸]')), ['release']);
    assert.deepEqual(labels(here('    depend_steps: [release, ‸]')), []);
  });

  it('offers them in branches and scenes, in the form that the place needs', () => {
    const text = here('  check:\n    type: condition\n    if_then_steps:\n      ‸');
    assert.match(taking(text, 'release'), /if_then_steps:\n {6}- release\n/);
    assert.deepEqual(labels(`${here('')}scenes:\n  some: [release, ‸]\n`), ['training', 'after']);
  });
});

describe('branches', () => {
  const branching = (rest: string) => `steps:
  first:
    type: job
    outputs: { m: { metric_files: [/b/m.json] } }
  check:
    type: condition
    conditions: steps.first.outputs.m.accuracy > 0.5
${rest}  good:
    type: job
  bad:
    type: job
  set:
    type: job
    depend_steps:
      - first
  waits:
    type: job
    depend_steps: [set, check]
`;

  it('offers steps that may be targets: not the condition, what it waits for, or what the other branch has', () => {
    assert.deepEqual(labels(branching('    if_then_steps: [‸]\n')), ['good', 'bad', 'waits', 'set']);
    assert.deepEqual(labels(branching('    if_then_steps: [good]\n    else_then_steps: [bad, ‸]\n')), ['waits', 'set']);
    assert.deepEqual(labels(branching('    if_then_steps: [good, ‸]\n    else_then_steps: [bad]\n')), ['waits', 'set']);
  });

  it('makes a target wait for the condition where its dependencies are written', () => {
    const text = branching('    if_then_steps: [‸]\n');
    const item = at(text).list.items.find(({ label }) => label === 'set')!;
    assert.equal(item.detail, 'adds `check` to its `depend_steps`');
    const after = taking(text, 'set');
    assert.match(after, /if_then_steps: \[set\]/);
    assert.match(after, / {2}set:\n {4}type: job\n {4}depend_steps:\n {6}- first\n {6}- check\n/);
  });

  it('offers outputs of steps that are not among the written dependencies last, and adds them', () => {
    const text =
      'steps:\n  a: { type: job, outputs: { o: { obs_path: /b/ } } }\n  b: { type: job, outputs: { o: { obs_path: /b/ } } }\n  c:\n    type: job\n    depend_steps: [b]\n    inputs:\n      x: ‸\n';
    const [first, second] = labels(text).filter((label) => label.startsWith('steps.'));
    assert.deepEqual([first, second], ['steps.b.outputs.o', 'steps.a.outputs.o']);
    assert.match(
      taking(text, 'steps.a.outputs.o'),
      /depend_steps: \[b, a\]\n {4}inputs:\n {6}x: \$\{\{ steps\.a\.outputs\.o \}\}\n/,
    );
    assert.match(taking(text, 'steps.b.outputs.o'), /depend_steps: \[b\]\n/);
  });
});

describe('references', () => {
  it('offers whole references where a value is missing, those that fit', () => {
    const offered = labels(
      'data:\n  pictures: { type: dataset }\n  image: { type: swr }\nsteps:\n  a:\n    type: job\n    inputs:\n      x: ‸\n',
    );
    assert.ok(offered.includes('data.pictures'));
    assert.equal(
      taking(here('    spec:\n      resource:\n        flavor: ‸'), 'parameters.flavor'),
      here('    spec:\n      resource:\n        flavor: ${{ parameters.flavor }}'),
    );
  });

  it('puts quotes around a reference in flow style', () => {
    assert.equal(
      taking(here('    spec: { resource: { flavor: ‸ } }'), 'parameters.flavor'),
      here('    spec: { resource: { flavor: "${{ parameters.flavor }}" } }'),
    );
    assert.equal(
      taking(here('    spec: { resource: { flavor: ${{ parameters.‸ }} } }'), 'flavor'),
      here('    spec: { resource: { flavor: "${{ parameters.flavor }}" } }'),
    );
  });

  it('goes through roots, names, outputs', () => {
    const input = (text: string) => here(`    algorithm:\n      parameters:\n        x: ${text}`);
    assert.ok(labels(input('${{ ‸')).includes('parameters.epochs'));
    assert.deepEqual(labels(input('${{ parameters.‸ }}')), ['epochs', 'flavor', 'a b']);
    assert.equal(taking(input('${{ parameters.ep‸'), 'epochs'), input('${{ parameters.epochs }}'));
    assert.equal(taking(input('${{ parameters.‸ }}'), 'a b'), input("${{ parameters['a b'] }}"));
    assert.equal(taking(input("${{ parameters['‸'] }}"), 'a b'), input("${{ parameters['a b'] }}"));
    assert.equal(taking(input("'${{ parameters.‸ }}'"), 'a b'), input("'${{ parameters[''a b''] }}'"));
  });

  it('reads outputs of steps that do not wait for this one', () => {
    const next = (text: string) => here(`  next:\n    type: model\n    inputs:\n      m: ${text}`);
    assert.deepEqual(labels(next('${{ steps.‸ }}')), ['release', 'training']);
    assert.deepEqual(labels(here('    algorithm:\n      parameters:\n        x: ${{ steps.‸ }}')), ['release']);
    assert.equal(taking(next('${{ steps.tr‸ }}'), 'training'), next('${{ steps.training.outputs. }}'));
    assert.deepEqual(labels(next('${{ steps.training.‸ }}')), ['outputs']);
    assert.deepEqual(labels(next('${{ steps.training.outputs.‸ }}')), ['train_url', 'metrics']);
  });

  it('offers metrics and operators in conditions, without braces', () => {
    const when = (text: string) => here(`  check:\n    type: condition\n    conditions: ${text}`);
    assert.equal(taking(when('steps.training.outputs.metrics.‸'), 'accuracy'), when('steps.training.outputs.metrics.accuracy'));
    assert.ok(labels(when('steps.training.outputs.metrics.accuracy ‸')).includes('>='));
    assert.ok(labels(when('par‸')).includes('parameters.epochs'));
  });
});

describe('over the protocol', () => {
  let session: Session;
  before(async () => {
    session = await Session.start();
  });
  after(() => session.stop());

  it('states the common range once and gives texts when an item is looked at', async () => {
    const cursor = marked('parameters:\n  a: { type: i‸ }\n');
    const [document] = await session.open(cursor.text);
    const list = (await session.ask(CompletionRequest.type, {
      textDocument: document,
      position: cursor.position,
    })) as CompletionList;
    assert.deepEqual(list.itemDefaults?.editRange, { start: { line: 1, character: 13 }, end: { line: 1, character: 14 } });
    const item = list.items.find(({ label }) => label === 'enum') as CompletionItem;
    assert.equal(item.documentation, undefined);
    const resolved = await session.ask(CompletionResolveRequest.type, item);
    assert.match(JSON.stringify(resolved.documentation), /One of the values/);
  });

  it('offers folders and files as they lie on this machine', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weft-paths-'));
    for (const name of ['src/train', 'data', '.git']) mkdirSync(join(folder, name), { recursive: true });
    for (const name of ['src/main.py', 'src/read me.txt', 'notes.md']) writeFileSync(join(folder, name), '');
    const offered = async (algorithm: string) => {
      const cursor = marked(`steps:\n  a:\n    type: job\n    algorithm: ${algorithm}\n`);
      const [document] = await session.open(cursor.text, undefined, pathToFileURL(folder).href);
      const list = (await session.ask(CompletionRequest.type, {
        textDocument: document,
        position: cursor.position,
      })) as CompletionList;
      return list.items.map(({ label }) => label);
    };
    assert.ok((await offered('{ code_dir: ‸ }')).includes('./'));
    assert.deepEqual(await offered('{ code_dir: ./‸ }'), ['data/', 'src/']);
    assert.deepEqual(await offered('{ code_dir: "./s‸rc/x" }'), ['data/', 'src/']);
    assert.deepEqual(await offered('{ code_dir: ./src/‸ }'), ['train/']);
    assert.deepEqual((await offered('{ code_dir: ./src, boot_file: m‸ }')).slice(-3), ['main.py', 'read me.txt', 'train/']);
    assert.deepEqual(await offered('{ code_dir: ./.‸ }'), ['.git/', 'data/', 'src/']);
    assert.deepEqual(await offered('{ code_dir: ./nothing/‸ }'), []);
    rmSync(folder, { recursive: true });
  });

  it('gives plain texts and ranges to a client that knows no more', async () => {
    const plain = await Session.start({ capabilities: {} });
    const cursor = marked('steps:\n  ‸\n');
    const [document] = await plain.open(cursor.text);
    const list = (await plain.ask(CompletionRequest.type, {
      textDocument: document,
      position: cursor.position,
    })) as CompletionList;
    const item = list.items.find(({ label }) => label === 'condition');
    assert.ok(item?.textEdit && !item.insertTextFormat);
    assert.doesNotMatch(item.textEdit.newText, /\$\{\d/);
    await plain.stop();
  });
});
