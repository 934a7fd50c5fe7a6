// weft runs list|show|follow|logs|metrics|compare|stop|retry|delete: the runs that an engine knows: the one of this workspace, or one in the cloud.
import { parseArgs } from 'node:util';
import { isEndedStep } from '../../core/run/status.ts';
import { compareRuns } from '../../core/views/compare-runs.ts';
import type { Client } from '../../remote/client.ts';
import { clientOf } from '../cloud.ts';
import { type Command, type Console, UsageError } from '../command.ts';
import { shortDuration } from '../duration.ts';
import { findRun, findStep, pathOf } from '../find-run.ts';
import { followRun } from '../follow-run.ts';
import { comparisonText, metricsJson, metricsText } from '../run-metrics.ts';
import { table } from '../table.ts';

type Verb = (client: Client, args: readonly string[], options: Options, console: Console) => Promise<number>;
interface Options {
  readonly json: boolean;
}

const verbs: Readonly<Record<string, Verb>> = { list, show, follow, logs, metrics, compare, stop, retry, delete: remove };

export const runsCommand: Command = {
  name: 'runs',
  usage: `runs ${Object.keys(verbs).join('|')} [RUN [STEP|RUN ...]] [--engine NAME] [--json]`,
  summary: {
    en: 'List runs, show or follow one, read its logs and metrics, compare several, stop, retry or delete one',
    zh: '查看、跟踪、对比、停止、重试或删除运行记录，读取日志与指标',
  },
  examples: [
    'weft runs list',
    'weft runs logs execution-003 train',
    'weft runs compare execution-002 execution-003',
    'weft runs retry execution-003 train',
    'weft runs list --engine prod',
  ],
  async run(args, console) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, engine: { type: 'string' }, credentials: { type: 'string' } },
      allowPositionals: true,
    });
    const [name, ...rest] = positionals;
    const verb = name !== undefined && Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (!verb) throw new UsageError(`weft runs knows ${Object.keys(verbs).join(', ')}${name ? `, and not "${name}"` : ''}`);
    const client = await clientOf(console, values.engine, values.credentials);
    return verb(client, rest, { json: values.json === true }, console);
  },
};

async function list(client: Client, _: readonly string[], { json }: Options, console: Console): Promise<number> {
  const runs = (await client.call('ListRuns')).map(({ state }) => state);
  if (json) console.out(`${JSON.stringify(runs)}\n`);
  else if (runs.length === 0) console.out('There are no runs yet: weft run FILE makes one.\n');
  else
    console.out(table(runs.map((run) => [run.id.slice(0, 8), run.workflowName, run.name, run.status, took(run), run.createdAt])));
  return 0;
}

async function show(client: Client, [name]: readonly string[], { json }: Options, console: Console): Promise<number> {
  const run = await findRun(client, name);
  if (json) {
    console.out(`${JSON.stringify(run)}\n`);
    return 0;
  }
  console.out(`${run.workflowName} ${run.name}: ${run.status}, ${took(run)}\n\n`);
  console.out(
    table(run.steps.map((step) => [step.name, step.type, step.status, took(step), step.error?.message ?? step.reason ?? ''])),
  );
  for (const { message, step } of run.warnings) console.out(`\nwarning${step ? ` at ${step}` : ''}: ${message}\n`);
  return 0;
}

async function logs(client: Client, [name, stepName]: readonly string[], _: Options, console: Console): Promise<number> {
  const run = await findRun(client, name);
  const step = findStep(run, stepName);
  for (let first = 0; ; ) {
    const wait = isEndedStep(step.status) ? 0 : 20_000;
    const answer = await client.logLines(step.uuid, { first, count: 5_000, waitMs: wait, signal: console.signal });
    if (answer.lines.length > 0) console.out(`${answer.lines.join('\n')}\n`);
    first = answer.first + answer.lines.length;
    if (answer.lines.length === 0 && (answer.ended || isEndedStep(step.status))) return 0;
  }
}

/** Its log from the begin, and everything that comes, to its end. */
async function follow(client: Client, [name]: readonly string[], { json }: Options, console: Console): Promise<number> {
  const run = await findRun(client, name);
  const state = await followRun({ client, run: run.id, json }, console);
  return state.status === 'completed' ? 0 : 1;
}

/** What its steps wrote to their metrics files, so far. */
async function metrics(client: Client, [name]: readonly string[], { json }: Options, console: Console): Promise<number> {
  const run = await findRun(client, name);
  console.out(json ? `${JSON.stringify(metricsJson(run))}\n` : metricsText(run));
  return 0;
}

async function compare(client: Client, names: readonly string[], { json }: Options, console: Console): Promise<number> {
  if (names.length < 2)
    throw new UsageError('name the runs to compare, two or more: weft runs compare execution-001 execution-002');
  const runs = await Promise.all(names.map((name) => findRun(client, name)));
  const heads = runs.map(({ id, name, workflowName }) => ({ id, name, workflowName }));
  if (json) console.out(`${JSON.stringify({ runs: heads, rows: compareRuns(runs, Date.now()) })}\n`);
  else console.out(comparisonText(runs, Date.now()));
  return 0;
}

async function stop(client: Client, [name]: readonly string[], _: Options, console: Console): Promise<number> {
  const run = await findRun(client, name);
  await client.call('CreateWorkflowExecutionsActions', { path: pathOf(run), body: { action_name: 'stop' } });
  console.out(`${run.name} is being stopped.\n`);
  return 0;
}

async function retry(client: Client, [name, stepName]: readonly string[], _: Options, console: Console): Promise<number> {
  const run = await findRun(client, name);
  const step = findStep(run, stepName);
  const path = { ...pathOf(run), step_execution_id: step.uuid };
  await client.call('CreateWorkflowStepExecutionsActions', { path, body: { action_name: 'retry' } });
  console.out(`${step.name} of ${run.name} runs again.\n`);
  return 0;
}

async function remove(client: Client, [name]: readonly string[], _: Options, console: Console): Promise<number> {
  const run = await findRun(client, name);
  await client.call('DeleteWorkflowExecution', { path: pathOf(run) });
  console.out(`${run.workflowName} ${run.name} is deleted, with its logs and outputs.\n`);
  return 0;
}

function took({ startedAt, endedAt }: { readonly startedAt?: string; readonly endedAt?: string }): string {
  if (startedAt === undefined) return '-';
  return shortDuration((endedAt === undefined ? Date.now() : Date.parse(endedAt)) - Date.parse(startedAt));
}
