// Runs beside each other: what differs between them, number by number.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparisonText, metricsText } from '../../cli/run-metrics.ts';
import type { RunState } from '../../core/run/reduce.ts';
import { compareRuns } from '../../core/views/compare-runs.ts';
import { stateOf } from '../media/digits.ts';
import { trainingRun } from '../media/metrics-run.ts';

function named(name: string, epochs: number, more: Partial<RunState>): RunState {
  return { ...stateOf(trainingRun(epochs)), id: name, name, startedAt: '2026-03-01T10:00:00Z', ...more };
}
const parameters = (...values: readonly (readonly [string, unknown])[]) => ({
  values: { data: [], parameters: values.map(([name, value]) => ({ name, value })) },
});

test('status, time, parameters that differ, numbers and the newest points of curves', () => {
  const first = named('one', 3, {
    ...parameters(['epochs', 3], ['rate', 0.1]),
    endedAt: '2026-03-01T10:00:10Z',
    status: 'completed',
  });
  const second = named('two', 24, parameters(['epochs', 24], ['rate', 0.1]));
  const rows = compareRuns([first, second], Date.parse('2026-03-01T10:01:00Z'));
  assert.deepEqual(
    rows.map(({ name, texts }) => [name, ...texts]),
    [
      ['status', 'completed', 'running'],
      ['duration', '10 s', '1 m 00 s'],
      ['epochs', '3', '24'],
      ['train_wide.accuracy', '0.5061', '0.9926'],
      ['train_wide.epochs', '3', '24'],
      ['train_wide.loss.training', '1.42', '0.1106'],
      ['train_wide.loss.validation', '1.627', '0.2228'],
    ],
  );
  const text = comparisonText([first, second], 0);
  assert.match(text, /^ +one +two +difference\n/);
  assert.match(text, /^train_wide\.accuracy +0\.5061 +0\.9926 +\+0\.4865\n/m);
  assert.match(text, /^train_wide\.loss\.training +1\.42 +0\.1106 +-1\.31\n/m);
});

test('a run without a metric has a dash there, and nothing is subtracted', () => {
  const without = { ...named('none', 1, {}), steps: [] };
  assert.match(comparisonText([named('one', 3, {}), without], 0), /^train_wide\.accuracy +0\.5061 +-\n/m);
});

test('the metrics of a run: numbers first, long curves cut in the middle', () => {
  const text = metricsText(named('one', 24, {}));
  assert.match(text, /^train_wide\.accuracy +0\.9926\ntrain_wide\.epochs +24\n/);
  assert.match(
    text,
    /train_wide\.loss \(Loss\)\nepoch +training +validation\n1 +2\.0011 +2\.1396\n(?:.+\n){5}…\n(?:.+\n){5}24 +0\.1106 +0\.2228\n/,
  );
  assert.match(text, /predicted \\ true +0 +1/);
  assert.match(metricsText({ ...named('two', 1, {}), steps: [] }), /two has no metrics/);
});
