// The workflow that the tests of the debugger debug: data, a training that writes metrics, and two steps after it. What ran with which
// values stands in `ledger`.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const text = `name: flow
description: debugged
storages:
  output: { kind: output, default: ./out/ }
parameters:
  epochs: { type: int, default: 2 }
  word: { type: str, default: hello }
  shape: { type: json, default: { wide: 3 } }
data:
  pictures: { type: obs, object_type: directory, default: ./pictures/ }
steps:
  prepare:
    type: job
    algorithm:
      code_dir: ./
      command: 'echo "prepared"; echo prepare >> ledger'
      engine: { image_url: weft/node }
    spec: { resource: { flavor_id: cpu } }

  # the training
  training:
    type: job
    depend_steps: [prepare]
    algorithm:
      code_dir: ./
      command: node train.mjs
      engine: { image_url: weft/node }
      parameters: { epochs: "\${{ parameters.epochs }}", word: "\${{ parameters.word }}" }
    inputs:
      data_url: \${{ data.pictures }}
    outputs:
      train_url: { obs_path: "\${{ storages.output }}/model/" }
      metrics: { metric_files: ["\${{ storages.output }}/model/metrics.json"] }
    spec: { resource: { flavor_id: cpu } }
  check:
    type: job
    depend_steps: [training]
    algorithm:
      code_dir: ./
      command: 'echo check >> ledger; if test -e broken; then exit 3; fi; true'
      engine: { image_url: weft/node }
    inputs:
      model: \${{ steps.training.outputs.train_url }}
    spec: { resource: { flavor_id: cpu } }
`;

/** Says what it got, and is as accurate as it had epochs. */
const training = `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
const given = Object.fromEntries(process.argv.slice(2).map((each) => each.replace(/^--/, '').split('=')));
console.log('epochs ' + given.epochs + ' word ' + given.word);
appendFileSync('ledger', 'training ' + given.epochs + ' ' + given.word + '\\n');
const folder = given.train_url;
mkdirSync(folder, { recursive: true });
const accuracy = { key: 'accuracy', title: 'Accuracy', type: 'float', data: { value: Number(given.epochs) / 10 } };
writeFileSync(join(folder, 'metrics.json'), JSON.stringify([accuracy]));
`;

export interface Flow {
  readonly file: string;
  /** 1-based. */
  lineOf(words: string): number;
  text(): string;
  /** An edit that is saved. */
  replace(words: string | RegExp, by: string): void;
  /** Puts lines before the steps, as an edit would. */
  shift(lines: number): void;
  ledger(): readonly string[];
  /** Whether the step `check` fails from now on. */
  breakCheck(isBroken: boolean): void;
}

export function writeFlow(root: string): Flow {
  const file = join(root, 'flow.workflow.yaml');
  let now = text;
  writeFileSync(file, now);
  writeFileSync(join(root, 'train.mjs'), training);
  mkdirSync(join(root, 'pictures'));

  function replace(words: string | RegExp, by: string): void {
    now = now.replace(words, () => by);
    writeFileSync(file, now);
  }

  return {
    file,
    lineOf: (words) => now.split('\n').findIndex((line) => line.includes(words)) + 1,
    text: () => now,
    replace,
    shift: (lines) => replace('steps:', `${'# a line\n'.repeat(lines)}steps:`),
    ledger: () => (existsSync(join(root, 'ledger')) ? readFileSync(join(root, 'ledger'), 'utf8').trim().split('\n') : []),
    breakCheck(isBroken) {
      if (isBroken) writeFileSync(join(root, 'broken'), '');
      else rmSync(join(root, 'broken'));
    },
  };
}
