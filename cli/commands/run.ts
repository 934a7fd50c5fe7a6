// weft run FILE: checks the workflow, hands it to the engine, starts a run and follows it to its end.
// Exit: 0 completed, 1 errors in the workflow or a run that did not complete, 2 wrong usage or environment.
import { parseArgs } from 'node:util';
import type { NamedInput } from '../../core/api/service.ts';
import type { LocalEngineConfig } from '../../core/config/config.ts';
import { runRequest } from '../../core/config/run-request.ts';
import type { GivenValues } from '../../core/config/values-file.ts';
import type { Need } from '../../core/run/events.ts';
import type { RunState, StepState } from '../../core/run/reduce.ts';
import { checkValues, compileBody } from '../../loader/compile.ts';
import { configuredEngine, engineValues, type LoadedConfig, loadConfig } from '../../loader/load-config.ts';
import { workspaceRoot } from '../../loader/workspace-root.ts';
import type { Client } from '../../remote/client.ts';
import { saveWorkflow } from '../../remote/save-workflow.ts';
import { type Command, type Console, UsageError } from '../command.ts';
import { findRun, pathOf } from '../find-run.ts';
import { followRun } from '../follow-run.ts';
import { useEngine } from '../local-engine.ts';
import { ask, questionFor } from '../prompt.ts';
import { findingsOf, report } from '../report.ts';
import { givenValues } from '../run-values.ts';
import { openSource } from '../source-file.ts';

const options = {
  engine: { type: 'string' },
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
    '           [--scene S | --steps a,b | --from STEP [--reuse RUN]] [--engine NAME] [--label L] [--detach] [--json]',
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
    const read = openSource(console, name);
    const errors = read.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      report(findingsOf(read.file, read.source, errors, console), 'text', { ...console, out: console.err });
      return 1;
    }
    const loaded = loadConfig(workspaceRoot(read.file));
    const engine = localEngine(loaded, values.engine);
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
    const state = await follow(client, execution.execution_id, values.json, answered, console);
    return state.status === 'completed' ? 0 : 1;
  },
};

function localEngine(loaded: LoadedConfig, name: string | undefined): LocalEngineConfig {
  const engine = configuredEngine(loaded, name);
  const names = loaded.config.engines.map((each) => each.name);
  if (!engine) throw new UsageError(`${loaded.file} has no engine "${name}"; it has ${['local', ...names].join(', ')}`);
  if (engine.kind === 'local') return engine;
  throw new UsageError(`engine "${engine.name}" is the cloud service, which this version cannot run on; take --engine local`);
}

function sceneSteps(scenes: readonly { name: { text: string }; steps: readonly { text: string }[] }[], name: string | undefined) {
  if (name === undefined) return undefined;
  const scene = scenes.find((each) => each.name.text === name);
  if (scene) return scene.steps.map(({ text }) => text);
  const known = scenes.map((each) => `"${each.name.text}"`).join(', ');
  throw new UsageError(`the workflow has no scene "${name}"; ${known ? `it has ${known}` : 'it has none'}`);
}

/** Asks for what is missing where somebody can be asked; else all of it is the error. */
async function completed(given: GivenValues, missing: readonly Need[], console: Console): Promise<GivenValues> {
  if (missing.length === 0) return given;
  if (!console.interactive) {
    const list = missing.map(({ kind, name, type, description }) => {
      const option = kind === 'parameter' ? 'set' : kind;
      return `\n  --${option} ${name}=...  ${type}${description ? `: ${description}` : ''}`;
    });
    throw new UsageError(`the run needs values that have no default:${list.join('')}`);
  }
  const added: { [Section in keyof GivenValues]: GivenValues[Section][number][] } = {
    parameters: [],
    storages: [],
    data: [],
    answers: [],
  };
  for (const need of missing) {
    const text = await ask(questionFor(need), console, (answer) => (answer === '' ? 'A value is needed.' : undefined));
    added[need.kind === 'parameter' ? 'parameters' : need.kind === 'storage' ? 'storages' : 'data'].push({
      name: need.name,
      value: text,
      text,
    });
  }
  return {
    parameters: [...given.parameters, ...added.parameters],
    storages: [...given.storages, ...added.storages],
    data: [...given.data, ...added.data],
    answers: given.answers,
  };
}

async function earlierRun(client: Client, name: string | undefined, workflow: string): Promise<RunState> {
  if (name !== undefined) return findRun(client, name);
  const runs = (await client.call('ListRuns')).map(({ state }) => state).filter((run) => run.workflowName === workflow);
  const run = runs.at(-1);
  if (!run)
    throw new UsageError(`--from takes over results of an earlier run, and ${workflow} has none yet; run it once as a whole`);
  return run;
}

/** Ctrl-C stops the run and waits for its end; a second one ends this command at once. */
async function follow(
  client: Client,
  run: string,
  json: boolean,
  answered: ReadonlySet<string>,
  console: Console,
): Promise<RunState> {
  const onWaiting = (state: RunState, step: StepState) => answerStep(client, state, step, console);
  try {
    return await followRun({ client, run, json, onWaiting, answered }, console);
  } catch (error) {
    if (!console.signal.aborted) throw error;
    const { state } = await client.call('ShowRun', { path: { execution_id: run } });
    console.err(`stopping ${state.name}\n`);
    await client.call('CreateWorkflowExecutionsActions', { path: pathOf(state), body: { action_name: 'stop' } });
    const patient = { ...console, signal: new AbortController().signal };
    return followRun({ client, run, json, after: state.seq, logs: false }, patient);
  }
}

/** A step waits and nothing was prepared: somebody is asked, else the run is stopped and it is said what was missing. */
async function answerStep(client: Client, state: RunState, step: StepState, console: Console): Promise<void> {
  const path = { ...pathOf(state), step_execution_id: step.uuid };
  if (!console.interactive) {
    const list = step.needs.map(({ name, type }) => `${name} (${type})`).join(', ') || 'a person to continue it';
    console.err(
      `weft: step ${step.name} waits for ${list}; prepare it with --answers FILE (answers: {${step.name}: ...}). The run is stopped.\n`,
    );
    await client.call('CreateWorkflowExecutionsActions', { path: pathOf(state), body: { action_name: 'stop' } });
    return;
  }
  const parameters: NamedInput[] = [];
  const data: NamedInput[] = [];
  for (const need of step.needs.filter(({ kind }) => kind !== 'work')) {
    const text = await ask(questionFor(need), console, (answer) => (answer === '' ? 'A value is needed.' : undefined));
    (need.kind === 'parameter' ? parameters : data).push({ name: need.name, value: text });
  }
  if (step.needs.every(({ kind }) => kind === 'work')) {
    await ask(`${step.name} waits for its work to be done. Enter continues it\n> `, console, () => undefined);
  }
  await client.call('CreateWorkflowStepExecutionsActions', {
    path,
    body: { action_name: 'continue', parameters, data_requirements: data },
  });
}
