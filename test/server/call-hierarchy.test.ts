// Up- and downstream as a client asks for them: what the hierarchy shows of a cursor in a text.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type CallHierarchyItem,
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
} from 'vscode-languageserver/node';
import { type Document, marked, Session, textAt } from './session.ts';

let session: Session;
before(async () => {
  session = await Session.start();
});
after(() => session.stop());

async function prepare(text: string): Promise<readonly [Document, CallHierarchyItem | undefined]> {
  const cursor = marked(text);
  const [document] = await session.open(cursor.text);
  const items = await session.ask(CallHierarchyPrepareRequest.type, { textDocument: document, position: cursor.position });
  assert.ok(items === null || items.length === 1);
  return [document, items?.[0]];
}

/** `name (detail) <- texts that name it`, and the tree above or below, each level indented. */
async function tree(document: Document, item: CallHierarchyItem, way: 'up' | 'down', depth = 0): Promise<readonly string[]> {
  const links =
    way === 'up'
      ? ((await session.ask(CallHierarchyIncomingCallsRequest.type, { item })) ?? []).map(
          ({ from, fromRanges }) => [from, fromRanges] as const,
        )
      : ((await session.ask(CallHierarchyOutgoingCallsRequest.type, { item })) ?? []).map(
          ({ to, fromRanges }) => [to, fromRanges] as const,
        );
  const lines: string[] = [];
  for (const [other, ranges] of links) {
    const at = ranges.map((range) => `${range.start.line + 1}:${textAt(document, range)}`);
    lines.push(`${'  '.repeat(depth)}${other.name} (${other.detail}) ${at.join(' ')}`);
    lines.push(...(await tree(document, other, way, depth + 1)));
  }
  return lines;
}

const workflow = `name: w
storages:
  output: { kind: output, default: /bucket/out/ }
parameters:
  limit: { type: float, default: 0.5 }
data:
  图片🙂: { type: dataset }
steps:
  release:
    type: release_dataset
    inputs:
      input_data: \${{ data['图片🙂'] }}
    outputs: [labeled]
  训练:
    type: job
    inputs:
      a: \${{ steps.release.outputs.labeled }}
      b: \${{ steps.release.outputs.labeled }}
    outputs:
      url: { obs_path: "\${{ storages.output }}/model/" }
      metrics: { metric_files: ["\${{ storages.output }}/metrics.json"] }
  check:
    type: condition
    conditions: steps.训练.outputs.metrics.accuracy > parameters.limit
    if_then_steps: [register]
  register:
    type: model
    depend_steps: [训练, check]
    inputs:
      model_input: \${{ steps.训练.outputs.url }}
    outputs: { m: { model_type: PyTorch } }
`;
const at = (place: string, text = workflow) => {
  const clean = place.replace('‸', '');
  assert.equal(text.split(clean).length, 2, `\`${clean}\` stands once`);
  return text.replace(clean, place);
};

describe('call hierarchy', () => {
  it('has upstream steps and data above a step, with every place that names them', async () => {
    const [document, item] = await prepare(at('  reg‸ister:'));
    assert.equal(item?.name, 'register');
    assert.equal(item.detail, 'Register model');
    assert.equal(textAt(document, item.selectionRange), 'register');
    assert.match(textAt(document, item.range), /^register:\n {4}type: model\n[^]*PyTorch \} \}$/);
    assert.deepEqual(await tree(document, item, 'up'), [
      '训练 (Job) 28:训练 30:训练',
      '  release (Release dataset version) 17:release 18:release',
      '    图片🙂 (dataset) 12:图片🙂',
      'check (Condition) 28:check',
      '  训练 (Job) 24:训练',
      '    release (Release dataset version) 17:release 18:release',
      '      图片🙂 (dataset) 12:图片🙂',
    ]);
  });

  it('has downstream steps below a step, a use and data', async () => {
    const below = [
      '训练 (Job) 17:release 18:release',
      '  check (Condition) 24:训练',
      '    register (Register model) 28:check',
      '  register (Register model) 28:训练 30:训练',
    ];
    for (const place of ['  rel‸ease:', 'a: ${{ steps.rel‸ease', 'input_‸data:', 'outputs: [labe‸led]']) {
      const [document, item] = await prepare(at(place));
      assert.equal(item?.name, 'release', place);
      assert.deepEqual(await tree(document, item, 'down'), below, place);
    }
    const [document, item] = await prepare(at("data['图片🙂‸']"));
    assert.deepEqual(await tree(document, item!, 'down'), [
      'release (Release dataset version) 12:图片🙂',
      ...below.map((line) => `  ${line}`),
    ]);
  });

  it('has the steps that use a parameter or a storage below it, and nothing above', async () => {
    const [document, limit] = await prepare(at('  lim‸it:'));
    assert.deepEqual((await tree(document, limit!, 'down'))[0], 'check (Condition) 24:limit');
    assert.deepEqual(await tree(document, limit!, 'up'), []);
    const [other, output] = await prepare(at('  out‸put: {'));
    assert.deepEqual((await tree(other, output!, 'down'))[0], '训练 (Job) 20:output 21:output');
  });

  it('has the condition above a step that waits for it only because a branch names it', async () => {
    const text = 'steps:\n  c:\n    type: condition\n    conditions: 1 < 2\n    else_then_steps: [s]\n  s‸:\n    type: job\n';
    const [document, item] = await prepare(text);
    assert.deepEqual(await tree(document, item!, 'up'), ['c (Condition) 5:s']);
  });

  it('is of the text as it is now: an item of before an edit is found by its name', async () => {
    const [document, item] = await prepare(at('  rel‸ease:'));
    await session.replace(document, 'name: w\n', 'name: w\n# a line more\n');
    assert.equal((await tree(document, item!, 'down'))[0], '训练 (Job) 18:release 19:release');
    await session.replace(document, '  release:\n', '  freigabe:\n');
    assert.deepEqual(await tree(document, item!, 'down'), []);
  });

  it('is nowhere in comments, scenes, types and unknown names', async () => {
    for (const place of ['name: ‸w', 'type: jo‸b\n    inputs:\n      a'])
      assert.equal((await prepare(at(place)))[1], undefined, place);
    assert.equal((await prepare('steps:\n  a:\n    type: job\n    depend_steps: [nobo‸dy]\n'))[1], undefined);
  });
});
