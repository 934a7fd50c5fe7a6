// `weft debug` as a person types it, in a terminal and from a pipe, with a real engine.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readLine } from '../../cli/debugger/verbs.ts';
import { findEngine } from '../../remote/local.ts';
import { writeFlow } from '../debug/flow.ts';
import { dialogue, interrupted, weft, weftReading, workspace } from './weft.ts';

/** A dialogue that waits for what does not come would wait for ever. */
const patient = { timeout: 120_000 };

test('commands from a pipe: breakpoints, values, one step, a step run again, to the end of the run', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const line = flow.lineOf('  check:');
  const commands = [
    'where',
    'break training if parameters.epochs > 1',
    `break ${line + 2}`,
    'break nothing',
    'break',
    'continue',
    'print parameters.shape',
    'set epochs = 4',
    'parameters.word = "moin"',
    'next',
    'print steps.training.outputs.metrics.accuracy',
    'steps.training.outputs.metrics.accuracy > 0.3',
    'print steps.training',
    'set steps = 3',
    'set epochs = 5',
    'rerun training',
    'variables',
    'delete',
    'continue',
  ];
  const { code, out, err } = await weftReading(root, ['debug', flow.file], `${commands.join('\n')}\n`);
  assert.equal(code, 0, err);
  assert.deepEqual(flow.ledger(), ['prepare', 'training 4 moin', 'training 5 moin', 'check']);
  const expected = [
    `   ${flow.lineOf('  prepare:')}  prepare`,
    '1  training if parameters.epochs > 1',
    `2  line ${line + 2} (the step in line ${line})`,
    '1  training if parameters.epochs > 1',
    `2  line ${line + 2}`,
    '{',
    '  "wide": 3',
    '}',
    '"moin"',
    '0.4',
    'true',
    'completed',
    '  status = "completed"',
  ];
  const printed = out.split('\n').filter((line) => !line.includes(' | '));
  assert.equal(printed.slice(0, expected.length).join('\n'), expected.join('\n'));
  assert.match(out, /^training \| epochs 4 word moin$/m);
  assert.match(out, /^training\n {2}data\.pictures = .*\n {2}parameters\.epochs = 5$/m);
  assert.match(out, /^removed 2 breakpoints$/m);
  assert.match(err, /^weft: The file has no step "nothing"\.$/m);
  assert.match(err, /^weft: "steps" is no parameter and no data of the run\.$|^weft: "steps" is a result/m);
  assert.match(err, /^‖ training is held \(breakpoint\)\nflow\.workflow\.yaml:\d+ {4}training:$/m);
  assert.match(err, /^execution-001 completed$/m);
});

test('--break runs to the breakpoint; when the commands are at their end, the run is stopped', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const args = ['debug', flow.file, '--break', 'check', '--set', 'word=x=y', '--set', 'epochs=3'];
  const { code, out, err } = await weftReading(root, args, 'print word\n');
  assert.equal(code, 1, err);
  assert.match(out, /^x=y$/m);
  assert.deepEqual(flow.ledger(), ['prepare', 'training 3 x']);
  assert.match(err, /execution-001 stopped/);
});

test('a run that failed is mended and goes on', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  writeFileSync(join(root, 'check.sh'), 'echo check >> ledger; case "$*" in *--word=good*) ;; *) exit 1 ;; esac');
  flow.replace(/command: 'echo check.*'/, 'command: sh check.sh\n      parameters: { word: "${{ parameters.word }}" }');
  const commands = ['continue', 'set word = bad', 'rerun check', 'set word = good', 'continue'];
  const { code, err } = await weftReading(root, ['debug', flow.file], `${commands.join('\n')}\n`);
  assert.equal(code, 0, err);
  assert.match(err, /The run has failed: check: it ended with exit status 1/);
  assert.match(err, /^weft: The run has ended \(abnormal\): restart the step that is to run again/m);
  assert.deepEqual(flow.ledger(), ['prepare', 'training 2 hello', 'check', 'check']);
});

