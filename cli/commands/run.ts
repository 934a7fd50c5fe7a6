// weft run FILE: checks the workflow, hands it to the engine, starts a run and follows it to its end. In the cloud: releases it first.
// Exit: 0 completed, 1 errors in the workflow or a run that did not complete, 2 wrong usage or environment.
import { parseArgs } from 'node:util';
import { runRequest } from '../../core/config/run-request.ts';
import type { RunState } from '../../core/run/reduce.ts';
import type { Client } from '../../remote/client.ts';
import { saveWorkflow } from '../../remote/save-workflow.ts';
import { connectCloud } from '../cloud.ts';
import { runInCloud } from '../cloud-run.ts';
import { type Command, UsageError } from '../command.ts';
import { findRun } from '../find-run.ts';
import { useEngine } from '../local-engine.ts';
import { readyRun, runOptions } from '../ready-run.ts';
import { runToEnd } from '../run-to-end.ts';

const options = {
  ...runOptions,
  credentials: { type: 'string' },
  label: { type: 'string', multiple: true, default: [] as string[] },
  json: { type: 'boolean', default: false },
  detach: { type: 'boolean', default: false },
} as const;

export const runCommand: Command = {
  name: 'run',
  usage:
    'run FILE [--set name=value]... [--data name=JSON]... [--storage name=PATH]... [--params FILE] [--answers FILE]\n' +
    '           [--scene S | --steps a,b | --from STEP [--reuse RUN]] [--engine NAME [--credentials FILE]] [--label L] [--detach] [--json]',
  summary: { en: 'Run a workflow and follow it', zh: '运行工作流并跟踪其过程' },
  examples: [
    'weft run digits.workflow.yaml',
    'weft run digits.workflow.yaml --set epochs=3 --scene "train only"',
    'weft run digits.workflow.yaml --from export_wide',
  ],
  async run(args, console) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const ready = await readyRun('run', positionals, values, console);
    if (!ready) return 1;
    const { read, loaded, engine, body, chosen, values: complete } = ready;

    if (engine.kind === 'modelarts') {
      if (values.steps !== undefined || values.from !== undefined)
        throw new UsageError(`engine "${engine.name}" runs whole workflows and scenes: name a scene with --scene`);
      const service = await connectCloud(console, loaded, engine, values.credentials);
      const { label: labels, json, detach, scene } = values;
      const release = { read, loaded, engine, service, values: complete, update: true, yes: true };
      return runInCloud(release, { labels, json, detach, ...(scene !== undefined && { scene }) }, console);
    }

    const { client } = await useEngine(console, read.file);
    const reuse = values.from === undefined ? undefined : await earlierRun(client, values.reuse, String(body['name']));
    const workflow = await saveWorkflow(client, body, console.signal);
    const request = runRequest(complete, {
      ...(values.scene !== undefined && { scene: values.scene }),
      labels: values.label,
      options: {
        ...(chosen && { steps: chosen }),
        ...(reuse && { reuse: reuse.id, rerun: [values.from!] }),
      },
    });
    const path = { workflow_id: workflow.workflow_id };
    const execution = await client.call('CreateWorkflowExecution', { path, body: request, signal: console.signal });
    if (values.detach) {
      console.out(values.json ? `${JSON.stringify(execution)}\n` : `${execution.name}\n`);
      return 0;
    }
    const answered = new Set(complete.answers.map((answer) => answer.name));
    const state = await runToEnd({ client, run: execution.execution_id, json: values.json, answered }, console);
    return state.status === 'completed' ? 0 : 1;
  },
};

async function earlierRun(client: Client, name: string | undefined, workflow: string): Promise<RunState> {
  if (name !== undefined) return findRun(client, name);
  const runs = (await client.call('ListRuns')).map(({ state }) => state).filter((run) => run.workflowName === workflow);
  const run = runs.at(-1);
  if (!run)
    throw new UsageError(`--from takes over results of an earlier run, and ${workflow} has none yet; run it once as a whole`);
  return run;
}
