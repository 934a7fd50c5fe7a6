// Every run of the engines this window knows, local and in the cloud, folded by core/run/reduce from their events; views and panels
// read here.
// Remembers its roots across a window reload, and so picks up what goes on.
// S1. An event is folded once: those up to a run's `seq` are dropped.
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { WeftRun } from '../core/api/weft.ts';
import type { RunEvent } from '../core/run/events.ts';
import { type RunState, reduce, type StepState } from '../core/run/reduce.ts';
import { isEndedRun, isWaitingStep } from '../core/run/status.ts';
import type { Client } from '../remote/client.ts';
import type { LocalEngine } from '../remote/local.ts';
import { readReleases, releasesName } from '../remote/release-record.ts';
import { stateFolder } from '../remote/state-folder.ts';
import type { Clouds } from './cloud/clouds.ts';
import type { Engines } from './engine-process.ts';
import { type CloudFollowing, followCloud } from './runs/follow-cloud.ts';
import { followEngine } from './runs/follow-engine.ts';
import { exists } from './workspace-root.ts';

export interface RunChange {
  readonly runs: ReadonlySet<string>;
  /** What happened since the last change, per run; a run without an entry was read anew. */
  readonly events: ReadonlyMap<string, readonly RunEvent[]>;
}

export interface StoredRun {
  readonly root: string;
  readonly state: RunState;
  /** Name of its engine in weft.config.yaml, where that is in the cloud. */
  readonly cloud?: string;
}

/** What a run is asked and told through. */
export interface RunEngine {
  readonly client: Client;
  readonly root: string;
}

export interface WaitingStep {
  readonly run: StoredRun;
  readonly step: StepState;
}

interface Followed extends vscode.Disposable {
  engine: LocalEngine | undefined;
  /** The runs were read once, or there is no engine to read them from. */
  loaded: boolean;
  wake(): void;
}

const rootsKey = 'weft.roots';
/** Listeners hear of a busy run 25 times a second at most. */
const gatherMs = 40;

export class RunStore implements vscode.Disposable {
  private readonly engines: Engines;
  private readonly clouds: Clouds;
  private readonly memory: vscode.Memento;
  private readonly log: vscode.LogOutputChannel;
  private readonly followed = new Map<string, Followed>();
  /** By root and engine. */
  private readonly followedClouds = new Map<string, CloudFollowing>();
  private readonly byId = new Map<string, StoredRun>();
  private readonly changes = new vscode.EventEmitter<RunChange>();
  private readonly engineChanges = new vscode.EventEmitter<void>();
  private readonly start: vscode.Disposable;
  private gathered: { runs: Set<string>; events: Map<string, RunEvent[]> } | undefined;

  readonly onDidChange = this.changes.event;
  /** An engine came or went. */
  readonly onDidChangeEngines = this.engineChanges.event;

  constructor(engines: Engines, clouds: Clouds, memory: vscode.Memento, log: vscode.LogOutputChannel) {
    this.engines = engines;
    this.clouds = clouds;
    this.memory = memory;
    this.log = log;
    this.start = vscode.Disposable.from(
      engines.onDidStart((root) => this.follow(root)),
      clouds.onDidChange(() => {
        for (const followed of this.followedClouds.values()) followed.reconnect();
      }),
    );
  }

  /** Picks up what goes on in the roots of this window before it was loaded. Only in a trusted workspace. */
  resume(): void {
    for (const root of this.memory.get<readonly string[]>(rootsKey, [])) this.follow(root);
  }

  dispose(): void {
    this.start.dispose();
    for (const followed of this.followed.values()) followed.dispose();
    this.followed.clear();
    for (const followed of this.followedClouds.values()) followed.dispose();
    this.followedClouds.clear();
    this.changes.dispose();
    this.engineChanges.dispose();
  }

  /** Newest first. */
  get runs(): readonly StoredRun[] {
    return [...this.byId.values()].sort(
      (a, b) => b.state.createdAt.localeCompare(a.state.createdAt) || b.state.seq - a.state.seq,
    );
  }

  run(id: string): StoredRun | undefined {
    return this.byId.get(id);
  }

  /** The newest run of a workflow file. */
  latestOf(file: string): StoredRun | undefined {
    return this.runs.find((run) => run.state.source === file);
  }

  get waiting(): readonly WaitingStep[] {
    return this.runs.flatMap((run) =>
      isEndedRun(run.state.status)
        ? []
        : run.state.steps.filter((step) => isWaitingStep(step.status)).map((step) => ({ run, step })),
    );
  }

  /** Newest first. */
  get active(): readonly StoredRun[] {
    return this.runs.filter((run) => !isEndedRun(run.state.status));
  }

  /** On the local engine of this root. */
  activeIn(root: string): readonly StoredRun[] {
    return [...this.byId.values()].filter((run) => run.root === root && !run.cloud && !isEndedRun(run.state.status));
  }

  /** The engine of a run. A local one that has ended is started: logs and actions need one. Rejects with Failure. */
  async engineOfRun({ root, cloud }: StoredRun): Promise<RunEngine> {
    const client = cloud
      ? (await this.clouds.named(root, cloud)).runs
      : (this.engineOf(root) ?? (await this.engines.start(root))).client;
    return { client, root };
  }

