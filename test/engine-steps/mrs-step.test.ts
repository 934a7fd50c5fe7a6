// MRS jobs: by spark-submit of this machine where there is one, else by a bound command.
import assert from 'node:assert/strict';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { statusesOf, stepBench, stepOf } from './step-bench.ts';

const flow = `
name: flow
steps:
  spark:
    type: mrs_job
    cluster_id: c-1
    mrs_algorithm:
      boot_file: /b/code/main.py
      parameters:
        run_args: --master,yarn-cluster,--driver-memory,2g
        app_args: --columns=a,b,--n=3
    inputs: { table: { data: { obs_path: /b/table/ } } }
    outputs: { train_url: { obs_path: /b/out/ } }
`;
const files = { 'b/code/main.py': 'print(1)\n', 'b/table/1.csv': '' };

test('spark-submit gets the machine as its cluster, the script, its arguments and the paths', async (t) => {
  const bench = stepBench(t);
  bench.write({
    ...files,
    'tools/spark-submit': `#!/bin/sh\nfor each in "$@"; do echo "$each"; done > ${join(bench.root, 'given')}\n`,
  });
  chmodSync(join(bench.root, 'tools/spark-submit'), 0o755);
  const { PATH } = process.env;
  process.env['PATH'] = `${join(bench.root, 'tools')}:${PATH}`;
  t.after(() => (process.env['PATH'] = PATH));
  assert.deepEqual(statusesOf(await bench.run(flow)), ['spark completed']);
  assert.deepEqual(readFileSync(join(bench.root, 'given'), 'utf8').trim().split('\n'), [
    '--master',
    'local[*]',
    '--driver-memory',
    '2g',
    join(bench.root, 'b/code/main.py'),
    '--columns=a,b',
    '--n=3',
    `--table=${join(bench.root, 'b/table')}`,
    `--train_url=${join(bench.root, 'b/out')}`,
  ]);
});

test('without spark-submit the lines of a binding are said, and with them its command runs', async (t) => {
  const bench = stepBench(t);
  bench.write({ ...files, 'local/main.sh': 'echo "$1 $2" > "${4#*=}/said"\n' });
  const { PATH, SPARK_HOME } = process.env;
  process.env['PATH'] = '/usr/bin:/bin';
  delete process.env['SPARK_HOME'];
  t.after(() => Object.assign(process.env, { PATH, ...(SPARK_HOME !== undefined && { SPARK_HOME }) }));
  const refused = stepOf(await bench.run(flow), 'spark');
  assert.deepEqual([refused.status, refused.error?.code], ['create_failed', 'binding-missing']);
  assert.match(refused.error!.message, /spark-submit is not in PATH or SPARK_HOME/);
  const lines = refused.error!.message.split('weft.config.yaml:\n')[1]!;
  const use = lines.replace('python3 FILE.py', 'sh main.sh, code_dir: ./local');
  bench.write({ 'weft.config.yaml': `buckets: { b: ./b }\n${use}\n` });
  assert.deepEqual(statusesOf(await bench.run(flow)), ['spark completed']);
  assert.equal(readFileSync(join(bench.root, 'b/out/said'), 'utf8'), '--columns=a,b --n=3\n');
});
