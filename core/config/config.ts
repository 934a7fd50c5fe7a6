// `weft.config.yaml`: engines, where buckets lie on this machine, and what stands locally for what only exists in the cloud.
// Reading is total: what is missing or wrong is absent from the result and reported beside it.
import { configShape } from '../generated/shapes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { entriesOf, itemsOf, type Json, jsonOf, member, numberOf, textOf } from './members.ts';
import { readSettings } from './read-settings.ts';

export const configFileName = 'weft.config.yaml';

export interface WeftConfig {
  /** In order of the file. Empty: there is only the local engine, with defaults. */
  readonly engines: readonly EngineConfig[];
  readonly defaultEngine: string;
  readonly buckets: readonly BucketConfig[];
  /** In order of the file; the first that fits counts. */
  readonly bindings: readonly Binding[];
}

export type EngineConfig = LocalEngineConfig | ServiceEngineConfig;

export interface LocalEngineConfig {
  readonly kind: 'local';
  readonly name: string;
  readonly maxParallelSteps?: number;
  readonly maxRunsPerWorkflow?: number;
  readonly executor: ExecutorConfig;
  /** Path of a values file, relative to the folder of the configuration. */
  readonly values?: string;
}

export interface ServiceEngineConfig {
  readonly kind: 'modelarts';
  readonly name: string;
  readonly region?: string;
  readonly projectId?: string;
  readonly workspaceId?: string;
  /** Where local code is uploaded to. */
  readonly staging?: string;
  readonly endpoint?: string;
  /** Address of the object store, where it does not follow from the region. */
  readonly obsEndpoint?: string;
  /** Address of the identity service, where it does not follow from the region. */
  readonly iamEndpoint?: string;
  readonly values?: string;
}

/** `process`, or another executor with its settings by the file's names. */
export interface ExecutorConfig {
  readonly kind: string;
  readonly settings: { readonly [name: string]: Json };
}

export interface BucketConfig {
  readonly name: string;
  /** A folder or an archive, relative to the folder of the configuration. */
  readonly path: string;
}

export interface Binding {
  readonly to: BindingTarget;
  readonly use: BindingUse;
}

export type BindingTarget =
  | {
      readonly kind: 'algorithm';
      readonly subscriptionId?: string;
      readonly itemVersionId?: string;
      readonly algorithmId?: string;
    }
  | { readonly kind: 'step' | 'image' | 'flavor' | 'model' | 'cluster'; readonly name: string };

export interface BindingUse {
  readonly codeDir?: string;
  readonly command?: string;
  readonly bootFile?: string;
  /** A folder that the outputs are taken from. */
  readonly mock?: string;
  readonly cpus?: number;
  readonly memoryMb?: number;
  readonly gpus?: number;
  readonly environments: readonly { readonly name: string; readonly value: string }[];
}

export interface ReadConfig {
  readonly config: WeftConfig;
  readonly findings: readonly Diagnostic[];
}

export const defaultConfig: WeftConfig = { engines: [], defaultEngine: 'local', buckets: [], bindings: [] };

export function readConfig(text: string): ReadConfig {
  const { tree, findings } = readSettings(text, configShape);
  const engines = entriesOf(member(tree, 'engines')).flatMap((entry) => readEngine(entry.key.text, entry.value));
  const config: WeftConfig = {
    engines,
    defaultEngine: textOf(member(tree, 'default_engine')) ?? engines[0]?.name ?? defaultConfig.defaultEngine,
    buckets: entriesOf(member(tree, 'buckets')).flatMap((entry) => {
      const path = textOf(entry.value);
      return path === undefined ? [] : [{ name: entry.key.text, path }];
    }),
    bindings: itemsOf(member(tree, 'bindings')).flatMap(readBinding),
  };
  return { config, findings };
}

/** The engine of that name, or the default one. `local` always exists. Undefined for another name that the file does not have. */
export function engineOf(config: WeftConfig, name: string = config.defaultEngine): EngineConfig | undefined {
  const found = config.engines.find((engine) => engine.name === name);
  return found ?? (name === 'local' ? { kind: 'local', name, executor: processExecutor } : undefined);
}

