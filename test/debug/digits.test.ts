// The example is debugged in both languages: the training is held, and only it.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openClient, steady, workspace } from './dap-client.ts';
import { assertGolden } from './golden.ts';
import { ended, goOn, stoppedAt } from './requests.ts';

const digits = fileURLToPath(new URL('../../examples/digits/', import.meta.url));

interface Example {
  readonly root: string;
  readonly file: string;
  /** 1-based. */
  lineOf(words: string): number;
}

function example(t: TestContext, name: string): Example {
  const root = workspace(t);
  cpSync(digits, root, { recursive: true, filter: (file) => !file.includes('.weft') });
  const file = join(root, name);
  const lines = readFileSync(file, 'utf8').split('\n');
  return { root, file, lineOf: (words) => lines.findIndex((line) => line.includes(words)) + 1 };
}

const oneEpoch = { parameters: { epochs: 1 } };

test('digits: a breakpoint on a line of the training is moved to its step, and the run stops before it and only there', async (t) => {
  const { root, file, lineOf } = example(t, 'digits.workflow.yaml');
  const client = openClient(t, root);
  const [breakpoint] = await client.start({ file, values: oneEpoch, steps: ['collect', 'release', 'train_wide'] }, [
    { line: lineOf('title: Train the wide network') },
  ]);
  assert.deepEqual([breakpoint!.verified, breakpoint!.line], [true, lineOf('  train_wide:')]);
  assert.equal(await stoppedAt(client, 'breakpoint'), 'train_wide');
  const { of } = await client.scope('train_wide');
  assert.deepEqual(
    Object.values(of).map(({ name, value }) => `${name} = ${steady(value, root)}`),
    [
      'steps.release.outputs.version = {"dataset_id":"ID","dataset_name":"handwritten-digits","version_id":"ID","version_name":"V001"}',
      'parameters.epochs = 1',
      'parameters.learning_rate = 0.06',
      'parameters.schedule = "cosine"',
      'parameters.augment = true',
      'parameters.flavor = {"flavor_id":"modelarts.vm.cpu.2u"}',
      'storages.output = "/digits-results/UUID/"',
      'status = "held"',
    ],
  );
  await client.evaluate('epochs = 2', 'repl');
  await goOn(client);
  await ended(client);
  assert.match(client.lines(), /^train_wide \| .*epoch +2\b/m);
  assert.doesNotMatch(client.lines(), /epoch +3\b/);
  assertGolden('digits', client);
});

test('digits in TypeScript: the breakpoint is moved to the call that makes the step, and the run stops there', async (t) => {
  const { root, file, lineOf } = example(t, 'digits.workflow.ts');
  const client = openClient(t, root);
  const [moved, exact] = await client.start({ file, values: oneEpoch, scene: 'train only' }, [
    { line: lineOf("title: 'Publish a version'") },
    { line: lineOf("train('wide', 128") },
  ]);
  assert.deepEqual([moved!.verified, moved!.line], [true, lineOf("wf.releaseDataset('release'")]);
  assert.deepEqual([exact!.verified, exact!.line], [true, lineOf("train('wide', 128")]);
  assert.equal(await stoppedAt(client, 'breakpoint'), 'release');
  assert.equal((await client.stack())[0], `${moved!.line} release`);
  await goOn(client);
  await client.event('stopped');
  assert.equal((await client.stack())[0], `${exact!.line} train_wide`);
  await goOn(client);
  await ended(client);
});

test('a call of a program that makes several steps holds each of them', async (t) => {
  const root = workspace(t);
  const file = join(root, 'loop.workflow.ts');
  writeFileSync(
    file,
    `import * as wf from 'weft';

const steps = [1, 2].map((size) =>
  wf.job(\`size_\${size}\`, {
    algorithm: { code_dir: './', command: 'echo made', engine: { image_url: 'weft/node' } },
    spec: { resource: { flavor_id: 'cpu' } },
    ...(size === 2 && { depend_steps: ['size_1'] }),
  }),
);

export default wf.workflow('loop', { description: 'steps of a loop' }, steps);
`,
  );
  const client = openClient(t, root);
  const [breakpoint] = await client.start({ file }, [{ line: 5 }]);
  assert.deepEqual([breakpoint!.verified, breakpoint!.line], [true, 4]);
  assert.equal(await stoppedAt(client, 'breakpoint'), 'size_1');
  await goOn(client);
  assert.equal(await stoppedAt(client, 'breakpoint'), 'size_2');
  await goOn(client);
  await ended(client);
});
