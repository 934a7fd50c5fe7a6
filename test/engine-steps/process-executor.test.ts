// The process executor with real processes: statuses, environment, stop, strays, and the same key twice.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SubmitError } from '../../engine/executors/executor.ts';
import { attemptFolder, readExit } from '../../engine/launcher/attempt-folder.ts';
import { inspectAttempt } from '../../engine/launcher/inspect.ts';
import { eventually } from './condition.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { openExecutor, shellWork, textOf } from './work.ts';

test('a command ends with its exit status, and its log has both streams in order', async (t) => {
  const { executor, outcome } = openExecutor(t);
  const work = shellWork(temporaryFolder(t), 'a.1', 'echo one; echo two >&2; printf three; exit 7');
  const submitted = await executor.submit(work);
  assert.ok(submitted.pid);
  const { exitCode, signal, endedAt } = await outcome('a.1');
  assert.deepEqual({ exitCode, signal }, { exitCode: 7, signal: undefined });
  assert.ok(endedAt);
  assert.equal(textOf(work, 'log'), 'one\ntwo\nthree');
});

test('a command gets the allow-listed environment, its own variables and the marks, and nothing else of the engine', async (t) => {
  const { executor, outcome } = openExecutor(t);
  process.env.WEFT_TEST_SECRET = 'not for jobs';
  t.after(() => delete process.env.WEFT_TEST_SECRET);
  const work = shellWork(temporaryFolder(t), 'env.2', 'env', { OWN: 'a value' });
  await executor.submit(work);
  await outcome('env.2');
  const log = textOf(work, 'log');
  for (const line of ['OWN=a value', 'WEFT_STEP=env', 'WEFT_KEY=env.2', 'PYTHONUNBUFFERED=1', `PATH=${process.env.PATH}`]) {
    assert.ok(log.split('\n').includes(line), `${line} is missing in\n${log}`);
  }
  assert.doesNotMatch(log, /not for jobs/);
});

test('submitting a key twice at once starts its command once and gives one outcome', async (t) => {
  const { executor, outcome, counts } = openExecutor(t);
  const work = shellWork(temporaryFolder(t), 'twice.1', 'echo ran >> ran');
  await Promise.all([executor.submit(work), executor.submit(work), executor.submit(work)]);
  assert.equal((await outcome('twice.1')).exitCode, 0);
  assert.equal(textOf(work, 'ran'), 'ran\n');
  assert.equal(counts.get('twice.1'), 1);
});

test('submitting a key that an earlier engine ran gives its outcome without running it again', async (t) => {
  const root = temporaryFolder(t);
  const work = shellWork(root, 'again.1', 'echo ran >> ran; exit 3');
  const first = openExecutor(t);
  await first.executor.submit(work);
  await first.outcome('again.1');
  const second = openExecutor(t);
  await second.executor.submit(work);
  assert.equal((await second.outcome('again.1')).exitCode, 3);
  assert.equal(textOf(work, 'ran'), 'ran\n');
});

test('cancel stops a command that obeys, and the outcome names the signal', async (t) => {
  const { executor, outcome } = openExecutor(t);
  const work = shellWork(temporaryFolder(t), 'stop.1', 'echo started; exec sleep 60');
  await executor.submit(work);
  await eventually('the command to start', () => textOf(work, 'log') !== '');
  await executor.cancel('stop.1', 5_000);
  const { exitCode, signal } = await outcome('stop.1');
  assert.deepEqual({ exitCode, signal }, { exitCode: 143, signal: 'SIGTERM' });
});

test('cancel insists after the grace period where a command ignores the request', async (t) => {
  const { executor, outcome } = openExecutor(t);
  const work = shellWork(temporaryFolder(t), 'deaf.1', "trap '' TERM; echo started; while :; do sleep 0.05; done");
  await executor.submit(work);
  await eventually('the command to start', () => textOf(work, 'log') !== '');
  await executor.cancel('deaf.1', 50);
  assert.equal((await outcome('deaf.1')).signal, 'SIGKILL');
});