const processExecutor: ExecutorConfig = { kind: 'process', settings: {} };

function readEngine(name: string, node: SyntaxNode | undefined): readonly EngineConfig[] {
  const values = optional('values', textOf(member(node, 'values')));
  switch (textOf(member(node, 'type'))) {
    case 'local':
      return [
        {
          kind: 'local',
          name,
          executor: readExecutor(member(node, 'executor')),
          ...optional('maxParallelSteps', positive(numberOf(member(node, 'max_parallel_steps')))),
          ...optional('maxRunsPerWorkflow', positive(numberOf(member(node, 'max_runs_per_workflow')))),
          ...values,
        },
      ];
    case 'modelarts':
      return [
        {
          kind: 'modelarts',
          name,
          ...optional('region', textOf(member(node, 'region'))),
          ...optional('projectId', textOf(member(node, 'project_id'))),
          ...optional('workspaceId', textOf(member(node, 'workspace_id'))),
          ...optional('staging', textOf(member(node, 'staging'))),
          ...optional('endpoint', textOf(member(node, 'endpoint'))),
          ...optional('obsEndpoint', textOf(member(node, 'obs_endpoint'))),
          ...optional('iamEndpoint', textOf(member(node, 'iam_endpoint'))),
          ...values,
        },
      ];
    default:
      return [];
  }
}

/** `docker`, or `{ slurm: { partition: ... } }`, or `slurm { ... }` written as `{ type: slurm, ... }`. */
function readExecutor(node: SyntaxNode | undefined): ExecutorConfig {
  if (node?.kind === 'scalar') return { kind: textOf(node) ?? 'process', settings: {} };
  if (node?.kind !== 'map') return processExecutor;
  const type = textOf(member(node, 'type'));
  const only = node.entries.length === 1 ? node.entries[0]! : undefined;
  if (type === undefined && only) return { kind: only.key.text, settings: settingsOf(only.value) };
  const { type: _, ...settings } = settingsOf(node);
  return type === undefined ? processExecutor : { kind: type, settings };
}

function settingsOf(node: SyntaxNode | undefined): { readonly [name: string]: Json } {
  return node?.kind === 'map' ? (jsonOf(node) as { readonly [name: string]: Json }) : {};
}

const namedTargets = ['step', 'image', 'flavor', 'model', 'cluster'] as const;

function readBinding(node: SyntaxNode): readonly Binding[] {
  const to = readTarget(node);
  const used = member(node, 'use');
  if (!to || used?.kind !== 'map') return [];
  const use: BindingUse = {
    ...optional('codeDir', textOf(member(used, 'code_dir'))),
    ...optional('command', textOf(member(used, 'command'))),
    ...optional('bootFile', textOf(member(used, 'boot_file'))),
    ...optional('mock', textOf(member(used, 'mock'))),
    ...optional('cpus', positive(numberOf(member(used, 'cpus')))),
    ...optional('memoryMb', positive(numberOf(member(used, 'memory_mb')))),
    ...optional('gpus', numberOf(member(used, 'gpus'))),
    environments: entriesOf(member(used, 'environments')).map((entry) => ({
      name: entry.key.text,
      value: textOf(entry.value) ?? '',
    })),
  };
  return [{ to, use }];
}

function readTarget(node: SyntaxNode): BindingTarget | undefined {
  const algorithm = member(node, 'algorithm');
  if (algorithm) {
    return {
      kind: 'algorithm',
      ...optional('subscriptionId', textOf(member(algorithm, 'subscription_id'))),
      ...optional('itemVersionId', textOf(member(algorithm, 'item_version_id'))),
      ...optional('algorithmId', textOf(member(algorithm, 'algorithm_id'))),
    };
  }
  for (const kind of namedTargets) {
    const name = textOf(member(node, kind));
    if (name !== undefined) return { kind, name };
  }
  return undefined;
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}

/** An object with the member, or without it where there is no value (exactOptionalPropertyTypes). */
function optional<Name extends string, T>(name: Name, value: T | undefined): { readonly [Key in Name]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: T };
}
