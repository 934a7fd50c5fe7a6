// The examples as users run them: from the text to the end, with what they leave behind.
import assert from 'node:assert/strict';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { RunEvent } from '../../core/run/events.ts';
import type { WeftModel, WeftService } from '../../core/api/weft.ts';
import { weft, workspace } from './weft.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const copy = (name: string, to: string) =>
  cpSync(join(examples, name), to, { recursive: true, filter: (file) => !file.includes('.weft') });

test('digits: both networks at the same time, the better one registered and served, everything below .weft', async (t) => {
  const root = workspace(t);
  copy('digits', root);
  const { code, out, err } = await weft(root, ['run', 'digits.workflow.yaml', '--set', 'epochs=2', '--json']);
  assert.equal(code, 0, err);
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
  const at = (type: RunEvent['type'], step: string) =>
    events.findIndex((event) => event.type === type && 'step' in event && event.step === step);
  for (const [one, other] of [
    ['train_wide', 'train_narrow'],
    ['train_narrow', 'train_wide'],
  ] as const) {
    assert.ok(at('step.submitted', one) < at('step.ended', other), `${one} began before ${other} ended`);
  }
  assert.ok(events.filter((event) => event.type === 'step.metrics_written' && event.step === 'train_wide').length >= 1);
  const skipped = events.filter((event) => event.type === 'step.ended' && event.status === 'skipped');
  assert.equal(skipped.length, 1, 'the branch that was not taken');
  const [model] = JSON.parse((await weft(root, ['model', 'list', '--json'])).out) as WeftModel[];
  assert.deepEqual([model!.name, model!.versions.length], ['digits', 1]);
  assert.ok(model!.versions[0]!.path.startsWith(join(root, '.weft')));
  assert.ok(existsSync(join(root, '.weft/buckets/digits-results')));
  const [service] = JSON.parse((await weft(root, ['service', 'list', '--json'])).out) as WeftService[];
  assert.equal(service!.status, 'running');
  const answer = await fetch(service!.accessAddress!, {
    method: 'POST',
    body: JSON.stringify({ pixels: Array.from({ length: 784 }, () => 0) }),
  });
  assert.match(((await answer.json()) as { predicted_label: string }).predicted_label, /^\d$/);
  await weft(root, ['engine', 'stop']);
  await assert.rejects(fetch(service!.accessAddress!), 'a stopped engine stops its services');
});

test('digits with a threshold that no network reaches: nothing is registered', async (t) => {
  const root = workspace(t);
  copy('digits', root);
  const args = ['run', 'digits.workflow.yaml', '--set', 'epochs=1', '--set', 'min_accuracy=0.999', '--scene', 'without service'];
  const { code, err } = await weft(root, args);
  assert.equal(code, 0, err);
  assert.match(err, /- register skipped \(condition\)/);
  assert.equal((await weft(root, ['model', 'list'])).out, 'There are no models yet.\n');
});

test('digits-python: one training job with nothing but Python', async (t) => {
  const root = workspace(t);
  copy('digits-python', join(root, 'digits-python'));
  copy('digits', join(root, 'digits'));
  const folder = join(root, 'digits-python');
  const { code, out, err } = await weft(folder, ['run', 'digits-python.workflow.yaml', '--set', 'epochs=1']);
  await weft(folder, ['engine', 'stop']);
  assert.equal(code, 0, err);
  assert.match(out, /train \| accuracy 0\.\d+ after/);
});
