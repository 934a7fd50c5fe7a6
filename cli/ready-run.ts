// What `weft run` and `weft debug` need before a run can begin: the file read and compiled, the values put together, what is missing
// asked for. Options that both have stand here once.
import type { EngineConfig } from '../core/config/config.ts';
import type { GivenValues } from '../core/config/values-file.ts';
import { checkValues, compileBody } from '../loader/compile.ts';
import { engineValues, type LoadedConfig, loadConfig } from '../loader/load-config.ts';
import type { WorkflowSource } from '../loader/source.ts';
import { workspaceRoot } from '../loader/workspace-root.ts';
import { engineNamed } from './cloud.ts';
import { type Console, UsageError } from './command.ts';
import { completed } from './missing-values.ts';
import { findingsOf, report } from './report.ts';
import { givenValues, type ValueOptions } from './run-values.ts';
import { sceneSteps } from './scene-steps.ts';
import { openSource } from './source-file.ts';

/** For `parseArgs`. */
export const runOptions = {
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
} as const;

export interface RunOptions extends ValueOptions {
  readonly engine?: string;
  readonly scene?: string;
  /** Names with commas in between. */
  readonly steps?: string;
  readonly from?: string;
}

export interface ReadyRun {
  readonly read: WorkflowSource;
  readonly loaded: LoadedConfig;
  readonly engine: EngineConfig;
  readonly body: ReturnType<typeof compileBody>;
  /** Those that `--steps` names. */
  readonly chosen: readonly string[] | undefined;
  readonly values: GivenValues;
}

/** Undefined when the workflow has errors, which are reported then. Throws a UsageError for what cannot be. */
export async function readyRun(
  command: string,
  positionals: readonly string[],
  options: RunOptions,
  console: Console,
): Promise<ReadyRun | undefined> {
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new UsageError(`name one workflow file: weft ${command} FILE`);
  if ([options.scene, options.steps, options.from].filter((each) => each !== undefined).length > 1)
    throw new UsageError('--scene, --steps and --from choose the steps in different ways; give one of them');
  const read = await openSource(console, name);
  const errors = read.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    report(findingsOf(read.file, read.source, errors, console), 'text', { ...console, out: console.err });
    return undefined;
  }
  const loaded = loadConfig(workspaceRoot(read.file));
  const engine = engineNamed(loaded, options.engine);
  const body = compileBody(read, engine, loaded.root);
  const scene = sceneSteps(read.workflow.scenes, options.scene);
  const chosen = options.steps?.split(',').map((each) => each.trim());
  const known = read.workflow.steps.map((step) => step.name.text);
  for (const step of [...(chosen ?? []), ...(options.from ? [options.from] : [])]) {
    if (!known.includes(step)) throw new UsageError(`${name} has no step "${step}"; it has ${known.join(', ')}`);
  }
  const given = givenValues(options, engineValues(loaded, engine), console);
  const { missing, problems } = checkValues(body, given, chosen ?? scene);
  if (problems.length > 0) throw new UsageError(problems.join('\n      '));
  return { read, loaded, engine, body, chosen, values: await completed(given, missing, console) };
}
