// The cloud for a command: the engine that is named, the keys that are found, and a client with the face of a local engine's.
import type { EngineConfig, ServiceEngineConfig } from '../core/config/config.ts';
import { configuredEngine, type LoadedConfig, loadConfig } from '../loader/load-config.ts';
import { workspaceRoot } from '../loader/workspace-root.ts';
import type { Client } from '../remote/client.ts';
import { type CloudClient, cloudClient } from '../remote/cloud-client.ts';
import { findCredentials } from '../remote/credentials.ts';
import { readReleases } from '../remote/release-record.ts';
import { connectService, type Service } from '../remote/service.ts';
import { resolve } from 'node:path';
import { describeFailure } from './failure.ts';
import { type Console, UsageError } from './command.ts';
import { needEngine } from './local-engine.ts';

/** Throws a UsageError for a name that the configuration does not have. Without a name: the default one. */
export function engineNamed(loaded: LoadedConfig, name: string | undefined): EngineConfig {
  const engine = configuredEngine(loaded, name);
  if (engine) return engine;
  const names = loaded.config.engines.map((each) => each.name);
  throw new UsageError(`${loaded.file} has no engine "${name}"; it has ${[...new Set(['local', ...names])].join(', ')}`);
}

/** The cloud engine of that name; without a name the only one there is. Throws a UsageError that says what to write. */
export function cloudEngine(loaded: LoadedConfig, name: string | undefined): ServiceEngineConfig {
  const known = loaded.config.engines.filter((engine) => engine.kind === 'modelarts');
  if (name === undefined) {
    if (known.length === 1) return known[0]!;
    if (known.length > 1)
      throw new UsageError(`say which engine: --engine ${known.map((each) => each.name).join(' or --engine ')}`);
    throw new UsageError(
      `${loaded.file} names no engine in the cloud; add one, such as\n` +
        '  engines:\n    prod: { type: modelarts, region: cn-north-4, staging: /my-bucket/weft/ }',
    );
  }
  const engine = engineNamed(loaded, name);
  if (engine.kind === 'modelarts') return engine;
  throw new UsageError(`engine "${engine.name}" is on this machine, and a release goes to one of type modelarts`);
}

/** `credentials`: a credentials.csv that the user names. Rejects with CredentialsError, EndpointError or ReleaseError. */
export function connectCloud(
  console: Console,
  loaded: LoadedConfig,
  engine: ServiceEngineConfig,
  credentials: string | undefined,
): Promise<Service> {
  const keys = findCredentials({
    env: process.env,
    root: loaded.root,
    ...(credentials !== undefined && { file: resolve(console.cwd, credentials) }),
  });
  return connectService(engine, keys, { signal: console.signal });
}

/** Runs of the service as a local engine would give them. */
export function cloudRuns(console: Console, root: string, service: Service): CloudClient {
  const sources = new Map(readReleases(root).map(({ workflowId, source }) => [workflowId, source]));
  let troubled = false;
  return cloudClient(service, {
    source: (id) => sources.get(id),
    onTrouble(error) {
      if (!troubled) console.err(`weft: ${describeFailure(error)}; looking again\n`);
      troubled = true;
    },
  });
}

/** The client of the engine that `--engine` names: of the cloud, or of the engine that runs on this machine. */
export async function clientOf(console: Console, name: string | undefined, credentials: string | undefined): Promise<Client> {
  const loaded = loadConfig(workspaceRoot(console.cwd));
  const engine = name === undefined ? undefined : engineNamed(loaded, name);
  if (engine?.kind !== 'modelarts') return (await needEngine(console)).client;
  return cloudRuns(console, loaded.root, await connectCloud(console, loaded, engine, credentials));
}
