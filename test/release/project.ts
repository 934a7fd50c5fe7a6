// A folder with a workflow that uses local code, as a user would have it, and its engine in the cloud.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

export function folder(t: TestContext, files: Readonly<Record<string, string>> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'weft-release-')));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) write(root, name, text);
  return root;
}

export function write(root: string, name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

export const workflow = `name: flow
description: a workflow with code of its own
storages:
  out: { kind: output, default: /results/ }
parameters:
  epochs: { type: int, default: 3 }
data:
  pictures: { type: obs, value: ./data/ }
steps:
  prepare:
    type: job
    algorithm:
      code_dir: ./src/train
      boot_file: prepare.py
      engine: { image_url: weft/python }
      parameters: { epochs: "\${{ parameters.epochs }}" }
    inputs: { data_url: "\${{ data.pictures }}" }
    outputs: { made: { obs_path: "\${{ storages.out }}/made/" } }
    spec: { resource: { flavor_id: modelarts.vm.cpu.2u } }
  train:
    type: job
    algorithm:
      code_dir: ./src/train
      boot_file: train.py
      engine: { image_url: weft/python }
    inputs: { data_url: "\${{ steps.prepare.outputs.made }}" }
    outputs: { train_url: { obs_path: "\${{ storages.out }}/model/" } }
    spec: { resource: { flavor_id: modelarts.vm.cpu.2u } }
`;

export const projectFiles = {
  'flow.workflow.yaml': workflow,
  'src/train/train.py': 'print("train")\n',
  'src/train/prepare.py': 'print("prepare")\n',
  'src/train/lib/io.py': 'x = 1\n',
  'data/1.txt': 'one',
  'data/sub dir/2.txt': 'two',
} as const;
