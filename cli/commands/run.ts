// weft run FILE: checks the workflow, hands it to the engine, starts a run and follows it to its end. In the cloud: releases it first.
// Exit: 0 completed, 1 errors in the workflow or a run that did not complete, 2 wrong usage or environment.
import { parseArgs } from 'node:util';
import { runRequest } from '../../core/config/run-request.ts';
import type { RunState } from '../../core/run/reduce.ts';
import { checkValues, compileBody } from '../../loader/compile.ts';
import { engineValues, loadConfig } from '../../loader/load-config.ts';
import { workspaceRoot } from '../../loader/workspace-root.ts';
import type { Client } from '../../remote/client.ts';
import { saveWorkflow } from '../../remote/save-workflow.ts';
import { connectCloud, engineNamed } from '../cloud.ts';
import { runInCloud } from '../cloud-run.ts';
import { type Command, UsageError } from '../command.ts';
import { findRun } from '../find-run.ts';
import { useEngine } from '../local-engine.ts';
import { completed } from '../missing-values.ts';
import { findingsOf, report } from '../report.ts';
import { runToEnd } from '../run-to-end.ts';
import { givenValues } from '../run-values.ts';
import { sceneSteps } from '../scene-steps.ts';
import { openSource } from '../source-file.ts';

const options = {
  engine: { type: 'string' },
  credentials: { type: 'string' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  data: { type: 'string', multiple: true, default: [] as string[] },
  storage: { type: 'string', multiple: true, default: [] as string[] },
  params: { type: 'string' },
  answers: { type: 'string' },
  scene: { type: 'string' },
  steps: { type: 'string' },
  from: { type: 'string' },
  reuse: { type: 'string' },
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
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new UsageError('name one workflow file: weft run FILE');
    if ([values.scene, values.steps, values.from].filter((each) => each !== undefined).length > 1)
      throw new UsageError('--scene, --steps and --from choose the steps in different ways; give one of them');
    const read = await openSource(console, name);
    const errors = read.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      report(findingsOf(read.file, read.source, errors, console), 'text', { ...console, out: console.err });
      return 1;
    }
    const loaded = loadConfig(workspaceRoot(read.file));
    const engine = engineNamed(loaded, values.engine);
    const body = compileBody(read, engine, loaded.root);
    const scene = sceneSteps(read.workflow.scenes, values.scene);
    const steps = values.steps?.split(',').map((each) => each.trim()) ?? scene;
    const known = read.workflow.steps.map((step) => step.name.text);
    for (const step of [...(values.steps ? steps! : []), ...(values.from ? [values.from] : [])]) {
      if (!known.includes(step)) throw new UsageError(`${name} has no step "${step}"; it has ${known.join(', ')}`);
    }
    const given = givenValues(values, engineValues(loaded, engine), console);
    const { missing, problems } = checkValues(body, given, steps);
    if (problems.length > 0) throw new UsageError(problems.join('\n      '));
    const complete = await completed(given, missing, console);

    if (engine.kind === 'modelarts') {
      if (values.steps !== undefined || values.from !== undefined)
        throw new UsageError(`engine "${engine.name}" runs whole workflows and scenes: name a scene with --scene`);
      const service = await connectCloud(console, loaded, engine, values.credentials);
      const { label: labels, json, detach, scene: chosen } = values;
      const release = { read, loaded, engine, service, values: complete, update: true, yes: true };
      return runInCloud(release, { labels, json, detach, ...(chosen !== undefined && { scene: chosen }) }, console);
    }

    const { client } = await useEngine(console, read.file);
    const reuse = values.from === undefined ? undefined : await earlierRun(client, values.reuse, String(body['name']));
    const workflow = await saveWorkflow(client, body, console.signal);
    const request = runRequest(complete, {
      ...(values.scene !== undefined && { scene: values.scene }),
      labels: values.label,
      options: {
        ...(values.steps !== undefined && { steps: steps! }),
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
