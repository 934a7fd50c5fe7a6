// Kills the engine at seeded moments of a run and starts it again, until the run has ended; ledger and logs of every such run are
// those of an uninterrupted one. Usage: npm run crash [-- --kills 20 --seed N]
// Ends with "N passed, N failed" over the rounds.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { reduce, type RunState } from '../../core/run/reduce.ts';
import { isEndedRun } from '../../core/run/status.ts';
import { version } from '../../engine/version.ts';
import type { Client } from '../../remote/client.ts';
import { type LocalEngine, startEngine, stopEngine } from '../../remote/local.ts';
import { saveWorkflow } from '../../remote/save-workflow.ts';
import { seeded } from './seeded.ts';
import { crashBody, lines, stepNames } from './workflow.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '20' }, seed: { type: 'string' } } });
const wanted = Number(values.kills);
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
const random = seeded(seed);
const enginePath = fileURLToPath(new URL('../../engine/main.ts', import.meta.url));

interface Result {
  readonly status: string;
  /** Sorted: branches take turns as they like. */
  readonly ledger: readonly string[];
  readonly logs: Readonly<Record<string, readonly string[]>>;
  readonly kills: number;
  readonly ms: number;
}

console.log(`seed ${seed}`);
const plain = await round([]);
let passed = 0;
let failed = 0;
for (let kills = 0; kills < wanted; ) {
  // One to three kills a run, some of them while an engine that was killed has only just come back.
  const moments = Array.from({ length: Math.min(1 + Math.floor(random() * 3), wanted - kills) }, () => random() * plain.ms);
  const result = await round(moments);
  const wrong = difference(result);
  kills += Math.max(1, result.kills);
  if (wrong === undefined) passed++;
  else failed++;
  const at = moments.map((moment) => `${moment.toFixed(0)} ms`).join(', ');
  console.log(
    `${wrong === undefined ? 'ok' : 'NOT OK'}  ${result.kills} of ${moments.length} kills (${at})${wrong ? `: ${wrong}` : ''}`,
  );
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** One run; after each of the moments the engine is killed and started again. */
async function round(moments: readonly number[]): Promise<Result> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'weft-crash-')));
  const root = join(folder, 'workspace');
  mkdirSync(root);
  let kills = 0;
  let engine = await start(root);
  const started = performance.now();
  try {
    const workflow = await saveWorkflow(engine.client, crashBody(folder));
    const path = { workflow_id: workflow.workflow_id };
    const { execution_id: run } = await engine.client.call('CreateWorkflowExecution', { path, body: {} });
    for (const moment of moments) {
      const ended = await Promise.race([followed(engine.client, run), pause(moment)]);
      if (ended) break;
      process.kill(engine.file.pid, 'SIGKILL');
      kills++;
      engine = await start(root);
    }
    const state = await followed(engine.client, run);
    const ms = performance.now() - started;
    const ledger = readFileSync(join(folder, 'ledger'), 'utf8').trim().split('\n').sort();
    const logs = Object.fromEntries(
      await Promise.all(state.steps.map(async (step) => [step.name, await logOf(engine.client, step.uuid)] as const)),
    );
    return { status: state.status, ledger, logs, kills, ms };
  } finally {
    await stopEngine(root);
    rmSync(folder, { recursive: true, force: true });
  }
}

function start(root: string): Promise<LocalEngine> {
  return startEngine({ root, enginePath, execPath: process.execPath, version, timeoutMs: 60_000 });
}

/** Resolves when the run has ended; never, where its engine is killed. */
async function followed(client: Client, run: string): Promise<RunState> {
  let state: RunState | undefined;
  try {
    for await (const event of client.events({ after: 0, run, signal: new AbortController().signal })) {
      state = reduce(state, event);
      if (state && isEndedRun(state.status)) return state;
    }
  } catch {
    // The engine is gone.
  }
  return new Promise(() => {});
}

async function logOf(client: Client, step: string): Promise<readonly string[]> {
  return (await client.logLines(step, { first: 0, count: 10_000 })).lines;
}

/** What is not as in the uninterrupted run; undefined where all is. */
function difference({ status, ledger, logs }: Result): string | undefined {
  if (status !== 'completed') return `the run is ${status}`;
  if (ledger.join() !== plain.ledger.join()) return `the ledger has ${ledger.join(', ')}`;
  for (const step of stepNames) {
    const expected = Array.from({ length: lines }, (_, index) => `${step} ${index + 1}`);
    if (plain.logs[step]?.join('\n') !== expected.join('\n')) return `the log of ${step} is not whole even without a kill`;
    if (logs[step]?.join('\n') !== expected.join('\n')) return `the log of ${step} has ${logs[step]?.length} lines`;
  }
  return undefined;
}
