// What the engine adds to a step that does nothing: a chain of `true`, one at a time, durable, beside raw spawn from Node and make.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../engine/version.ts';
import { startEngine, stopEngine } from '../remote/local.ts';
import { saveWorkflow } from '../remote/save-workflow.ts';
import type { Figure } from './figure.ts';

const enginePath = fileURLToPath(new URL('../dist/engine/main.mjs', import.meta.url));

export async function* engine(): AsyncGenerator<Figure> {
  for (const steps of [100, 1_000]) {
    const raw = await rawSpawn(steps);
    const made = make(steps);
    const run = await chain(steps);
    yield { what: `engine, wall per step, ${steps} steps`, value: run, unit: 'ms', peer: { name: 'raw spawn', value: raw } };
    yield {
      what: `engine, wall per step, ${steps} steps`,
      value: run,
      unit: 'ms',
      peer: { name: 'make (not durable)', value: made },
    };
    yield {
      what: `engine, overhead per step, ${steps} steps`,
      value: run - raw,
      unit: 'ms',
      peer: { name: 'raw spawn', value: raw },
      bar: '<= 2 x raw spawn',
    };
  }
}

async function rawSpawn(count: number): Promise<number> {
  const started = performance.now();
  for (let index = 0; index < count; index++) {
    await new Promise((done) => spawn('/bin/true', [], { stdio: 'ignore' }).on('exit', done));
  }
  return (performance.now() - started) / count;
}

function make(count: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'));
  try {
    const rule = (index: number) => `s${index}:${index > 0 ? ` s${index - 1}` : ''}\n\t@/bin/true\n`;
    writeFileSync(
      join(folder, 'Makefile'),
      `all: s${count - 1}\n${Array.from({ length: count }, (_, index) => rule(index)).join('')}`,
    );
    const started = performance.now();
    execFileSync('make', ['-s', 'all'], { cwd: folder });
    return (performance.now() - started) / count;
  } catch {
    return Number.NaN; // no make here
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function chain(count: number): Promise<number> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'weft-bench-')));
  mkdirSync(join(root, 'code'));
  const steps = Array.from({ length: count }, (_, index) => ({
    name: `s${index}`,
    type: 'job',
    depend_steps: index > 0 ? [`s${index - 1}`] : [],
    inputs: [],
    outputs: [],
    properties: {
      kind: 'job',
      algorithm: { code_dir: `file://${root}/code/`, command: '/bin/true', engine: { image_url: 'weft/none' } },
      spec: { resource: { flavor_id: 'cpu', node_count: 1 } },
    },
    policy: {},
  }));
  try {
    const { client } = await startEngine({ root, enginePath, execPath: process.execPath, version });
    const { workflow_id } = await saveWorkflow(client, { name: 'chain', steps });
    const started = performance.now();
    const { execution_id: run } = await client.call('CreateWorkflowExecution', { path: { workflow_id }, body: {} });
    for await (const event of client.events({ after: 0, run })) {
      if (event.type === 'run.completed') break;
      if (event.type === 'run.failed') throw new Error('the chain failed');
    }
    return (performance.now() - started) / count;
  } finally {
    await stopEngine(root);
    rmSync(root, { recursive: true, force: true });
  }
}
