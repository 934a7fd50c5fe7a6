// weft.config.yaml and values files: read as they are meant, and every mistake told at its place while the rest counts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { defaultConfig, engineOf, readConfig } from '../../core/config/config.ts';
import { runRequest } from '../../core/config/run-request.ts';
import { mergeValues, noValues, readValuesFile } from '../../core/config/values-file.ts';
import { spanOf } from '../../core/text/origin.ts';

const sample = (name: string) => readFileSync(new URL(`../../examples/digits/${name}`, import.meta.url), 'utf8');

test('the sample configuration and its values are without findings', () => {
  const { config, findings } = readConfig(sample('weft.config.yaml'));
  assert.deepEqual(findings, []);
  assert.deepEqual(config.buckets, [{ name: 'digits', path: './data/digits.tar.br' }]);
  assert.deepEqual(engineOf(config), {
    kind: 'local',
    name: 'local',
    executor: { kind: 'process', settings: {} },
    maxParallelSteps: 2,
    values: 'digits.values.yaml',
  });
  const values = readValuesFile(sample('digits.values.yaml'));
  assert.deepEqual(values.findings, []);
  assert.deepEqual(values.values.answers, [{ name: 'serve', value: 'newest', text: 'newest' }]);
});

test('an empty file is the default configuration', () => {
  assert.deepEqual(readConfig(''), { config: defaultConfig, findings: [] });
  assert.equal(engineOf(defaultConfig)?.name, 'local');
  assert.equal(engineOf(defaultConfig, 'prod'), undefined);
});

test('a mistake is told at its place and the rest counts', () => {
  const text = 'engines:\n  local: { type: local, max_parallel_steps: many }\nbucket: {}\nbuckets: { b: ./b }\n';
  const { config, findings } = readConfig(text);
  assert.deepEqual(
    findings.map(({ code, origin }) => [code, text.slice(spanOf(origin).start, spanOf(origin).end)]),
    [
      ['value-type', 'many'],
      ['member-unknown', 'bucket'],
    ],
  );
  assert.deepEqual(config.buckets, [{ name: 'b', path: './b' }]);
});

test('the first source of a value wins, and texts stay as they are written', () => {
  const file = readValuesFile('parameters: { epochs: 3, version: 1.10 }\nstorages: { out: /b/ }\n').values;
  const typed = { ...noValues, parameters: [{ name: 'epochs', value: '5', text: '5' }] };
  assert.deepEqual(runRequest(mergeValues(typed, file), { labels: ['l'], scene: 's' }), {
    parameters: [
      { name: 'epochs', value: '5' },
      { name: 'version', value: '1.10' },
    ],
    data_requirements: [],
    labels: ['l'],
    scene_name: 's',
    extend: { weft: { storages: [{ name: 'out', path: '/b/' }] } },
  });
});
