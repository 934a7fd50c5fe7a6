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
  readonly stopOnEntry?: boolean;
  /** What relative paths are relative to. */
  readonly cwd?: string;
  /** The editor's folder that holds the file, where no weft.config.yaml is found upward. */
  readonly editorFolder?: string;
  /** Run without holding anything. */
  readonly noDebug?: boolean;
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
  const steps = given.steps ?? sceneSteps(program, given.scene);
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
  return { client, begin: (debug) => begin(client, body, requestOf(values, given, steps, debug)) };
}

async function begin(client: Client, body: WorkflowBody, request: ExecutionRequest): Promise<string> {
  const { workflow_id } = await saveWorkflow(client, body);
  return (await client.call('CreateWorkflowExecution', { path: { workflow_id }, body: request })).execution_id;
}

function requestOf(
  values: GivenValues,
  { scene, steps: chosen }: LaunchArguments,
  steps: readonly string[] | undefined,
  debug: WeftDebugOptions | undefined,
): ExecutionRequest {
  return runRequest(values, {
    ...(scene !== undefined && { scene }),
    options: { ...(chosen && { steps: steps! }), ...(debug && { debug }) },
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
