// What our language server understands beyond LSP. Types only; shared by server and client.
import type { ExecutionRequest, WorkflowBody } from '../api/service.ts';
import type { EngineConfig, ServiceEngineConfig } from '../config/config.ts';
import type { GivenValues } from '../config/values-file.ts';
import type { Graph } from '../graph/graph.ts';
import type { Direction, Layout } from '../graph/layout.ts';
import type { Change } from '../release/changes.ts';
import type { ReleaseDraft } from '../release/upload.ts';
import type { Position, Range } from '../text/source.ts';

export const languageId = 'modelarts-workflow';

/** `initializationOptions`. */
export interface InitializationOptions {
  /** Whether programs of the workspace may be run, which is what reading a workflow in TypeScript is. Not when absent. */
  readonly trusted?: boolean;
  /** What the client can do beyond LSP; an editor that does not say so gets nothing that it could not carry out. */
  readonly commands?: ClientCommands;
}

/** Commands that the client has. */
export interface ClientCommands {
  /** Those of code lenses, see `lensCommands`: there are no lenses without them. */
  readonly lenses?: boolean;
  /** Shows a folder, given its URI: the target of links to folders, which have none without it. */
  readonly revealFolder?: string;
  /** Asks for a new name of what stands at a place, after an edit made one up: given a `NamePlace`. */
  readonly rename?: string;
  /** Opens the list of completion: after a part of a path or of a reference. */
  readonly suggest?: string;
}

/** Where a name stands in a document. Columns count UTF-16 units. */
export interface NamePlace {
  readonly uri: string;
  readonly position: Position;
}

/** Notification to the server: the user trusts the workspace now. */
export const trustedNotification = 'weft/trusted';

/** Request: the graph of an open document with positions. Answers null where the document has no steps. */
export const graphRequest = 'weft/graph';
export interface GraphParams {
  readonly uri: string;
  /** `right` when absent. */
  readonly direction?: Direction;
  /** Arrange anew instead of keeping what was drawn before. */
  readonly fresh?: boolean;
}
export interface GraphResult {
  readonly uri: string;
  readonly version: number;
  readonly name: string;
  readonly graph: Graph;
  readonly layout: Layout;
  /** Where each step stands, for selection in sync: in the order of `graph.nodes`. */
  readonly ranges: readonly Range[];
  readonly scenes: readonly { readonly name: string; readonly steps: readonly string[] }[];
  /** Errors and warnings per step, drawn as marks. */
  readonly findings: readonly { readonly step: string; readonly errors: number; readonly warnings: number }[];
}

/** Notification from the server: the graph of a document changed. Sent only for documents whose graph was asked for. */
export const graphChangedNotification = 'weft/graphChanged';
export interface GraphChangedParams {
  readonly uri: string;
  readonly version: number;
}

/** Request: the create-workflow body of a document, for an engine. */
export const compileRequest = 'weft/compile';
export interface CompileParams {
  readonly uri: string;
  /** Name in weft.config; the default engine when absent. */
  readonly engine?: string;
  /** Only these steps will run, so only their values count as missing; all when absent. */
  readonly steps?: readonly string[];
}
export interface CompileResult {
  /** Absent when errors stand in the way. */
  readonly body?: Record<string, unknown>;
  /** Of the document; or of weft.config.yaml and values files, then without a range. */
  readonly errors: readonly { readonly code: string; readonly message: string; readonly range?: Range }[];
  /** What the run would have to be given: no default, no value. */
  readonly missing: readonly MissingValue[];
  readonly steps: readonly string[];
  /** The engine that it is compiled for; absent where the configuration does not have it. */
  readonly engine?: EngineConfig;
  /** What runs on this engine are given without asking: its values file, local paths as URIs. `runRequest` of core/config makes the request. */
  readonly values: GivenValues;
}
/** Request: a document with what has to be uploaded for it, for an engine in the cloud. Local files are read and hashed. */
export const releaseRequest = 'weft/release';
export interface ReleaseParams {
  readonly uri: string;
  /** Name in weft.config. */
  readonly engine: string;
  /** Over those of the engine's values file. */
  readonly values?: GivenValues;
}
export interface ReleaseResult {
  readonly errors: CompileResult['errors'];
  /** Absent when errors stand in the way, as `request`. */
  readonly draft?: ReleaseDraft;
  /** A run with the values; its scene and labels are not in it. */
  readonly request?: ExecutionRequest;
}

/** Request: what a body changes against another one, and both as workflow files. */
export const compareRequest = 'weft/compare';
export interface CompareParams {
  readonly before: WorkflowBody;
  readonly after: WorkflowBody;
}
export interface CompareResult {
  readonly changes: readonly Change[];
  readonly before: string;
  readonly after: string;
}

/** Request: the engines in the cloud of a workspace root's weft.config.yaml, in its order; none where it is missing. */
export const enginesRequest = 'weft/engines';
export interface EnginesParams {
  /** Absolute path. */
  readonly root: string;
}
export type EnginesResult = readonly ServiceEngineConfig[];

export interface MissingValue {
  readonly kind: 'parameter' | 'data' | 'storage';
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly default?: unknown;
}

/** Commands that code lenses carry; the client handles them. */
export const lensCommands = {
  run: 'weft.run',
  debug: 'weft.debug',
  runFrom: 'weft.runFrom',
  showGraph: 'weft.showGraph',
  showRun: 'weft.showRun',
} as const;
/** First argument of every lens command. */
export interface LensTarget {
  readonly uri: string;
  readonly step?: string;
  readonly scene?: string;
}
