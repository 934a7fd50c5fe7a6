// Services of this workspace: for each a router process with a lasting address, and a process per model behind it. All of them are
// started through the launcher, so they outlive the engine; the next one finds them by their keys.
// S1. What is going to be started is recorded before it is started: starting again with the same key of a step goes on from there (R1).
// S2. Models of a new deployment take over when all of them answer; until then, and when they do not, the old ones serve.
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WeftService } from '../../core/api/weft.ts';
import type { Command, Executor, Outcome } from '../executors/executor.ts';
import { becomesReady, freePort } from '../services/readiness.ts';
import type { RecordStore } from '../store/records.ts';

export interface ServiceRecord {
  readonly id: string;
  readonly name: string;
  readonly status: WeftService['status'];
  /** Why it failed. */
  readonly message?: string;
  readonly createdAt: string;
  /** Of the router; kept while the service exists. */
  readonly port: number;
  /** Counts deployments: each has folders and keys of its own. */
  readonly generation: number;
  readonly router?: Instance;
  /** Those that serve. */
  readonly live: readonly ModelInstance[];
  /** Those that are being started, and the key of the step that does it. */
  readonly coming?: { readonly key: string; readonly instances: readonly ModelInstance[] };
  /** The step whose models serve. */
  readonly deployedBy?: string;
}

export interface Instance {
  /** The executor's. */
  readonly key: string;
  /** Absolute: log and exit status. */
  readonly folder: string;
  readonly port: number;
}

export interface ModelInstance extends Instance {
  readonly name: string;
  readonly version: string;
  readonly weight: number;
  readonly predictPath: string;
}

export interface ModelToServe {
  readonly name: string;
  readonly version: string;
  readonly weight: number;
  readonly command: Command;
  /** Absolute; exists. */
  readonly cwd: string;
  /** PORT and HOST are added. */
  readonly environment: Readonly<Record<string, string>>;
  readonly health: { readonly path: string; readonly strict: boolean };
  readonly predictPath: string;
}

export interface Deployment {
  /** Of the step: the same deployment is not made twice. */
  readonly key: string;
  readonly name: string;
  readonly models: readonly ModelToServe[];
  /** Told where the log of the first model will be. */
  readonly onLog?: (folder: string) => void;
  readonly signal: AbortSignal;
}

export interface Services {
  list(): readonly ServiceRecord[];
  find(service: { readonly id?: string | undefined; readonly name?: string | undefined }): ServiceRecord | undefined;
  /** A new service, or new models for the one of that name. Rejects with NotServed, or with the signal's reason. */
  deploy(deployment: Deployment): Promise<ServiceRecord>;
  /** Undefined where there is no such service. */
  stop(id: string): Promise<ServiceRecord | undefined>;
  running(): number;
  recover(): Promise<void>;
  /** Leaves the processes going. */
  close(): Promise<void>;
  listed(): readonly WeftService[];
}

/** A model did not become ready; the old ones, if there are any, go on serving. */
export class NotServed extends Error {
  override readonly name = 'NotServed';
  /** Of the process that did not. */
  readonly folder: string;
  readonly outcome: Outcome | undefined;

  constructor(message: string, folder: string, outcome: Outcome | undefined) {
    super(message);
    this.folder = folder;
    this.outcome = outcome;
  }
}

export interface ServicesOptions {
  readonly records: RecordStore;
  readonly stateFolder: string;
  /** One of its own: nobody else listens to it. */
  readonly executor: Executor;
  /** PATH of the processes. */
  readonly path: () => string;
  readonly now: () => number;
}

const kind = 'service';
/** Loading a model may take long. */
const readyLimitMs = 300_000;
const graceMs = 5_000;

