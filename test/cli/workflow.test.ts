// A workflow on the command line from text to a finished run: what it prints, what it ends with, and what is taken over.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RunEvent } from '../../core/run/events.ts';
import type { RunState } from '../../core/run/reduce.ts';
import { interrupted, weft, workspace } from './weft.ts';

const flow = `name: flow
parameters:
  word: { type: str, default: hello }
steps:
  say:
    type: job
    algorithm:
      code_dir: ./
      command: 'echo "said \${word:-} $*"; echo say >> ledger'
      engine: { image_url: weft/node }
      parameters: { word: "\${{ parameters.word }}" }
    spec: { resource: { flavor_id: cpu } }
  check:
    type: job
    depend_steps: [say]
    algorithm: { code_dir: ./, command: 'echo check >> ledger; test -e mended', engine: { image_url: weft/node } }
    spec: { resource: { flavor_id: cpu } }
  last:
    type: job
    depend_steps: [check]
    algorithm: { code_dir: ./, command: 'echo last >> ledger', engine: { image_url: weft/node } }
    spec: { resource: { flavor_id: cpu } }
`;

test('a run is followed with its logs, fails with the step named, and goes on from a step with what was done before', async (t) => {
  const root = workspace(t);
  writeFileSync(join(root, 'a.workflow.yaml'), flow);
  const failed = await weft(root, ['run', 'a.workflow.yaml', '--set', 'word=moin', '--label', 'mine']);
  assert.equal(failed.code, 1, failed.err);
  assert.match(failed.out, /^say {3}\| said .*moin/m);
  assert.match(failed.err, /✖ check failed in .*: .*exit status 1/);
  assert.match(failed.err, /execution-001 abnormal/);

  writeFileSync(join(root, 'mended'), '');
  const again = await weft(root, ['run', 'a.workflow.yaml', '--from', 'check', '--json']);
  assert.equal(again.code, 0, again.err);
  const events = again.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
  assert.deepEqual(
    events.filter((event) => event.type === 'step.submitting').map((event) => event.step),
    ['check', 'last'],
  );
  assert.equal(events.at(-1)!.type, 'run.completed');
  assert.deepEqual(readFileSync(join(root, 'ledger'), 'utf8').trim().split('\n'), ['say', 'check', 'check', 'last']);

  const runs = JSON.parse((await weft(root, ['runs', 'list', '--json'])).out) as readonly RunState[];
  assert.deepEqual(
    runs.map(({ name, status, labels, steps }) => [name, status, labels, steps[0]!.reused === runs[0]!.id]),
    [
      ['execution-001', 'abnormal', ['mine'], false],
      ['execution-002', 'completed', [], true],
    ],
  );
  assert.match((await weft(root, ['runs', 'logs', 'execution-001', 'say'])).out, /^said .*moin\n$/);
});

test('Ctrl-C stops the run with its processes and waits for its end', async (t) => {
  const root = workspace(t);
  const waits = flow.replace('echo say >> ledger', () => 'echo $$ > pid; echo ready; exec tail -f /dev/null');
  writeFileSync(join(root, 'a.workflow.yaml'), waits);
  const { code, err } = await interrupted(root, ['run', 'a.workflow.yaml'], 'ready');
  assert.equal(code, 1, err);
  assert.match(err, /stopping execution-001\n(?:.*\n)*.*execution-001 stopped/);
  const pid = Number(readFileSync(join(root, 'pid'), 'utf8'));
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
});

test('a body that was compiled is imported as a file that compiles to the same body', async (t) => {
  const root = workspace(t);
  writeFileSync(join(root, 'a.workflow.yaml'), flow);
  const compiled = await weft(root, ['compile', 'a.workflow.yaml']);
  writeFileSync(join(root, 'body.json'), compiled.out);
  assert.equal((await weft(root, ['import', 'body.json', '--out', 'b.workflow.yaml'])).code, 0);
  assert.deepEqual(JSON.parse((await weft(root, ['compile', 'b.workflow.yaml'])).out), JSON.parse(compiled.out));
  const refused = await weft(root, ['import', 'body.json', '--out', 'b.workflow.yaml']);
  assert.match(refused.err, /b\.workflow\.yaml is there already; name another file/);
});

test('validate gives ranges for programs, and fails on errors only', async (t) => {
  const root = workspace(t);
  writeFileSync(join(root, 'a.workflow.yaml'), flow.replace('depend_steps: [check]', 'depend_steps: [chek]'));
  const { code, out } = await weft(root, ['validate', '--json']);
  assert.equal(code, 1);
  const found = JSON.parse(out) as { file: string; code: string; severity: string; range: object }[];
  const [finding, ...more] = found.filter(({ severity }) => severity === 'error');
  assert.deepEqual(more, []);
  assert.deepEqual(
    [finding!.file, finding!.code, finding!.range],
    ['a.workflow.yaml', 'depend-unknown', { start: { line: 19, character: 19 }, end: { line: 19, character: 23 } }],
  );
  assert.match((await weft(root, ['validate', '--format', 'github'])).out, /^::error file=a\.workflow\.yaml,line=20,col=20,/m);
  writeFileSync(join(root, 'a.workflow.yaml'), flow);
  assert.equal((await weft(root, ['validate'])).code, 0);
});
