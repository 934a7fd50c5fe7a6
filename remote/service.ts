// A cloud engine of weft.config.yaml with keys -> a client of the service that signs each call, and who that is.
// The project is the configured one, else the one that the identity service knows for the region, as the SDK does it.
import type { ServiceEngineConfig } from '../core/config/config.ts';
import { type Client, createClient, RemoteError } from './client.ts';
import { type Credentials, masked, shownKey } from './credentials.ts';
import { type Endpoints, endpointsOf } from './endpoints.ts';
import { stopped } from './release-error.ts';
import { keySigner } from './signing.ts';
import { exchange, type RetryPolicy } from './transport.ts';

export interface Service {
  readonly engine: ServiceEngineConfig;
  readonly endpoints: Endpoints;
  readonly keys: Credentials;
  readonly client: Client;
  readonly projectId: string;
  /** "0" is the default workspace. */
  readonly workspaceId: string;
  /** Who this is, for people: the user of the key file, the key's ends, the account where it is known. */
  readonly account: string;
}

export interface ServiceOptions {
  readonly retry?: RetryPolicy;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
}

/** Slower than to an engine on this machine: the gateway counts calls per minute. Source: API reference 4, throttling. */
export const serviceRetry: RetryPolicy = { attempts: 5, firstDelayMs: 500, longestDelayMs: 20_000 };

/** Rejects with ReleaseError or EndpointError; calls the identity service only where the engine names no project. */
export async function connectService(
  engine: ServiceEngineConfig,
  keys: Credentials,
  options: ServiceOptions = {},
): Promise<Service> {
  const endpoints = endpointsOf(engine);
  const project =
    engine.projectId !== undefined
      ? { id: engine.projectId }
      : await findProject(engine, endpoints, keys, options).catch((error: unknown) => stopped(error, 'look', { keys, engine }));
  const client = createClient({
    baseUrl: endpoints.service,
    projectId: project.id,
    sign: keySigner(keys, project.id, options.now),
    mask: (text) => masked(text, keys),
    retry: options.retry ?? serviceRetry,
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  });
  const account = [keys.user, `access key ${shownKey(keys.accessKey)}`, project.account && `account ${project.account}`];
  return {
    engine,
    endpoints,
    keys,
    client,
    projectId: project.id,
    workspaceId: engine.workspaceId ?? '0',
    account: account.filter((part) => part).join(', '),
  };
}

interface Project {
  readonly id: string;
  readonly account?: string;
}

/** Source: API reference 3.1: the project whose name is the region; none or several is an error. */
async function findProject(
  engine: ServiceEngineConfig,
  endpoints: Endpoints,
  keys: Credentials,
  options: ServiceOptions,
): Promise<Project> {
  const region = engine.region;
  if (region === undefined)
    throw new RemoteError(0, 'project', `engine "${engine.name}" names neither project_id nor region, so its project is unknown`);
  const request = {
    method: 'GET',
    url: `${endpoints.identity}/v3/projects?${new URLSearchParams({ name: region })}`,
    headers: { accept: 'application/json' },
    sign: keySigner(keys, undefined, options.now),
    idempotent: true,
    timeoutMs: options.timeoutMs ?? 30_000,
    ...(options.signal && { signal: options.signal }),
  };
  const { projects = [] } = await exchange(
    request,
    options.retry ?? serviceRetry,
    (response) => response.json() as Promise<Projects>,
  );
  const [found, ...more] = projects;
  if (!found || more.length > 0) {
    const what = found ? `${projects.length} projects are named ${region}` : `no project is named ${region}`;
    throw new RemoteError(0, 'project', `${what} for these keys; add "project_id: ..." to engine "${engine.name}"`);
  }
  return { id: found.id, ...(found.domain_id && { account: found.domain_id }) };
}

interface Projects {
  readonly projects?: readonly { readonly id: string; readonly name: string; readonly domain_id?: string }[];
}
