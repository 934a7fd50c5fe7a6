// Bodies of the routes under /weft/v1. Names on the wire are camelCase here, unlike the service's, so that the two are never mixed up.
import type { NamedInput } from './service.ts';
import type { StepBreakpoint } from '../run/events.ts';
import type { RunState } from '../run/reduce.ts';

export interface WeftHealth {
  readonly name: 'weft';
  readonly version: string;
  /** Version of the event and store schema. */
  readonly schema: number;
  readonly pid: number;
  /** Workspace root. */
  readonly root: string;
  readonly startedAt: string;
  /** Last sequence number of the event log. */
  readonly seq: number;
  readonly activeRuns: number;
  readonly runningServices: number;
}

/** One run with everything that its events say. */
export interface WeftRun {
  readonly state: RunState;
  /** The event the state was folded up to: follow with ListEvents from here. */
  readonly seq: number;
}

export interface WeftBreakpoints {
  readonly breakpoints: readonly StepBreakpoint[];
}

export interface WeftDebugAction {
  /** `step`: the held step `step` goes on and the next ones are held; `rerun`: `step` and what follows it are to run again. */
  readonly action: 'pause' | 'continue' | 'step' | 'rerun';
  /** Name of a step; for `step` the first held one when absent. */
  readonly step?: string;
}

/** As the service's requests name them. */
export interface WeftValues {
  readonly parameters?: readonly NamedInput[];
  readonly data_requirements?: readonly NamedInput[];
}

export interface WeftEvaluate {
  /** `parameters.x`, `steps.a.outputs.m.accuracy`, or a condition of these. */
  readonly expression: string;
}

export interface WeftEvaluation {
  /** Undefined where what is named has no value. */
  readonly value?: unknown;
}

export interface WeftLogLines {
  /** Index of the first returned line, from 0. */
  readonly first: number;
  readonly lines: readonly string[];
  /** Complete lines in the log so far; the last one may lack its line end when `ended`. */
  readonly total: number;
  readonly bytes: number;
  /** The process has ended: no more lines will come. */
  readonly ended: boolean;
  /** Arrival time of each returned line, milliseconds since the epoch; to the resolution of the tail. */
  readonly times?: readonly number[];
}

export interface WeftLogMatches {
  readonly lines: readonly number[];
  /** Lines searched so far; a search may be continued from here. */
  readonly searched: number;
  readonly truncated: boolean;
}

/** What the processes of a step used at one moment, all together. */
export interface WeftResourceSample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Percent of one core since the sample before; absent in the first after the engine took over a running step. */
  readonly cpu?: number;
  /** Resident memory in bytes. Pages that processes share count once for each. */
  readonly memory: number;
  readonly processes: number;
  /** Percent of the time that kernels of these processes ran, summed over the cards. */
  readonly gpu?: number;
  /** Bytes. */
  readonly gpuMemory?: number;
}

export interface WeftArtifact {
  readonly step: string;
  readonly output: string;
  /** Local path. */
  readonly path: string;
  readonly bytes: number;
}

export interface WeftDataset {
  readonly id: string;
  readonly name: string;
  readonly dataType: string;
  readonly samples: number;
  readonly versions: readonly {
    readonly id: string;
    readonly name: string;
    readonly samples: number;
    readonly createdAt: string;
  }[];
}

export interface WeftModel {
  readonly name: string;
  readonly versions: readonly {
    readonly id: string;
    readonly version: string;
    readonly type: string;
    readonly path: string;
    readonly run?: string;
    readonly createdAt: string;
  }[];
}

export interface WeftService {
  readonly id: string;
  readonly name: string;
  readonly status: 'deploying' | 'running' | 'stopped' | 'failed';
  readonly accessAddress?: string;
  readonly models: readonly { readonly name: string; readonly version: string; readonly weight: number }[];
  readonly createdAt: string;
}

/** Error code of an engine that cannot write its event log any more and is about to stop. */
export const haltedCode = 'Weft.halted';