test(
  'in a terminal: a prompt where the run is held, completion with Tab, leaving it held, attaching again',
  patient,
  async (t) => {
    const root = workspace(t);
    const flow = writeFlow(root);
    const first = await dialogue(
      root,
      ['debug', flow.file],
      [
        ['(weft) ', 'br\t'],
        ['break ', 'tr\t'],
        ['training', '\n'],
        ['1  training', ''],
        ['(weft) ', 'c\n'],
        ['training is held', ''],
        ['(weft) ', 'p parameters.ep\t'],
        ['epochs', '\n'],
        ['\n2\r\n', ''],
        ['(weft) ', 'leave\n'],
      ],
    );
    assert.equal(first.code, 0, first.out);
    assert.deepEqual(flow.ledger(), ['prepare']);
    const { client } = (await findEngine(root))!;
    const run = async () => (await client.call('ListRuns'))[0]!.state;
    assert.equal((await run()).steps[1]!.held?.reason, 'breakpoint');

    const second = await dialogue(
      root,
      ['debug', '--attach', 'execution-001'],
      [
        ['(weft) ', 'break check\n'],
        ['1  check', 'n\n'],
        ['check is held', ''],
        ['(weft) ', 'detach\n'],
      ],
    );
    assert.equal(second.code, 0, second.out);
    for await (const event of client.events({ run: (await run()).id, after: 0 })) if (event.type === 'run.completed') break;
    assert.deepEqual(flow.ledger(), ['prepare', 'training 2 hello', 'check']);
  },
);

test('Ctrl-C pauses a run in a terminal, and stops it where nobody types', patient, async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  flow.replace('echo "prepared";', 'echo "prepared"; while ! test -e go; do sleep 0.05; done;');
  const paused = await dialogue(
    root,
    ['debug', flow.file, '--break', 'check'],
    [
      ['prepare | prepared', '\u0003'],
      ['(weft) ', 'where\n'],
      ['prepare (running)', ''],
      ['(weft) ', 'quit\n'],
    ],
  );
  assert.equal(paused.code, 1, paused.out);
  const ended = await interrupted(root, ['debug', flow.file, '--break', 'check'], 'prepare | prepared');
  assert.equal(ended.code, 130, ended.err);
  assert.match(ended.err, /execution-002 stopped/);
});

test('wrong usage and wrong files are said before anything runs', async (t) => {
  const root = workspace(t);
  const flow = writeFlow(root);
  const refused = async (args: readonly string[], code: number, expected: RegExp) => {
    const ended = await weft(root, ['debug', ...args]);
    assert.equal(ended.code, code, ended.err);
    assert.match(ended.err, expected);
  };
  await refused([], 2, /name one workflow file: weft debug FILE/);
  await refused([flow.file, '--set', 'epochs=many'], 2, /"epochs" takes an int/);
  await refused([flow.file, '--break', 'nothing'], 2, /The file has no step "nothing"/);
  await refused([flow.file, '--break', 'training if epochs >'], 2, /`epochs` is neither a reference nor a value/);
  await refused(['--attach', 'execution-001'], 2, /no run "execution-001"/);
  flow.replace('depend_steps: [prepare]', 'depend_steps: [prepar]');
  await refused([flow.file], 1, /prepar/);
  assert.deepEqual(flow.ledger(), []);
});

test('a line is a verb by its name, its short form or a begin that means one; everything else is an expression', () => {
  const verbOf = (line: string) => readLine(line).verb;
  assert.deepEqual(['c', 'continue', 'con', 'b x', 'n', 'var', 'q'].map(verbOf), [
    'continue',
    'continue',
    'continue',
    'break',
    'next',
    'variables',
    'quit',
  ]);
  assert.deepEqual(['re x', 'parameters.x', 'set = 3', 'l > 3 x.y', '', '1 < 2', 'de'].map(verbOf), [
    undefined,
    undefined,
    undefined,
    'list',
    undefined,
    undefined,
    undefined,
  ]);
  assert.deepEqual(readLine('  break  a b if x '), { verb: 'break', rest: 'a b if x', atOnce: false });
});
