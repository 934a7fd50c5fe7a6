// Bodies of the Workflow API v2 that our programs read or write. Wire names. Answers may hold more fields than named here.
// Source: API reference section 8; the OpenAPI file in schemas/ has every object in full.
import type { StepBreakpoint } from '../run/events.ts';

/** The create-workflow body: written by core/ir/emit, read by core/ir/lower; other code passes it on. */
export type WorkflowBody = Readonly<Record<string, unknown>>;

export interface Workflow extends WorkflowBody {
  readonly workflow_id: string;
  readonly name: string;
  readonly created_at: string;
  readonly last_modified_at?: string;
  readonly description?: string;
  readonly labels?: readonly string[];
  readonly run_count?: number;
  readonly param_ready?: boolean;
  readonly latest_execution?: ExecutionBrief;
  readonly policy?: {
    readonly scenes?: readonly { readonly id?: string; readonly name: string; readonly steps: readonly string[] }[];
  };
  readonly extend?: Readonly<Record<string, unknown>>;
}

export interface ExecutionBrief {
  readonly execution_id: string;
  readonly created_at: string;
  readonly status: string;
  readonly running_steps: readonly string[];
  readonly current_steps: readonly string[];
  readonly duration: number;
}

export interface Page<Item> {
  readonly total: number;
  readonly count: number;
  readonly items: readonly Item[];
  readonly default_order?: string;
}

export interface NamedInput {
  readonly name: string;
  readonly value?: unknown;
  readonly [field: string]: unknown;
}

/** Body of CreateWorkflowExecution. */
export interface ExecutionRequest {
  readonly name?: string;
  readonly description?: string;
  readonly labels?: readonly string[];
  readonly scene_id?: string;
  readonly scene_name?: string;
  readonly parameters?: readonly NamedInput[];
  readonly data_requirements?: readonly NamedInput[];
  readonly policies?: { readonly use_cache?: boolean };
  /** Local engine only. */
  readonly extend?: { readonly weft?: WeftExecutionOptions };
}

/** What a run of the local engine can be told beyond the service's API. */
export interface WeftExecutionOptions {
  /** Only these steps; others are absent, not skipped. */
  readonly steps?: readonly string[];
  /** Execution id whose completed results are taken over for steps outside `rerun`. */
  readonly reuse?: string;
  /** With `reuse`: these steps and all downstream of them run again. */
  readonly rerun?: readonly string[];
  /** Roots of storages for this run, by name. */
  readonly storages?: readonly { readonly name: string; readonly path: string }[];
  /** What steps that wait are answered, by step: `continue`, `newest`, a list of models, or values by name. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** Holds steps for a debugger from the first moment on. */
  readonly debug?: WeftDebugOptions;
}

export interface WeftDebugOptions {
  readonly breakpoints: readonly StepBreakpoint[];
  /** Every step is held before it starts, until the run is continued. */
  readonly pauseAtStart?: boolean;
}

export interface WorkflowExecution {
  readonly execution_id: string;
  readonly name: string;
  readonly workflow_id: string;
  readonly workflow_name: string;
  readonly created_at: string;
  readonly status?: string;
  readonly description?: string;
  readonly scene_id?: string;
  readonly scene_name?: string;
  readonly duration: number | string;
  readonly labels?: readonly string[];
  readonly events?: readonly string[];
  readonly parameters?: readonly NamedInput[];
  readonly data_requirements?: readonly NamedInput[];
  readonly steps_execution: readonly StepExecution[] | null;
}

export interface StepExecution {
  readonly uuid: string;
  readonly name: string;
  readonly step_name: string;
  readonly step_title?: string;
  readonly execution_uuid: string;
  readonly execution_name?: string;
  readonly type?: string;
  readonly status: string;
  readonly created_at: string;
  readonly updated_at?: string;
  readonly duration?: number;
  readonly inputs?: readonly SlotValue[];
  readonly outputs?: readonly SlotValue[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly events?: readonly string[];
  readonly error_info?: { readonly error_code: string; readonly error_message: string };
  readonly policy?: { readonly execution_policy?: string; readonly use_cache?: boolean };
  readonly conditions_execution?: {
    readonly result: string;
    readonly metric_list: readonly { readonly key: string; readonly value: unknown }[];
  };
  readonly instance_id?: unknown;
}

export interface SlotValue {
  readonly name: string;
  readonly type?: string;
  readonly data?: unknown;
  readonly value?: unknown;
  readonly config?: unknown;
}

export interface ExecutionAction {
  readonly action_name: 'stop' | 'rerun';
  readonly policies?: { readonly rerun_steps?: readonly string[] };
  readonly parameters?: readonly NamedInput[];
  readonly data_requirements?: readonly NamedInput[];
}

export interface StepAction {
  readonly action_name: 'retry' | 'stop' | 'continue';
  readonly parameters?: readonly NamedInput[];
  readonly data_requirements?: readonly NamedInput[];
}

export interface StepMetric {
  readonly key: string;
  readonly title: string;
  readonly type: string;
  readonly data: unknown;
  readonly created_at?: string;
}

export interface WorkflowTodo {
  readonly time: string;
  readonly duration: number;
  readonly workflow_id: string;
  readonly workflow_name: string;
  readonly execution_id: string;
  readonly step_name: string;
  readonly step_title: string;
  readonly status: string;
}

export interface Schedule {
  readonly uuid: string;
  readonly workflow_id: string;
  readonly type: 'time';
  readonly action: 'run';
  readonly content: { readonly method?: string; readonly cron: string };
  readonly enable: boolean;
  readonly policies?: { readonly on_failure?: string; readonly on_running?: string };
  readonly created_at: string;
}

export interface Subscription {
  readonly subscription_id: string;
  readonly topic_urns: readonly string[];
  readonly entity?: string;
  readonly events?: readonly string[];
  readonly created_at: string;
}

export interface ErrorBody {
  readonly error_code: string;
  readonly error_msg: string;
  readonly request_id?: string;
}
