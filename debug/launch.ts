// From a launch configuration to a run that can be begun: the file compiled, the values put together and checked, the engine found or
// started. The same as `weft run`, with the configuration in the place of the command line.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionRequest, WeftDebugOptions } from '../core/api/service.ts';
import { runRequest } from '../core/config/run-request.ts';
import { type GivenValue, type GivenValues, mergeValues, noValues } from '../core/config/values-file.ts';
import type { Json } from '../core/config/members.ts';
import type { WorkflowBody } from '../core/api/service.ts';
import { isEndedRun } from '../core/run/status.ts';
import { checkValues } from '../loader/compile.ts';
import { configuredEngine, engineValues, type LoadedValues, loadConfig, loadValues } from '../loader/load-config.ts';
import { withFileUris } from '../loader/values-paths.ts';
import { workspaceRoot } from '../loader/workspace-root.ts';
import type { Client } from '../remote/client.ts';
import { startEngine } from '../remote/local.ts';
import { saveWorkflow } from '../remote/save-workflow.ts';
import manifest from '../package.json' with { type: 'json' };
import type { Program } from './program.ts';

/** Members of a launch configuration. No credentials: the engine is this machine's. */
export interface LaunchArguments {
  /** The workflow file; `program` is taken too. */
  readonly file?: string;
  readonly program?: string;
  /** A local engine of weft.config.yaml; the default one when absent. */
  readonly engine?: string;
  /** A values file, or what one holds: `parameters`, `data`, `storages`, `answers`. */
  readonly values?: string | Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly scene?: string;
  readonly steps?: readonly string[];
  /** This step and what follows it; the rest is taken over from an earlier run. */
  readonly from?: string;
  /** With `from`: id or name of that run; the newest one of the workflow with results when absent. */
  readonly reuse?: string;
  readonly stopOnEntry?: boolean;
  /** What relative paths are relative to. */
  readonly cwd?: string;
  /** The editor's folder that holds the file, where no weft.config.yaml is found upward. */
  readonly editorFolder?: string;
  /** Run without holding anything. */
  readonly noDebug?: boolean;
  /** The run stays as it is, held or not, when the client leaves without saying what is to become of it: VS Code at a reload. */
  readonly outlives?: boolean;
}

export interface Prepared {
  readonly client: Client;
  /** Begins the run and resolves with its id. */
  begin(debug: WeftDebugOptions | undefined): Promise<string>;
}

/** Rejects with an Error whose message says what is wrong or missing, and where. */
export async function prepare(program: Program, given: LaunchArguments): Promise<Prepared> {
  if (program.errors.length > 0) {
    throw new Error(`The workflow has errors, so it cannot run:\n${program.errors.join('\n')}`);
  }
  const loaded = loadConfig(workspaceRoot(program.file, given.editorFolder));
  const engine = configuredEngine(loaded, given.engine);
  if (!engine) throw new Error(`${loaded.file} has no engine "${given.engine}".`);
  if (engine.kind !== 'local') {
    throw new Error(`Engine "${engine.name}" is the cloud service, which cannot hold steps: debug with a local engine.`);
  }
  const body = program.body(engine, loaded.root);
  const steps = stepsOf(program, given);
  const values = mergeValues(valuesOf(given), fromFile(engineValues(loaded, engine)));
  const { missing, problems } = checkValues(body, values, steps);
  const lacks = missing.map(({ kind, name, type }) => `the run needs a value for ${kind} "${name}" (${type})`);
  if (problems.length + lacks.length > 0) throw new Error(`The run cannot begin: ${[...problems, ...lacks].join('; ')}.`);
  const { client } = await startEngine({
    root: loaded.root,
    enginePath: enginePath(),
    execPath: process.execPath,
    version: manifest.version,
  });
  const reuse = given.from === undefined ? undefined : await earlierRun(client, String(body['name']), given.from, given.reuse);
  return { client, begin: (debug) => begin(client, body, requestOf(values, given, { reuse, debug })) };
}