test('cancel finds a grandchild that left the session of its step', async (t) => {
  const { executor, outcome } = openExecutor(t);
  const work = shellWork(temporaryFolder(t), 'stray.1', `setsid sh -c 'echo $$ > stray; exec sleep 60' & wait; sleep 60`);
  await executor.submit(work);
  const stray = Number(
    await eventually('the stray to start', () => textOf(work, 'stray').endsWith('\n') && textOf(work, 'stray')),
  );
  await executor.cancel('stray.1', 2_000);
  await outcome('stray.1');
  await eventually('the stray to be gone', () => !isRunning(stray));
});

test('a program that is not there is refused by name before anything starts', async (t) => {
  const { executor } = openExecutor(t);
  const work = shellWork(temporaryFolder(t), 'none.1', '');
  const submit = executor.submit({ ...work, command: { kind: 'arguments', file: 'no-such-program', arguments: [] } });
  await assert.rejects(submit, (error: unknown) => error instanceof SubmitError && /"no-such-program"/.test(error.message));
  assert.equal(existsSync(join(work.folder, 'claim')), false);
});

test('arguments reach the program as they are, blanks, quotes and line ends included', async (t) => {
  const { executor, outcome } = openExecutor(t);
  const work = shellWork(temporaryFolder(t), 'args.1', '');
  const words = ['a b', `it's "quoted"`, '$HOME', 'two\nlines', '', '中文'];
  await executor.submit({ ...work, command: { kind: 'arguments', file: 'printf', arguments: ['<%s>', ...words] } });
  await outcome('args.1');
  assert.equal(textOf(work, 'log'), words.map((word) => `<${word}>`).join(''));
});

test('a working folder that is not there is a refusal, not an outcome', async (t) => {
  const { executor } = openExecutor(t);
  const work = shellWork(temporaryFolder(t), 'cwd.1', 'true');
  await assert.rejects(executor.submit({ ...work, cwd: join(work.folder, 'gone') }), SubmitError);
});

test('a command whose launcher was killed together with it is lost, and its log is kept', async (t) => {
  const { executor, outcome } = openExecutor(t);
  const work = shellWork(temporaryFolder(t), 'lost.1', 'echo before; sleep 60');
  const { pid } = await executor.submit(work);
  await eventually('the command to start', () => textOf(work, 'log') !== '');
  process.kill(-pid!, 'SIGKILL');
  assert.equal((await outcome('lost.1')).lost, true);
  assert.equal(textOf(work, 'log'), 'before\n');
});

test('a command that outlives its killed launcher counts as running until it ends', async (t) => {
  const { executor, outcome, counts } = openExecutor(t);
  const root = temporaryFolder(t);
  const work = shellWork(root, 'orphan.1', 'echo before; while [ ! -e go ]; do sleep 0.02; done; echo after');
  const { pid } = await executor.submit(work);
  await eventually('the command to start', () => textOf(work, 'log') !== '');
  process.kill(pid!, 'SIGKILL');
  const attached = await openExecutor(t).executor.attach('orphan.1', work.folder);
  assert.equal(attached.kind, 'running');
  assert.equal(counts.get('orphan.1'), undefined);
  await openExecutor(t).executor.attach('orphan.1', work.folder);
  writeFileSync(join(work.folder, 'go'), '');
  assert.equal((await outcome('orphan.1')).lost, true);
  assert.equal(textOf(work, 'log'), 'before\nafter\n');
});

test('an exit status without its line end does not count yet', (t) => {
  const folder = attemptFolder(temporaryFolder(t));
  writeFileSync(folder.exit, '0');
  assert.equal(readExit(folder), undefined);
  writeFileSync(folder.exit, '0\n');
  assert.equal(readExit(folder), 0);
});

test('the number of a process that is somebody else by now does not pass for the launcher', (t) => {
  const folder = attemptFolder(temporaryFolder(t));
  writeFileSync(folder.claim, `${process.pid} () another start time\n`);
  assert.deepEqual(inspectAttempt(folder, 'nobody.1'), { kind: 'lost' });
});

/** A killed process that nobody has waited for yet is not running. */
function isRunning(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ');
  } catch {
    return false;
  }
}