export function createServices(options: ServicesOptions): Services {
  const { records, stateFolder, executor } = options;
  const closing = new AbortController();
  /** How processes of this engine's time ended. */
  const ended = new Map<string, Outcome>();
  const endings = new Map<string, (outcome: Outcome) => void>();
  /** The end of the last change of a service, by name. */
  const turns = new Map<string, Promise<unknown>>();

  executor.onOutcome((key, outcome) => {
    ended.set(key, outcome);
    endings.get(key)?.(outcome);
    const service = list().find(({ router, live }) => router?.key === key || live.some((instance) => instance.key === key));
    if (service?.status === 'running' && !closing.signal.aborted) void fail(service, key, outcome);
  });

  const list = () => records.list(kind).map(({ record }) => record as ServiceRecord);
  const get = (id: string) => records.get(kind, id) as ServiceRecord | undefined;
  const put = (service: ServiceRecord) => {
    records.put(kind, service.id, service);
    return service;
  };
  const find: Services['find'] = ({ id, name }) =>
    list().find((service) => service.id === id) ?? list().find((service) => service.name === name);

  /** One change of a service at a time. */
  function inTurn<T>(name: string, change: () => Promise<T>): Promise<T> {
    const turn = (turns.get(name) ?? Promise.resolve()).then(change, change);
    turns.set(
      name,
      turn.catch(() => {}),
    );
    return turn;
  }

  async function deploy(deployment: Deployment): Promise<ServiceRecord> {
    const { key, name, models, signal } = deployment;
    const known = find({ name });
    if (known?.deployedBy === key && known.status === 'running') return known;
    const service = known?.coming?.key === key ? known : await announce(known, deployment);
    const instances = service.coming!.instances;
    deployment.onLog?.(instances[0]!.folder);
    try {
      for (const [index, instance] of instances.entries()) await start(service, instance, models[index]!);
      const routed = await withRouter(service);
      await Promise.all([
        ...instances.map((instance, index) => ready(instance, models[index]!.health, describe(instance), signal)),
        ready(routed.router!, { path: undefined, strict: false }, `the router of service "${name}"`, signal),
      ]);
      for (const instance of instances) {
        const outcome = ended.get(instance.key);
        if (outcome) throw new NotServed(`${describe(instance)} ended right after it had answered`, instance.folder, outcome);
      }
      writeRoutes(service.id, instances);
      const { coming: _, message: __, ...rest } = routed;
      const deployed = put({ ...rest, status: 'running', live: instances, deployedBy: key });
      await Promise.all(service.live.map((old) => executor.cancel(old.key, graceMs)));
      return deployed;
    } catch (error) {
      if (closing.signal.aborted) throw error; // The next engine goes on with it.
      await giveUp(service.id, instances, (error as Error).message);
      throw error;
    }
  }

  /** S1: what is going to be started, with its ports. */
  async function announce(known: ServiceRecord | undefined, { key, name, models }: Deployment): Promise<ServiceRecord> {
    const id = known?.id ?? createHash('sha256').update(key).digest('hex').slice(0, 32);
    const generation = (known?.generation ?? 0) + 1;
    const serves = known?.status === 'running';
    // Of a deployment that nobody goes on with (its step was stopped while no engine was there) nothing is left; its port is free then.
    if (serves) await Promise.all((known.coming?.instances ?? []).map(end));
    else if (known) await halted(known);
    const instances: ModelInstance[] = [];
    for (const [index, { name: model, version, weight, predictPath }] of models.entries()) {
      instances.push({ ...(await place(id, `${generation}-${index + 1}`)), name: model, version, weight, predictPath });
    }
    const { live, createdAt } = known ?? { live: [], createdAt: new Date(options.now()).toISOString() };
    const port = serves ? known.port : await freePort(known?.port);
    return put({
      id,
      name,
      status: serves ? 'running' : 'deploying',
      createdAt,
      port,
      generation,
      ...(serves && known.router && { router: known.router }),
      live: serves ? live : [],
      ...(serves && known.deployedBy !== undefined && { deployedBy: known.deployedBy }),
      coming: { key, instances },
    });
  }

  async function place(service: string, name: string): Promise<Instance> {
    return { key: `${service}.${name}`, folder: join(stateFolder, 'services', service, name), port: await freePort() };
  }

  async function start(
    service: ServiceRecord,
    instance: Instance,
    program: Omit<ModelToServe, 'health' | 'name' | 'version' | 'weight' | 'predictPath'>,
  ) {
    mkdirSync(instance.folder, { recursive: true });
    await executor.submit({
      key: instance.key,
      stepRun: service.id,
      folder: instance.folder,
      command: program.command,
      cwd: program.cwd,
      environment: { PATH: options.path(), ...program.environment, PORT: String(instance.port), HOST: '127.0.0.1' },
    });
  }

  /** Rejects with NotServed when it ends before it answers, or does not answer in time. */
  async function ready(
    { key, folder, port }: Instance,
    health: { readonly path: string | undefined; readonly strict: boolean },
    what: string,
    signal: AbortSignal,
  ): Promise<void> {
    const over = new AbortController();
    const end = Promise.withResolvers<never>();
    const onEnd = (outcome: Outcome) => end.reject(new NotServed(`${what} ended before it answered`, folder, outcome));
    endings.set(key, onEnd);
    const before = ended.get(key);
    if (before) onEnd(before);
    try {
      const all = AbortSignal.any([signal, closing.signal, over.signal]);
      const answered = await Promise.race([end.promise, becomesReady({ port, ...health, limitMs: readyLimitMs }, all)]);
      if (!answered) {
        throw new NotServed(
          `${what} did not answer${health.path === undefined ? '' : ` ${health.path}`} on port ${port} within ${readyLimitMs / 1000} s`,
          folder,
          undefined,
        );
      }
    } finally {
      endings.delete(key);
      over.abort();
    }
  }

  /** With a router at work; it answers 503 until it has routes. */
  async function withRouter(service: ServiceRecord): Promise<ServiceRecord> {
    const folder = join(stateFolder, 'services', service.id);
    const known = service.router && (await executor.attach(service.router.key, service.router.folder)).kind;
    if (known === 'running') return service;
    const name = `router-${service.generation}`;
    // Not started though recorded: an engine went in between.
    const router =
      known === 'unknown' ? service.router! : { key: `${service.id}.${name}`, folder: join(folder, name), port: service.port };
    const routed = put({ ...get(service.id)!, router });
    const command: Command = { kind: 'arguments', file: 'node', arguments: [routerFile()] };
    await start(service, router, { command, cwd: folder, environment: { ROUTES: routesFile(service.id) } });
    return routed;
  }

  function writeRoutes(service: string, instances: readonly ModelInstance[]): void {
    const routes = instances.map((instance) => ({ port: instance.port, weight: instance.weight, model: describe(instance) }));
    const file = routesFile(service);
    writeFileSync(`${file}.new`, JSON.stringify(routes));
    renameSync(`${file}.new`, file);
  }

  function routesFile(service: string): string {
    return join(stateFolder, 'services', service, 'routes.json');
  }

  /** Stops what was being started; the service is what it was before, or failed. */
  async function giveUp(id: string, instances: readonly Instance[], message: string): Promise<void> {
    await Promise.all(instances.map(({ key }) => executor.cancel(key, graceMs)));
    const { coming: _, ...service } = get(id)!;
    if (service.status === 'running') put(service);
    else put({ ...(await halted(service)), status: 'failed', message });
  }

  /** A process of a running service ended by itself. */
  async function fail(service: ServiceRecord, key: string, outcome: Outcome): Promise<void> {
    const instance = service.live.find((each) => each.key === key);
    const what = instance ? describe(instance) : 'its router';
    const how =
      outcome.message ?? (outcome.signal ? `was ended by ${outcome.signal}` : `ended with exit status ${outcome.exitCode}`);
    put({ ...service, status: 'failed', message: `${what} ${how}` });
    await halted(service);
  }

  /** Nothing of it runs any more. */
  async function halted(service: ServiceRecord): Promise<ServiceRecord> {
    const all: readonly Instance[] = [
      ...service.live,
      ...(service.coming?.instances ?? []),
      ...(service.router ? [service.router] : []),
    ];
    await Promise.all(all.map(end));
    const { router: _, coming: __, ...rest } = service;
    return { ...rest, live: service.live };
  }

  async function end({ key, folder }: Instance): Promise<void> {
    // What an earlier engine started has to be known to the executor before it can be stopped.
    await executor.attach(key, folder);
    await executor.cancel(key, graceMs);
  }

  async function takeOver(service: ServiceRecord): Promise<void> {
    const serving: readonly Instance[] = [...service.live, ...(service.router ? [service.router] : [])];
    if (service.status === 'running') {
      for (const { key, folder } of serving) {
        const attached = await executor.attach(key, folder);
        if (attached.kind !== 'running')
          return fail(service, key, attached.kind === 'ended' ? attached.outcome : { lost: true, message: 'is gone' });
      }
    }
    // What was being started goes on when its step is started again (S1).
    for (const { key, folder } of service.coming?.instances ?? []) await executor.attach(key, folder);
  }

  return {
    list,
    find,
    deploy: (deployment) => inTurn(deployment.name, () => deploy(deployment)),

    async stop(id) {
      const service = get(id);
      if (!service) return undefined;
      return await inTurn(service.name, async () => {
        const { message: _, ...current } = get(id)!;
        // First, so that the ends of its processes are not taken for failures.
        put({ ...current, status: 'stopped' });
        return put({ ...(await halted(current)), status: 'stopped' });
      });
    },

    running: () => list().filter(({ status }) => status === 'running' || status === 'deploying').length,

    async recover() {
      for (const service of list()) if (service.status === 'running' || service.coming) await takeOver(service);
    },

    async close() {
      closing.abort(new Error('the engine closes'));
      await executor.close();
    },

    listed: () =>
      list().map(({ id, name, status, port, live, coming, createdAt }) => ({
        id,
        name,
        status,
        ...(status === 'running' && { accessAddress: addressOf({ port }) }),
        models: (live.length > 0 ? live : (coming?.instances ?? [])).map((instance) => ({
          name: instance.name,
          version: instance.version,
          weight: instance.weight,
        })),
        createdAt,
      })),
  };
}

export function addressOf({ port }: Pick<ServiceRecord, 'port'>): string {
  return `http://127.0.0.1:${port}`;
}

function describe({ name, version }: ModelInstance): string {
  return `${name} ${version}`;
}

/** Beside this module's folder from source, in the engine's folder of the bundles else. */
function routerFile(): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(here.endsWith('.ts') ? '../services/router.ts' : '../engine/router.mjs', here));
}