/** Undefined where all run that there are. */
function stepsOf(program: Program, { scene, steps, from }: LaunchArguments): readonly string[] | undefined {
  const given = Object.entries({ scene, steps, from }).filter(([, value]) => value !== undefined);
  if (given.length > 1) {
    const names = given.map(([name]) => `"${name}"`).join(' and ');
    throw new Error(`${names} choose the steps in different ways: the launch configuration can have one of them.`);
  }
  const known = program.steps.map(({ name }) => name);
  const wrong = [...(steps ?? []), ...(from === undefined ? [] : [from])].find((name) => !known.includes(name));
  if (wrong !== undefined) throw new Error(`${program.file} has no step "${wrong}"; it has ${known.join(', ')}.`);
  return steps ?? sceneSteps(program, scene);
}

/** Id of the run whose results are taken over. */
async function earlierRun(client: Client, workflow: string, from: string, wanted: string | undefined): Promise<string> {
  const runs = (await client.call('ListRuns')).map(({ state }) => state).filter(({ workflowName }) => workflowName === workflow);
  const found = runs.findLast((run) =>
    wanted === undefined
      ? isEndedRun(run.status) && run.steps.some(({ status }) => status === 'completed')
      : run.id === wanted || run.name === wanted,
  );
  if (found) return found.id;
  throw new Error(
    wanted === undefined
      ? `"from" takes over what ran before "${from}" from an earlier run, and ${workflow} has none with results: debug it as a whole once.`
      : `The engine has no run "${wanted}" of ${workflow} whose results could be taken over.`,
  );
}

async function begin(client: Client, body: WorkflowBody, request: ExecutionRequest): Promise<string> {
  const { workflow_id } = await saveWorkflow(client, body);
  return (await client.call('CreateWorkflowExecution', { path: { workflow_id }, body: request })).execution_id;
}

function requestOf(
  values: GivenValues,
  { scene, steps: chosen, from }: LaunchArguments,
  { reuse, debug }: { readonly reuse: string | undefined; readonly debug: WeftDebugOptions | undefined },
): ExecutionRequest {
  return runRequest(values, {
    ...(scene !== undefined && { scene }),
    options: {
      ...(chosen && { steps: chosen }),
      ...(reuse !== undefined && { reuse, rerun: [from!] }),
      ...(debug && { debug }),
    },
  });
}

function sceneSteps({ workflow, file }: Program, scene: string | undefined): readonly string[] | undefined {
  if (scene === undefined) return undefined;
  const found = workflow.scenes.find(({ name }) => name.text === scene);
  if (found) return found.steps.map(({ text }) => text);
  const known = workflow.scenes.map(({ name }) => `"${name.text}"`).join(', ') || 'none';
  throw new Error(`${file} has no scene "${scene}"; it has ${known}.`);
}

function valuesOf({ values, cwd = process.cwd() }: LaunchArguments): GivenValues {
  if (values === undefined) return noValues;
  if (typeof values === 'string') return fromFile(loadValues(resolve(cwd, values)));
  const section = (name: keyof GivenValues): readonly GivenValue[] =>
    Object.entries(values[name] ?? {}).map(([key, value]) => ({
      name: key,
      value,
      ...(typeof value !== 'object' && { text: String(value) }),
    }));
  const unknown = Object.keys(values).filter((name) => !Object.hasOwn(noValues, name));
  if (unknown.length > 0) {
    throw new Error(`"values" has ${unknown.join(', ')}; its members are parameters, data, storages and answers.`);
  }
  const given = {
    parameters: section('parameters'),
    data: section('data'),
    storages: section('storages'),
    answers: section('answers'),
  };
  return withFileUris(given, cwd);
}

function fromFile({ file, values, findings }: LoadedValues): GivenValues {
  const wrong = findings.find(({ severity }) => severity === 'error');
  if (wrong) throw new Error(`${file}: ${wrong.message.en}`);
  return withFileUris(values, dirname(file));
}

/** The bundled engine beside the bundled adapter, or the source beside the source. */
function enginePath(): string {
  const files = ['../engine/main.mjs', '../engine/main.ts'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const found = files.find((file) => existsSync(file));
  if (!found) throw new Error(`The engine's program is missing: neither ${files.join(' nor ')} is there.`);
  return found;
}