  /** Resolves when the run is known: it was begun just now, and its engine is followed. Gives up quietly after a while. */
  async known(id: string): Promise<void> {
    const end = Date.now() + 10_000;
    while (!this.byId.has(id) && Date.now() < end) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const listening = this.onDidChange(() => resolve());
      const timer = setTimeout(resolve, 1_000);
      await promise;
      clearTimeout(timer);
      listening.dispose();
    }
  }

  /** The run was deleted, for which there is no event. */
  forget(id: string): void {
    if (this.byId.delete(id)) this.gather(id);
  }

  /** Reads everything anew. */
  async reload(): Promise<void> {
    for (const [root, { engine }] of this.followed) {
      if (engine) this.loaded(root, undefined, await engine.client.call('ListRuns'));
    }
    for (const followed of this.followedClouds.values()) followed.wake();
  }

  get roots(): readonly string[] {
    return [...this.followed.keys()];
  }

  get isLoaded(): boolean {
    return [...this.followed.values()].every((followed) => followed.loaded);
  }

  /** The engine that is followed now; undefined while there is none. */
  engineOf(root: string): LocalEngine | undefined {
    return this.followed.get(root)?.engine;
  }

  /** Begins to follow a root, or looks for its engine again. */
  follow(root: string): void {
    const before = this.followed.get(root);
    if (before) return before.wake();
    const follower = followEngine(
      { find: (signal) => this.engines.find(root, signal), start: () => this.engines.start(root) },
      {
        connected: (engine) => this.connected(root, engine),
        loaded: (runs) => this.loaded(root, undefined, runs),
        happened: (event) => this.happened(root, undefined, event),
        hasActiveRuns: () => !this.engines.wasStopped(root) && this.activeIn(root).length > 0,
      },
      this.log,
    );
    // Engines that the command line starts: not recursive, so the user's excluded folders do not matter.
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(stateFolder(root)), 'engine.json'),
    );
    const look = () => follower.wake();
    watcher.onDidCreate(look);
    watcher.onDidChange(look);
    const releases = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(stateFolder(root)), releasesName),
    );
    const released = () => this.followClouds(root);
    releases.onDidCreate(released);
    releases.onDidChange(released);
    this.followed.set(root, {
      engine: undefined,
      loaded: false,
      wake: look,
      dispose() {
        follower.dispose();
        watcher.dispose();
        releases.dispose();
      },
    });
    this.memory.update(rootsKey, this.roots);
    this.followClouds(root);
  }

  /** The engines in the cloud that something of this root was released to; those that are followed look anew. */
  followClouds(root: string): void {
    for (const cloud of new Set(readReleases(root).map(({ engine }) => engine))) {
      const key = `${root}\n${cloud}`;
      const known = this.followedClouds.get(key);
      if (known) {
        known.wake();
        continue;
      }
      const follower = {
        open: async () => (await this.clouds.named(root, cloud)).runs,
        loaded: (runs: readonly WeftRun[]) => this.loaded(root, cloud, runs),
        happened: (event: RunEvent) => this.happened(root, cloud, event),
      };
      this.followedClouds.set(key, followCloud(cloud, follower, this.log));
    }
  }

  /** Starts engines that have a history to show. */
  async wakeHistory(): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    for (const root of this.roots) {
      if (!this.engineOf(root) && (await exists(join(stateFolder(root), 'engine.db')))) await this.engines.start(root);
    }
  }

  private connected(root: string, engine: LocalEngine | undefined): void {
    const followed = this.followed.get(root);
    if (!followed) return;
    followed.engine = engine;
    followed.loaded = true;
    this.engineChanges.fire();
  }

  private loaded(root: string, cloud: string | undefined, runs: readonly WeftRun[]): void {
    const now = new Set(runs.map((run) => run.state.id));
    for (const [id, run] of this.byId) {
      if (run.root === root && run.cloud === cloud && !now.has(id)) {
        this.byId.delete(id);
        this.gather(id);
      }
    }
    for (const { state } of runs) {
      this.byId.set(state.id, { root, state, ...(cloud !== undefined && { cloud }) });
      this.gather(state.id);
    }
  }

  private happened(root: string, cloud: string | undefined, event: RunEvent): void {
    const before = this.byId.get(event.run)?.state;
    if (before && event.seq <= before.seq) return; // S1
    const state = reduce(before, event);
    if (!state) return;
    this.byId.set(event.run, { root, state, ...(cloud !== undefined && { cloud }) });
    this.gather(event.run, event);
  }

  /** Without an event: the run was read anew, or is gone. */
  private gather(run: string, event?: RunEvent): void {
    if (!this.gathered) {
      this.gathered = { runs: new Set(), events: new Map() };
      setTimeout(() => {
        const change = this.gathered!;
        this.gathered = undefined;
        this.changes.fire(change);
      }, gatherMs);
    }
    const { runs, events } = this.gathered;
    const seen = runs.has(run);
    runs.add(run);
    if (!event) events.delete(run);
    else if (!seen) events.set(run, [event]);
    else events.get(run)?.push(event);
  }
}
